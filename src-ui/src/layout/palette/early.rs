//! Keys that come before the field has the focus. The dialog is shown one frame after the palette was asked
//! for; who types on in that frame means the field, and not the screen behind it.

use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, prelude::Closure};

/// Adds the letters of such keys to `typed` until `dialog` is shown. Ends with the current owner.
pub(super) fn catch(dialog: NodeRef<html::Dialog>, typed: RwSignal<String>) {
    let listener = Closure::<dyn Fn(web_sys::KeyboardEvent)>::new(move |event: web_sys::KeyboardEvent| {
        let shown = dialog.try_get_untracked().flatten().is_none_or(|dialog| dialog.open());
        let modified = event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing();
        let Some(letter) = letter(&event.key()).filter(|_| !shown && !modified) else { return };
        event.prevent_default();
        event.stop_propagation();
        typed.try_update(|typed| typed.push(letter));
    });
    // While the event still goes down to its target, so that no shortcut of a single key takes it.
    let function: &js_sys::Function = listener.as_ref().unchecked_ref();
    let added = window().add_event_listener_with_callback_and_bool("keydown", function, true).is_ok();
    let kept = StoredValue::new_local(Some(listener));
    on_cleanup(move || {
        let Some(listener) = kept.try_update_value(Option::take).flatten().filter(|_| added) else { return };
        // It was added with the same function and phase.
        let _ =
            window().remove_event_listener_with_callback_and_bool("keydown", listener.as_ref().unchecked_ref(), true);
    });
}

/// The letter that a key writes; `Enter`, `Escape` and others write none.
fn letter(key: &str) -> Option<char> {
    let mut chars = key.chars();
    let first = chars.next()?;
    chars.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn keys_with_names_write_nothing() {
        assert_eq!(["v", "ß", " ", "日"].map(letter), ["v", "ß", " ", "日"].map(|key| key.chars().next()));
        assert_eq!(["Enter", "Escape", "F1", "Dead", ""].map(letter), [None; 5]);
    }
}
