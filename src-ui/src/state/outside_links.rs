//! Outside addresses, told to the frame as DOM events, so that code without an owner (a click handler
//! inside rendered documents) can ask for them as well.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit};

/// Asks the frame to open an outside address; the detail is the address.
pub(crate) const OPEN_LINK_EVENT: &str = "waymark:open-link";

/// Opens an outside address after the shell showed where it goes and the person agreed.
pub(crate) fn open_link(url: impl AsRef<str>) {
    let options = CustomEventInit::new();
    options.set_detail(&JsValue::from_str(url.as_ref()));
    let event = CustomEvent::new_with_event_init_dict(OPEN_LINK_EVENT, &options);
    if let (Some(window), Ok(event)) = (web_sys::window(), event) {
        // The return value says whether a listener cancelled it; none does.
        let _ = window.dispatch_event(&event);
    }
}

/// The text that came with a wish.
pub(crate) fn event_text(event: &web_sys::Event) -> String {
    event.dyn_ref::<CustomEvent>().and_then(|event| event.detail().as_string()).unwrap_or_default()
}
