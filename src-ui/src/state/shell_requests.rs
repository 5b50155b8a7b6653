//! Wishes that any piece of the page may have, told to the frame as DOM events, so that code without
//! an owner (a click handler inside rendered documents) can have them as well.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit};

/// Asks the frame to open the palette.
pub(crate) const OPEN_PALETTE_EVENT: &str = "wm-open-palette";

/// Asks the frame to open an outside address; the detail is the address.
pub(crate) const OPEN_LINK_EVENT: &str = "wm-open-link";

/// Opens the command palette.
pub(crate) fn open_palette() {
    announce(OPEN_PALETTE_EVENT, "");
}

/// Opens an outside address after the shell showed where it goes and the person agreed.
pub(crate) fn open_link(url: impl AsRef<str>) {
    announce(OPEN_LINK_EVENT, url.as_ref());
}

/// Sends a wish to whoever listens on the window.
pub(crate) fn announce(name: &str, detail: &str) {
    let options = CustomEventInit::new();
    options.set_detail(&JsValue::from_str(detail));
    let event = CustomEvent::new_with_event_init_dict(name, &options);
    if let (Some(window), Ok(event)) = (web_sys::window(), event) {
        // The return value says whether a listener cancelled it; none does.
        let _ = window.dispatch_event(&event);
    }
}

/// The text that came with a wish.
pub(crate) fn event_text(event: &web_sys::Event) -> String {
    event.dyn_ref::<CustomEvent>().and_then(|event| event.detail().as_string()).unwrap_or_default()
}
