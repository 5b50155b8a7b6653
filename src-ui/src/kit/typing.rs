//! Where letters are text and not commands.

use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement};

/// Whether the person types there.
pub(crate) fn is_field(target: Option<EventTarget>) -> bool {
    let Some(element) = target.and_then(|target| target.dyn_into::<Element>().ok()) else { return false };
    let editable = element.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable);
    editable
        || element.matches("textarea, input:not([type=checkbox]):not([type=radio]):not([type=button])").unwrap_or(false)
}
