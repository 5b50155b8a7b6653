//! The moment when the first screen is painted.

use waymark_api::ipc::system::UiReady;

use crate::backend::{early, tauri};

/// Says that the first data is on screen: sets `<body data-ready="true">` for tests, leaves a
/// performance mark for the bench and asks the shell to show the window. Later calls do nothing.
pub(crate) fn mark_ready() {
    let Some(window) = web_sys::window() else { return };
    let Some(body) = window.document().and_then(|document| document.body()) else { return };
    if body.has_attribute("data-ready") {
        return;
    }
    body.set_attribute("data-ready", "true").expect("a plain attribute name is accepted");
    mark("ready");
    early::forget();
    if tauri::is_available() {
        tauri::send_and_forget(&UiReady {});
    }
}

/// Notes in the page's timeline how far the start is, for whoever measures it.
pub(crate) fn mark(name: &str) {
    if let Some(performance) = web_sys::window().and_then(|window| window.performance()) {
        // Without the mark the page is as good; only the measurement lacks a line.
        let _ = performance.mark(name);
    }
}
