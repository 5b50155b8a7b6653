//! Where the focus goes when what had it is gone: nobody with a keyboard or a screen reader begins anew at the top.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

/// Gives the focus to the first element of this selector, one frame later: by then what was just set is on the page.
pub(crate) fn focus_soon(selector: &'static str) {
    request_animation_frame(move || focus(selector));
}

/// The same, where the focus was lost with what had it; a focus that the person gave elsewhere stays.
pub(crate) fn keep_focus(selector: &'static str) {
    request_animation_frame(move || {
        // What cannot be used any more, a button that waits for its answer, has lost the focus as well.
        let lost = document().active_element().is_none_or(|active| active.matches("body, :disabled").unwrap_or(true));
        if lost {
            focus(selector);
        }
    });
}

fn focus(selector: &str) {
    let element = document().query_selector(selector).ok().flatten();
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element of this page can always take the focus.
        let _ = element.focus();
    }
}
