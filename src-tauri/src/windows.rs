//! The one window: made hidden with the right background, shown when the interface is ready.

use std::time::Duration;

use tauri::{
    AppHandle, Manager, Runtime, Url, WebviewUrl, WebviewWindowBuilder,
    plugin::TauriPlugin,
    webview::{Color, NewWindowResponse},
};
use tauri_plugin_window_state::StateFlags;

/// Label of the main window, as the capability names it.
pub(crate) const MAIN: &str = "main";

/// After this long the window is shown even if the interface never said that it is ready.
const WATCHDOG: Duration = Duration::from_millis(1500);

/// `--wm-bg` in light and dark, so that nothing flashes before the stylesheet is there.
const BACKGROUND_LIGHT: Color = Color(0xf6, 0xf7, 0xf9, 0xff);
const BACKGROUND_DARK: Color = Color(0x0e, 0x11, 0x16, 0xff);

/// Keeps size and place, never visibility: the window decides itself when it is shown.
pub(crate) fn state_plugin<R: Runtime>() -> TauriPlugin<R> {
    tauri_plugin_window_state::Builder::default().with_state_flags(StateFlags::all() & !StateFlags::VISIBLE).build()
}

/// Makes the main window, hidden, and starts the watchdog.
pub(crate) fn open_main<R: Runtime>(tauri: &AppHandle<R>) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(tauri, MAIN, WebviewUrl::App("index.html".into()))
        .title("Waymark")
        .inner_size(1180.0, 780.0)
        .min_inner_size(640.0, 480.0)
        .center()
        .visible(false)
        .background_color(BACKGROUND_LIGHT)
        .zoom_hotkeys_enabled(false)
        .disable_drag_drop_handler()
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build()?;
    economise(&window)?;
    if matches!(window.theme(), Ok(tauri::Theme::Dark)) {
        window.set_background_color(Some(BACKGROUND_DARK))?;
    }
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(WATCHDOG).await;
        if !window.is_visible().unwrap_or(true) {
            tracing::warn!("the interface did not say that it is ready; showing the window");
            show(&window);
        }
    });
    Ok(())
}

/// Shows the main window: its first screen is painted.
pub(crate) fn show_main<R: Runtime>(tauri: &AppHandle<R>) {
    if let Some(window) = tauri.get_webview_window(MAIN) {
        show(&window);
    }
}

/// Brings the main window to the front: somebody started Waymark again.
pub(crate) fn focus_main<R: Runtime>(tauri: &AppHandle<R>) {
    if let Some(window) = tauri.get_webview_window(MAIN) {
        let _ = window.unminimize();
        show(&window);
        let _ = window.set_focus();
    }
}

/// Keeps the webview from holding what this app never goes back to, and from what no page of it uses.
#[cfg(target_os = "linux")]
fn economise<R: Runtime>(window: &tauri::WebviewWindow<R>) -> tauri::Result<()> {
    use webkit2gtk::{CacheModel, SettingsExt, WebContextExt, WebViewExt};
    window.with_webview(|webview| {
        let webview = webview.inner();
        if let Some(context) = webview.context() {
            // Whatever a page could show again lies on this device.
            context.set_cache_model(CacheModel::DocumentViewer);
        }
        if let Some(settings) = WebViewExt::settings(&webview) {
            // There is one page, and it is never left.
            settings.set_enable_page_cache(false);
            settings.set_enable_webgl(false);
            settings.set_enable_webaudio(false);
            settings.set_enable_media(false);
        }
    })
}

#[cfg(not(target_os = "linux"))]
fn economise<R: Runtime>(_window: &tauri::WebviewWindow<R>) -> tauri::Result<()> {
    Ok(())
}

fn show<R: Runtime>(window: &tauri::WebviewWindow<R>) {
    if let Err(error) = window.show() {
        tracing::error!(%error, "the window could not be shown");
    }
}

/// The window shows the app's own page and nothing else; also not an image of a document, whose
/// scheme Tauri counts as local.
fn is_own_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_apps_own_page_is_shown() {
        for (url, own) in [
            ("tauri://localhost/docs/corvane/index.md", true),
            ("http://tauri.localhost/today", true),
            ("https://tauri.localhost.evil.com/", false),
            ("tauri://evil/", false),
            ("waymark-doc://localhost/corvane/image.svg", false),
            ("http://waymark-doc.localhost/corvane/image.png", false),
            ("https://example.com/", false),
            ("file:///etc/passwd", false),
            ("about:blank", false),
            ("javascript:alert(1)", false),
            ("data:text/html,hi", false),
        ] {
            assert_eq!(is_own_page(&url.parse().expect(url)), own, "{url}");
        }
    }
}
