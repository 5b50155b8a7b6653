//! The moment when the first screen is painted.

use waymark_api::ipc::system::UiReady;

use crate::backend::tauri;

/// Says that the first data is on screen: sets `<body data-ready="true">` for tests, leaves a
/// performance mark for the bench and asks the shell to show the window. Later calls do nothing.
pub(crate) fn mark_ready() {
    let Some(window) = web_sys::window() else { return };
    let Some(body) = window.document().and_then(|document| document.body()) else { return };
    if body.has_attribute("data-ready") {
        return;
    }
    body.set_attribute("data-ready", "true").expect("a plain attribute name is accepted");
    if let Some(performance) = window.performance() {
        // A missing mark makes the bench say so; the page itself does not need it.
        let _ = performance.mark("ready");
    }
    if tauri::is_available() {
        tauri::send_and_forget(&UiReady {});
    }
}
