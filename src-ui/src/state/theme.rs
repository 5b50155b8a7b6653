//! Theme, contrast and motion as attributes of the root element; the styles do the rest.

use leptos::prelude::*;
use waymark_api::ipc::settings::{Contrast, Motion, Preferences, Theme};

/// Writes the wishes to the root element. "As the system says" removes the attribute, so that the
/// media queries decide.
pub(crate) fn apply_theme(preferences: &Preferences) {
    let Some(root) = document().document_element() else { return };
    let theme = match preferences.theme {
        Theme::System => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    };
    let contrast = matches!(preferences.contrast, Contrast::More).then_some("more");
    let motion = matches!(preferences.motion, Motion::Reduced).then_some("reduced");
    for (name, value) in [("data-theme", theme), ("data-contrast", contrast), ("data-motion", motion)] {
        // Plain attribute names are accepted, so neither call fails.
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
    let size = f64::from(preferences.text_size.clamp(14, 20)) / 16.0;
    if let Some(style) = wasm_bindgen::JsCast::dyn_ref::<web_sys::HtmlElement>(&root).map(web_sys::HtmlElement::style) {
        // The property call is allowed by the page's policy; an attribute would not be.
        let _ = style.set_property("--wm-read-scale", &format!("{size}"));
    }
}
