//! F6: from pane to pane.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What takes the focus in a pane, best first.
const TARGETS: [&str; 4] = [
    "[aria-current=page]:not([tabindex='-1'])",
    "[role=treeitem][tabindex='0']",
    "h1[tabindex]",
    "a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex]",
];

/// Moves the focus to the next pane, or to the one before.
pub(super) fn go(forward: bool) {
    let panes = panes();
    if panes.is_empty() {
        return;
    }
    let active = document().active_element();
    let at = panes.iter().position(|pane| active.as_ref().is_some_and(|active| pane.contains(Some(active))));
    if let Some(pane) = panes.get(neighbour(at, panes.len(), forward)) {
        focus_in(pane);
    }
}

/// The pane after or before `at`, going round; the first or last one where the focus is in none.
fn neighbour(at: Option<usize>, count: usize, forward: bool) -> usize {
    match (at, forward) {
        (None, true) => 0,
        (None, false) => count - 1,
        (Some(at), true) => (at + 1) % count,
        (Some(at), false) => (at + count - 1) % count,
    }
}

/// The panes on screen: the sidebar, then those of the page.
fn panes() -> Vec<HtmlElement> {
    let Ok(found) = document().query_selector_all(".wm-sidebar, .wm-panes > *") else { return Vec::new() };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into::<HtmlElement>().ok())
        .filter(|pane| pane.offset_width() > 0 && first_target(pane).is_some())
        .collect()
}

fn first_target(pane: &Element) -> Option<HtmlElement> {
    TARGETS.into_iter().find_map(|selector| pane.query_selector(selector).ok()??.dyn_into().ok())
}

fn focus_in(pane: &Element) {
    if let Some(target) = first_target(pane) {
        // An element of this page can always take the focus.
        let _ = target.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::neighbour;

    #[test]
    fn panes_form_a_ring() {
        assert_eq!(neighbour(None, 3, true), 0);
        assert_eq!(neighbour(None, 3, false), 2);
        assert_eq!(neighbour(Some(2), 3, true), 0);
        assert_eq!(neighbour(Some(0), 3, false), 2);
    }
}
