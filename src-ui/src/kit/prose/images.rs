//! Images of a document can be enlarged: which of them, and how they are pressed.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, EventTarget, HtmlImageElement, KeyboardEvent, MouseEvent};

use crate::kit::{Picture, Viewer};

/// Smaller images are signs in the text; there is nothing to see in them.
const SMALLEST: (u32, u32) = (160, 96);
/// The class of an image that can be enlarged.
const CLASS: &str = "wm-enlargeable";

/// Makes the images of a document pressable once their size is known.
pub(super) fn follow(root: &Element) {
    all(root, "img").iter().filter(|image| image.complete()).for_each(offer);
    let arrived = Closure::<dyn Fn(Event)>::new(|event: Event| {
        if let Some(image) = event.target().and_then(|target| target.dyn_into::<HtmlImageElement>().ok()) {
            offer(&image);
        }
    })
    .into_js_value();
    // An image tells on the way down only. The listener goes with the document; without it, images stay as they are.
    let _ = root.add_event_listener_with_callback_and_bool("load", arrived.unchecked_ref(), true);
}

/// Puts an image into the tab order, unless it is small or a link already.
fn offer(image: &HtmlImageElement) {
    let small = image.natural_width() < SMALLEST.0 || image.natural_height() < SMALLEST.1;
    if small || image.closest("a, button, summary").ok().flatten().is_some() {
        return;
    }
    let alt = image.alt();
    let label = if alt.trim().is_empty() { "Enlarge the image".to_owned() } else { format!("Enlarge: {alt}") };
    for (name, value) in [("role", "button"), ("tabindex", "0"), ("aria-label", label.as_str())] {
        // Names are fixed, so the browser has nothing to refuse.
        let _ = image.set_attribute(name, value);
    }
    let _ = image.class_list().add_1(CLASS);
}

/// A press on an image shows it large.
pub(super) fn on_click(event: &MouseEvent, viewer: Viewer) {
    if event.button() == 0 && !event.default_prevented() {
        show(event.target(), viewer);
    }
}

/// So do Enter and Space.
pub(super) fn on_key(event: &KeyboardEvent, viewer: Viewer) {
    if matches!(event.key().as_str(), "Enter" | " ") && !event.default_prevented() && show(event.target(), viewer) {
        event.prevent_default();
    }
}

/// Opens the viewer at the image, with all others of its document beside it.
fn show(target: Option<EventTarget>, viewer: Viewer) -> bool {
    let Some(pressed) = target.and_then(|target| target.dyn_into::<HtmlImageElement>().ok()) else { return false };
    let Some(root) = pressed.closest(".wm-prose").ok().flatten() else { return false };
    let images = all(&root, &format!("img.{CLASS}"));
    let Some(at) = images.iter().position(|image| *image == pressed) else { return false };
    let picture = |image: &HtmlImageElement| Picture { src: image.src(), alt: image.alt() };
    viewer.show(images.iter().map(picture).collect(), at);
    true
}

fn all(root: &Element, selector: &str) -> Vec<HtmlImageElement> {
    let Ok(list) = root.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|index| list.get(index)?.dyn_into().ok()).collect()
}
