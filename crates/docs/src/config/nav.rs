//! The `nav` of a configuration.

use waymark_core::diagnostic::{Findings, Position};

use super::yaml::{Node, Value};

/// An entry of a navigation as its author wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavEntry {
    /// The title, if one is given.
    pub title: Option<String>,
    /// A page's path relative to the docs folder, an address, or `!include` with another site's
    /// configuration; none for a section.
    pub target: Option<String>,
    /// What the section holds.
    pub children: Vec<NavEntry>,
    /// Where the entry stands in the configuration.
    pub at: Position,
}

/// Reads a list of entries; `None` when the author left it empty.
pub(super) fn read(node: &Node, findings: &mut Findings) -> Option<Vec<NavEntry>> {
    match &node.value {
        Value::Null => None,
        Value::List(items) => Some(items.iter().flat_map(|item| entries(item, findings)).collect()),
        // Not what MkDocs documents, but what it reads: a mapping of titles.
        Value::Map(_) => Some(entries(node, findings)),
        Value::Text(_) => {
            findings
                .error("D004", node.at, "`nav` must be a list of pages and sections")
                .help("Until it is mended, the navigation follows the folders.");
            None
        }
    }
}

/// An item is a path, or a mapping from titles to paths or lists.
fn entries(node: &Node, findings: &mut Findings) -> Vec<NavEntry> {
    match &node.value {
        Value::Text(target) => vec![leaf(None, target, node.at)],
        Value::Map(items) => {
            items.iter().filter_map(|(title, value)| titled(title, value, node.at, findings)).collect()
        }
        Value::Null => Vec::new(),
        Value::List(_) => {
            findings.error("D004", node.at, "a list in the navigation needs a title in front of it");
            Vec::new()
        }
    }
}

fn titled(title: &str, value: &Node, at: Position, findings: &mut Findings) -> Option<NavEntry> {
    match &value.value {
        Value::Text(target) => Some(leaf(Some(title), target, value.at)),
        Value::Null => {
            findings.warning(
                "D004",
                at,
                format!("the navigation entry `{title}` has neither a page nor entries below it"),
            );
            None
        }
        Value::List(_) | Value::Map(_) => {
            let children = read(value, findings).unwrap_or_default();
            Some(NavEntry { title: Some(title.to_owned()), target: None, children, at })
        }
    }
}

fn leaf(title: Option<&str>, target: &str, at: Position) -> NavEntry {
    let target = target.trim();
    let title = title.map(str::trim).filter(|title| !title.is_empty()).map(str::to_owned);
    NavEntry { title, target: Some(target.to_owned()), children: Vec::new(), at }
}
