//! The floor: the least that a window made with Tauri and Leptos costs.
//!
//! Waymark's start-up time and memory are shown beside this program's, built in the same run with
//! the same versions and the same profile. It makes its window the way Waymark does (in Rust,
//! hidden, shown by the page once it is ready), and knows nothing else: no store, no content, no
//! plugin, no state.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use tauri::{WebviewUrl, WebviewWindow, WebviewWindowBuilder};

fn main() {
    prefer_stable_graphics();
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![ui_ready])
        .setup(|app| {
            WebviewWindowBuilder::new(app, "main", WebviewUrl::App("index.html".into()))
                .title("Floor")
                .inner_size(1180.0, 780.0)
                .visible(false)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
        .expect("the floor's window can be made");
}

/// Shows the window; the page calls it when it has painted.
#[tauri::command]
fn ui_ready(window: WebviewWindow) -> Result<(), String> {
    window.show().map_err(|error| error.to_string())
}

/// Gives the floor the renderer that Waymark chooses for itself, so that the two are comparable.
fn prefer_stable_graphics() {
    #[cfg(target_os = "linux")]
    if std::env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
        #[expect(
            unsafe_code,
            reason = "the first statement of main: no other thread exists that could read the environment"
        )]
        unsafe {
            std::env::set_var("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
        }
    }
}
