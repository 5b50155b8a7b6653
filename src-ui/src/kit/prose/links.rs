//! Links in documents: outside addresses go through the shell's confirm sheet, the app's own through the router.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

use crate::state::{Navigator, open_link, save_file};

/// A click with any button on anything in a document. Enter on a link arrives as a click as well.
///
/// Nothing that is pressed here may reach the webview's own idea of following a link: that would leave the app.
pub(super) fn on_press(event: &MouseEvent, navigator: Navigator) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else { return };
    // The right button opens the context menu and follows nothing.
    if event.button() > 1 {
        return;
    }
    let class = link.class_list();
    if class.contains("doc-dead") {
        event.prevent_default();
    } else if class.contains("doc-file") {
        event.prevent_default();
        save_file(link.href());
    } else if class.contains("doc-external") || !is_own(&link) {
        event.prevent_default();
        open_link(link.href());
    } else if event.button() == 1 || event.ctrl_key() || event.meta_key() || event.shift_key() {
        // The router leaves these to the browser, which would open a second window; there is one.
        event.prevent_default();
        navigator.go_href(&format!("{}{}{}", link.pathname(), link.search(), link.hash()));
    }
}

/// Whether the link stays in the app.
fn is_own(link: &HtmlAnchorElement) -> bool {
    let origin = web_sys::window().and_then(|window| window.location().origin().ok());
    origin.is_some_and(|origin| link.origin() == origin)
}
