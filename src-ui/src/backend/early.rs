//! Answers to what `boot.js` asked while this module was being compiled.

use js_sys::{Map, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;

/// The answer under way to a request that carries nothing; each is given once.
pub(super) fn take(command: &str, request: &JsValue) -> Option<Promise> {
    let carries_nothing = Object::keys(request.unchecked_ref::<Object>()).length() == 0;
    let asked = asked().filter(|_| carries_nothing)?;
    let command = command.into();
    let answer = asked.get(&command);
    asked.delete(&command);
    answer.dyn_into().ok()
}

/// Drops what the first screen did not need: later it would be old.
pub(crate) fn forget() {
    if let Some(asked) = asked() {
        asked.clear();
    }
}

fn asked() -> Option<Map> {
    let window = web_sys::window()?;
    Reflect::get(&window, &"waymarkEarly".into()).ok()?.dyn_into().ok()
}

#[cfg(test)]
mod tests {
    use waymark_api::{
        Request,
        ipc::{start::Start, today::OpenToday},
    };

    #[test]
    fn the_page_asks_by_the_names_of_the_contract() {
        let asked = format!(r#"["{}", "{}"]"#, Start::COMMAND, OpenToday::COMMAND);
        assert!(include_str!("../../boot.js").contains(&asked), "boot.js asks {asked}");
    }
}
