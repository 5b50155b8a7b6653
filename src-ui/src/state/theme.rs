//! Theme, contrast and motion as attributes of the root element; the styles do the rest.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use waymark_api::ipc::settings::{Contrast, Motion, Preferences, Theme};

/// Whether the system asks for more contrast now; follows it for as long as the page lives. It becomes
/// an attribute as well, so that the styles name the colours of high contrast once.
pub(crate) fn system_contrast() -> Signal<bool> {
    let query = window().match_media("(prefers-contrast: more)").ok().flatten();
    let wanted = RwSignal::new(query.as_ref().is_some_and(web_sys::MediaQueryList::matches));
    if let Some(query) = query {
        let asked = query.clone();
        let changed = Closure::<dyn Fn()>::new(move || {
            wanted.try_set(asked.matches());
        });
        // Where the webview refuses to listen, the setting still works.
        let _ = query.add_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
        changed.forget();
    }
    wanted.into()
}

/// Writes the wishes to the root element. "As the system says" removes the attribute of theme and
/// motion, so that the media queries decide.
pub(crate) fn apply_theme(preferences: &Preferences, system_contrast: bool) {
    let Some(root) = document().document_element() else { return };
    let theme = match preferences.theme {
        Theme::System => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    };
    let contrast = (system_contrast || matches!(preferences.contrast, Contrast::More)).then_some("more");
    let motion = matches!(preferences.motion, Motion::Reduced).then_some("reduced");
    for (name, value) in [("data-theme", theme), ("data-contrast", contrast), ("data-motion", motion)] {
        // Plain attribute names are accepted, so neither call fails.
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
    let size = f64::from(preferences.text_size.clamp(14, 20)) / 16.0;
    if let Some(style) = root.dyn_ref::<web_sys::HtmlElement>().map(web_sys::HtmlElement::style) {
        // The property call is allowed by the page's policy; an attribute would not be.
        let _ = style.set_property("--wm-read-scale", &format!("{size}"));
    }
}
