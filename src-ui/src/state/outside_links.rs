//! Outside addresses, told to the frame as DOM events, so that code without an owner (a click handler
//! inside rendered documents) can ask for them as well.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit};

use crate::routes::decode;

/// Asks the frame to open an outside address; the detail is the address.
pub(crate) const OPEN_LINK_EVENT: &str = "waymark:open-link";

/// Opens an outside address after the shell showed where it goes and the person agreed.
pub(crate) fn open_link(url: impl AsRef<str>) {
    tell(OPEN_LINK_EVENT, url.as_ref());
}

fn tell(name: &str, text: &str) {
    let options = CustomEventInit::new();
    options.set_detail(&JsValue::from_str(text));
    let event = CustomEvent::new_with_event_init_dict(name, &options);
    if let (Some(window), Ok(event)) = (web_sys::window(), event) {
        // The return value says whether a listener cancelled it; none does.
        let _ = window.dispatch_event(&event);
    }
}

/// Asks the frame to save a file of a site; the detail is its address.
pub(crate) const SAVE_FILE_EVENT: &str = "waymark:save-file";

/// Saves a file that a page links to, where the person wants it.
pub(crate) fn save_file(address: impl AsRef<str>) {
    tell(SAVE_FILE_EVENT, address.as_ref());
}

/// Site and path of a file's address: `waymark-doc://localhost/corvane/files/a.pdf`.
pub(crate) fn file_of(address: &str) -> Option<(String, String)> {
    let (_, rest) = address.split_once("://")?;
    let (_, path) = rest.split_once('/')?;
    let (site, path) = path.split(['?', '#']).next()?.split_once('/')?;
    (!site.is_empty() && !path.is_empty()).then(|| (decode(site), decode(path)))
}

/// The text that came with a wish.
pub(crate) fn event_text(event: &web_sys::Event) -> String {
    event.dyn_ref::<CustomEvent>().and_then(|event| event.detail().as_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_address_names_site_and_path() {
        let of = |address: &str| file_of(address);
        let some = |site: &str, path: &str| Some((site.to_owned(), path.to_owned()));
        assert_eq!(
            of("waymark-doc://localhost/corvane/files/Price%20list.pdf"),
            some("corvane", "files/Price list.pdf")
        );
        assert_eq!(of("http://waymark-doc.localhost/a%2Fb/c.zip#x"), some("a/b", "c.zip"));
        assert_eq!(of("waymark-doc://localhost/corvane"), None);
        assert_eq!(of("corvane/a.pdf"), None);
    }
}
