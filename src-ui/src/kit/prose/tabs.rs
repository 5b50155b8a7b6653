//! Content tabs inside a document: the keys of a tab list, and one choice for all sets that offer it.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent};

use super::memory::{TabMemory, step_tab};

/// Where the choices are kept; they never leave the device.
const STORED: &str = "waymark.doc-tabs";

/// Opens in every set the tab that was chosen last, here or on another page.
pub(super) fn restore(root: &Element) {
    let memory = recall();
    for list in tab_lists(root) {
        let tabs = tabs_of(&list);
        let labels: Vec<String> = tabs.iter().map(label_of).collect();
        if let Some(tab) = memory.pick(&labels).and_then(|index| tabs.get(index)) {
            open(&tabs, tab);
        }
        // On paper every panel is shown, and none has its tab.
        for (tab, label) in tabs.iter().zip(&labels) {
            let panel = tab.owner_document().and_then(|document| document.get_element_by_id(&controls(tab)));
            let _ = panel.map(|panel| panel.set_attribute("data-label", label));
        }
    }
}

/// Opens a tab wherever it is offered when it is pressed.
pub(super) fn on_click(event: &MouseEvent) {
    if let Some(tab) = tab_at(event.target()) {
        choose(&tab);
    }
}

/// Arrows, Home and End move between the tabs of a set and open them: the text is at hand.
pub(super) fn on_key(event: &KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let Some(tab) = tab_at(event.target()) else { return };
    let Some(list) = tab.parent_element() else { return };
    let tabs = tabs_of(&list);
    let Some(at) = tabs.iter().position(|other| other == &tab) else { return };
    let Some(next) = step_tab(&event.key(), at, tabs.len()).and_then(|index| tabs.get(index)) else { return };
    event.prevent_default();
    event.stop_propagation();
    choose(next);
    // Focus moves with the choice; an element that cannot take it keeps the old one.
    let _ = next.focus();
}

/// Opens what `element` is folded into, panels of tabs and details, so that something found in it can be seen.
pub(crate) fn reveal(element: &Element) {
    let mut fold = element.closest("details:not([open])").ok().flatten();
    while let Some(details) = fold {
        // A fixed name, so the browser has nothing to refuse.
        let _ = details.set_attribute("open", "");
        fold = details.closest("details:not([open])").ok().flatten();
    }
    let mut at = element.closest("[role=tabpanel][hidden]").ok().flatten();
    while let Some(panel) = at {
        let tab = panel.closest(".tabbed-set").ok().flatten().and_then(|set| {
            tab_lists(&set).into_iter().flat_map(|list| tabs_of(&list)).find(|tab| controls(tab) == panel.id())
        });
        let Some(tab) = tab else { return };
        if let Some(list) = tab.parent_element() {
            open(&tabs_of(&list), &tab);
        }
        at = panel.parent_element().and_then(|outer| outer.closest("[role=tabpanel][hidden]").ok().flatten());
    }
}

fn choose(tab: &HtmlElement) {
    let before = tab.get_bounding_client_rect().top();
    let label = label_of(tab);
    let mut memory = recall();
    memory.choose(&label);
    keep(&memory);
    let Some(root) = tab.closest(".wm-prose").ok().flatten() else { return };
    for list in tab_lists(&root) {
        let tabs = tabs_of(&list);
        let own = tabs.iter().find(|other| *other == tab);
        let same = || tabs.iter().find(|other| label_of(other).eq_ignore_ascii_case(&label));
        if let Some(tab) = own.or_else(same) {
            open(&tabs, tab);
        }
    }
    // Sets further up may have changed their height: what was pressed stays under the pointer.
    if let Some(pane) = tab.closest(".wm-main").ok().flatten() {
        let moved = tab.get_bounding_client_rect().top() - before;
        pane.set_scroll_top(pane.scroll_top() + moved.round() as i32);
    }
}

fn open(tabs: &[HtmlElement], chosen: &HtmlElement) {
    for tab in tabs {
        let on = tab == chosen;
        // Attribute names are fixed, so the browser has nothing to refuse.
        let _ = tab.set_attribute("aria-selected", if on { "true" } else { "false" });
        let _ = tab.set_attribute("tabindex", if on { "0" } else { "-1" });
        let document = tab.owner_document();
        if let Some(panel) = document.and_then(|document| document.get_element_by_id(&controls(tab))) {
            let _ = if on { panel.remove_attribute("hidden") } else { panel.set_attribute("hidden", "") };
        }
    }
}

fn controls(tab: &HtmlElement) -> String {
    tab.get_attribute("aria-controls").unwrap_or_default()
}

fn label_of(tab: &HtmlElement) -> String {
    tab.text_content().unwrap_or_default().trim().to_owned()
}

fn tab_at(target: Option<web_sys::EventTarget>) -> Option<HtmlElement> {
    let element = target?.dyn_into::<Element>().ok()?;
    element.closest(".tabbed-labels > [role=tab]").ok()??.dyn_into().ok()
}

fn tab_lists(root: &Element) -> Vec<Element> {
    elements(root, ".tabbed-labels")
}

fn tabs_of(list: &Element) -> Vec<HtmlElement> {
    elements(list, "[role=tab]").into_iter().filter_map(|tab| tab.dyn_into().ok()).collect()
}

fn elements(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(list) = root.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|index| list.get(index)?.dyn_into().ok()).collect()
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn recall() -> TabMemory {
    let text = storage().and_then(|storage| storage.get_item(STORED).ok()?);
    text.map(|text| TabMemory::from_text(&text)).unwrap_or_default()
}

fn keep(memory: &TabMemory) {
    if let Some(storage) = storage() {
        // Without storage the choice still holds for this page.
        let _ = storage.set_item(STORED, &memory.to_text());
    }
}
