//! Sets of tabs, which need no script in a built page: radio buttons, labels and panels.

use super::tree::{Node, attribute, elements, find, has_class, name, words};

/// A set of tabs.
pub(super) struct Tabs {
    pub(super) labels: Vec<String>,
    pub(super) panels: Vec<Node>,
    pub(super) selected: usize,
}

/// The set of tabs that a node is, in the form of any version of the extension or in the plain form.
pub(super) fn tabs(node: &Node) -> Option<Tabs> {
    if name(node) != Some("div") || !has_class(node, "tabbed-set") {
        return None;
    }
    let direct = elements(node);
    let blocks: Vec<Node> = direct.iter().filter(|one| has_class(one, "tabbed-block")).cloned().collect();
    if !blocks.is_empty() {
        // The plain form.
        let labels = blocks.iter().map(|one| attribute(one, "title").unwrap_or_default()).collect();
        let selected = blocks.iter().position(|one| attribute(one, "data-selected").is_some()).unwrap_or(0);
        return Some(Tabs { labels, panels: blocks, selected });
    }
    let list =
        find(node, &|one| has_class(one, "tabbed-labels")).map_or_else(|| direct.clone(), |list| elements(&list));
    let labels: Vec<String> = list.iter().filter(|one| name(one) == Some("label")).map(words).collect();
    let contents: Vec<Node> = direct.iter().filter(|one| has_class(one, "tabbed-content")).cloned().collect();
    let panels = match contents.as_slice() {
        [only] if elements(only).iter().any(|one| has_class(one, "tabbed-block")) => elements(only),
        _ => contents,
    };
    let inputs = direct.iter().filter(|one| name(one) == Some("input"));
    let selected = inputs.enumerate().find(|(_, one)| attribute(one, "checked").is_some()).map_or(0, |(at, _)| at);
    let fits = !panels.is_empty() && panels.len() == labels.len();
    fits.then(|| Tabs { selected: selected.min(panels.len() - 1), labels, panels })
}
