//! The shell: windows, the operating system and the bridge. It translates and never decides.
//!
//! **Does not know** the domain: a command unpacks its request, calls one function of `waymark_app`
//! and maps the error.

mod args;
mod commands;
mod dialogs;
mod doc_protocol;
mod graphics;
mod logging;
mod memory;
mod ports;
mod secrets;
mod setup;
mod topics;
mod windows;

use tauri::{Builder, Manager, Runtime};

pub use args::Args;

/// Starts Waymark and returns when its window is closed.
///
/// # Errors
///
/// When the webview cannot be created or the log folder cannot be written; everything that concerns
/// the library is shown in the window instead.
pub fn run() -> anyhow::Result<()> {
    let args = Args::from_env();
    graphics::set_defaults(&args);
    memory::set_defaults();
    let folders = setup::Folders::find(&args)?;
    let log = logging::start(&folders.logs)?;

    let used = memory::Use::default();
    let (handler, use_of_window) = (commands::handler(), used.clone());
    plugins(Builder::default())
        .register_asynchronous_uri_scheme_protocol(doc_protocol::SCHEME, doc_protocol::answer)
        .invoke_handler(move |invoke| {
            use_of_window.noted();
            handler(invoke)
        })
        .setup(move |tauri| {
            setup::manage(tauri.handle(), args, folders, log);
            memory::rest_between(tauri.handle(), used);
            windows::open_main(tauri.handle())?;
            Ok(())
        })
        .build(tauri::generate_context!())?
        .run(|tauri, event| {
            // macOS hands addresses over as an event, also to an app that runs already.
            #[cfg(target_os = "macos")]
            if let tauri::RunEvent::Opened { urls } = &event {
                for url in urls {
                    if let Some(route) = waymark_app::links::deep::route_of(url.as_str()) {
                        windows::focus_main(tauri);
                        topics::go_to(tauri, route);
                    }
                }
            }
            let _ = (tauri, event);
        });
    Ok(())
}

/// Single instance comes first, so that a second start ends before it touches anything.
fn plugins<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    builder
        .plugin(tauri_plugin_single_instance::init(|tauri, arguments, _folder| {
            windows::focus_main(tauri);
            if let Some(route) = Args::parse(arguments.into_iter().skip(1), None).go_to {
                topics::go_to(tauri, route);
            }
        }))
        .plugin(windows::state_plugin())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
}

/// The app behind the commands.
fn app<R: Runtime>(tauri: &tauri::AppHandle<R>) -> waymark_app::App {
    tauri.state::<waymark_app::App>().inner().clone()
}

#[cfg(test)]
mod tests;
