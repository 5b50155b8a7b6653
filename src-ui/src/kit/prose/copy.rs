//! The copy button of a code block.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent, Node};

use super::session;
use crate::kit::copy_text;

/// How long the tick stays.
const SHOWN: std::time::Duration = std::time::Duration::from_millis(2000);

/// Copies the block whose button was pressed; `copied` is read out by the status region.
pub(super) fn on_click(event: &MouseEvent, copied: RwSignal<&'static str>) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(button) = target.and_then(|target| target.closest("button[data-copy]").ok().flatten()) else { return };
    let Some(code) = button.closest(".wm-codeblock").ok().flatten() else { return };
    let text = code_text(&code);
    let text = session::commands(&language(&code), &text).unwrap_or(text);
    leptos::task::spawn_local(async move {
        // The page may have been left in the meantime, and its signals with it.
        if !copy_text(&text).await {
            copied.try_set("The code could not be copied");
            return;
        }
        copied.try_set("Copied");
        // An attribute that cannot be set costs the tick, not the copy.
        let _ = button.set_attribute("data-copied", "");
        set_timeout(
            move || {
                let _ = button.remove_attribute("data-copied");
                copied.try_set("");
            },
            SHOWN,
        );
    });
}

/// What the block's head calls its language; empty where it says nothing.
fn language(block: &Element) -> String {
    let label = block.query_selector(".wm-codeblock__lang").ok().flatten();
    label.and_then(|label| label.text_content()).unwrap_or_default()
}

/// The code as it was written: lines are blocks of their own on screen and lines in the text.
fn code_text(block: &Element) -> String {
    let all = || block.query_selector("code").ok().flatten().and_then(|code| code.text_content()).unwrap_or_default();
    let Ok(lines) = block.query_selector_all(".wm-codeblock__line") else { return all() };
    if lines.length() == 0 {
        return all();
    }
    let lines = (0..lines.length()).filter_map(|index| lines.get(index)).map(|line: Node| {
        let text = line.text_content().unwrap_or_default();
        text.strip_suffix('\n').map(str::to_owned).unwrap_or(text)
    });
    lines.collect::<Vec<_>>().join("\n")
}
