//! Where back and forward lead. The browser does not tell, so every entry carries its number.

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// Which entry of the history is shown, and how many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    index: u32,
    last: u32,
}

impl Place {
    /// An entry is shown: `known` is the number that it carries, `None` for a fresh one.
    /// Says which number the entry must carry from now on.
    fn arrive(&mut self, known: Option<u32>) -> u32 {
        match known {
            Some(index) => {
                self.index = index;
                self.last = self.last.max(index);
            }
            None => {
                self.index += 1;
                self.last = self.index;
            }
        }
        self.index
    }
}

/// The person's way through the app in this window.
#[derive(Clone, Copy)]
pub(crate) struct VisitLog(RwSignal<Place>);

/// The field of `history.state` that holds an entry's number.
const FIELD: &str = "wm";

impl VisitLog {
    /// At the first entry. Made once, at the root.
    pub(crate) fn new() -> Self {
        Self(RwSignal::default())
    }

    /// Whether there is a place before this one.
    pub(crate) fn can_go_back(self) -> Signal<bool> {
        Signal::derive(move || self.0.get().index > 0)
    }

    /// Whether there is a place after this one.
    pub(crate) fn can_go_forward(self) -> Signal<bool> {
        Signal::derive(move || self.0.with(|place| place.index < place.last))
    }

    /// Goes one place back.
    pub(crate) fn back(self) {
        if self.0.get_untracked().index > 0 {
            step(-1);
        }
    }

    /// Goes one place forward.
    pub(crate) fn forward(self) {
        step(1);
    }

    /// Call after the address changed and the entry exists: gives it its number.
    pub(crate) fn arrive(self, first: bool) {
        let Some(history) = web_sys::window().and_then(|window| window.history().ok()) else { return };
        let state = history.state().unwrap_or(JsValue::NULL);
        let known = Reflect::get(&state, &FIELD.into()).ok().and_then(|number| number.as_f64());
        // Numbers are small and were written below.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "written as u32 below")]
        let known = known.map(|number| number as u32).or(first.then_some(0));
        let mut place = self.0.get_untracked();
        let number = place.arrive(known);
        self.0.set(place);
        let state = if state.is_object() { state } else { js_sys::Object::new().into() };
        if Reflect::set(&state, &FIELD.into(), &number.into()).is_ok() {
            // Where the browser refuses, back and forward still work; only the buttons' look may be off.
            let _ = history.replace_state(&state, "");
        }
    }
}

/// Number of the entry that is shown: the same again after going back to it, `None` for a fresh one that has not got
/// its number yet.
pub(crate) fn shown_entry() -> Option<u32> {
    let state = web_sys::window()?.history().ok()?.state().ok()?;
    let number = Reflect::get(&state, &FIELD.into()).ok()?.as_f64()?;
    // Numbers are small and are written by `VisitLog::arrive` only.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "written as u32 above")]
    Some(number as u32)
}

fn step(delta: i32) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        // At the end of the history nothing happens.
        let _ = history.go_with_delta(delta);
    }
}

/// The person's way through the app in this window.
pub(crate) fn use_visits() -> VisitLog {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fresh_entry_cuts_the_way_forward() {
        let mut place = Place::default();
        assert_eq!(place.arrive(Some(0)), 0);
        assert_eq!(place.arrive(None), 1);
        assert_eq!(place.arrive(None), 2);
        place.arrive(Some(0));
        assert_eq!(place, Place { index: 0, last: 2 }, "two places lie ahead");
        place.arrive(None);
        assert_eq!(place, Place { index: 1, last: 1 }, "nothing lies ahead");
    }

    #[test]
    fn a_reload_keeps_the_number() {
        let mut place = Place::default();
        place.arrive(Some(4));
        assert_eq!(place, Place { index: 4, last: 4 });
    }
}
