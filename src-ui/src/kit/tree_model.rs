//! The rules of a tree without any view: which rows are visible and where a key leads.

use std::collections::BTreeSet;

/// A node of a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TreeNode {
    /// Unique in the tree and stable across reloads.
    pub(crate) key: String,
    /// What people read.
    pub(crate) title: String,
    /// Where it leads; `None` for a section without a page.
    pub(crate) href: Option<String>,
    /// A few characters at the row's end: "14".
    pub(crate) badge: Option<String>,
    /// How much of it was read, in percent: a ring at the row's end.
    pub(crate) percent: Option<u8>,
    /// What is under it.
    pub(crate) children: Vec<TreeNode>,
}

/// A row that is on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Key of its node.
    pub(crate) key: String,
    /// What type-ahead compares with, lower case.
    pub(crate) title: String,
    /// Index of the row above it in the tree.
    pub(crate) parent: Option<usize>,
    /// Whether something is under it.
    pub(crate) folder: bool,
    /// Whether it is open.
    pub(crate) open: bool,
}

/// What a key does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    /// The focus goes to this row.
    Focus(String),
    /// These nodes open.
    Open(Vec<String>),
    /// This node closes.
    Close(String),
    /// The person wants to go to this node.
    Activate(String),
}

/// The rows that are on screen, top to bottom.
pub(crate) fn visible(nodes: &[TreeNode], open: &BTreeSet<String>) -> Vec<Row> {
    let mut rows = Vec::new();
    push(nodes, open, None, &mut rows);
    rows
}

fn push(nodes: &[TreeNode], open: &BTreeSet<String>, parent: Option<usize>, rows: &mut Vec<Row>) {
    for node in nodes {
        let folder = !node.children.is_empty();
        let is_open = folder && open.contains(&node.key);
        rows.push(Row { key: node.key.clone(), title: node.title.to_lowercase(), parent, folder, open: is_open });
        if is_open {
            push(&node.children, open, Some(rows.len() - 1), rows);
        }
    }
}

/// What `key` does while the row `at` has the focus (`ux.md`, section 4).
pub(crate) fn press(key: &str, at: &str, rows: &[Row]) -> Option<Move> {
    let index = rows.iter().position(|row| row.key == at)?;
    let row = &rows[index];
    let focus = |row: &Row| Move::Focus(row.key.clone());
    match key {
        "ArrowDown" => rows.get(index + 1).map(focus),
        "ArrowUp" => index.checked_sub(1).and_then(|above| rows.get(above)).map(focus),
        "ArrowRight" if row.folder && !row.open => Some(Move::Open(vec![row.key.clone()])),
        "ArrowRight" if row.folder => rows.get(index + 1).map(focus),
        "ArrowLeft" if row.open => Some(Move::Close(row.key.clone())),
        "ArrowLeft" => row.parent.and_then(|parent| rows.get(parent)).map(focus),
        "Home" => rows.first().map(focus),
        "End" => rows.last().map(focus),
        "Enter" | " " => Some(Move::Activate(row.key.clone())),
        "*" => Some(Move::Open(
            rows.iter()
                .filter(|other| other.parent == row.parent && other.folder)
                .map(|other| other.key.clone())
                .collect(),
        )),
        _ => None,
    }
}

/// The next row whose title begins with what was typed, going round; one letter again and again
/// visits all rows with that letter.
pub(crate) fn type_ahead(typed: &str, at: &str, rows: &[Row]) -> Option<String> {
    let typed = typed.to_lowercase();
    let first = typed.chars().next()?;
    let repeated = typed.chars().all(|letter| letter == first);
    let wanted = if repeated { first.to_string() } else { typed.clone() };
    let start = rows.iter().position(|row| row.key == at).unwrap_or(0);
    // A longer word may still mean the row that has the focus; a repeated letter means the next one.
    let skip = usize::from(repeated);
    (0..rows.len())
        .map(|offset| &rows[(start + skip + offset) % rows.len()])
        .find(|row| row.title.starts_with(&wanted))
        .map(|row| row.key.clone())
}

/// Keys of all nodes above `key`.
pub(crate) fn ancestors(nodes: &[TreeNode], key: &str) -> Vec<String> {
    for node in nodes {
        if node.key == key {
            return Vec::new();
        }
        if contains(&node.children, key) {
            let mut above = vec![node.key.clone()];
            above.extend(ancestors(&node.children, key));
            return above;
        }
    }
    Vec::new()
}

fn contains(nodes: &[TreeNode], key: &str) -> bool {
    nodes.iter().any(|node| node.key == key || contains(&node.children, key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(key: &str) -> TreeNode {
        TreeNode { key: key.into(), title: key.to_uppercase(), ..TreeNode::default() }
    }

    /// a, b(b1, b2(b2x)), c
    fn nodes() -> Vec<TreeNode> {
        let deep = TreeNode { children: vec![leaf("b2x")], ..leaf("b2") };
        let b = TreeNode { children: vec![leaf("b1"), deep], ..leaf("b") };
        vec![leaf("a"), b, leaf("c")]
    }

    fn open(keys: &[&str]) -> BTreeSet<String> {
        keys.iter().map(|key| (*key).to_owned()).collect()
    }

    fn keys(rows: &[Row]) -> Vec<&str> {
        rows.iter().map(|row| row.key.as_str()).collect()
    }

    #[test]
    fn closed_nodes_hide_what_is_under_them() {
        assert_eq!(keys(&visible(&nodes(), &open(&[]))), ["a", "b", "c"]);
        assert_eq!(keys(&visible(&nodes(), &open(&["b"]))), ["a", "b", "b1", "b2", "c"]);
        assert_eq!(keys(&visible(&nodes(), &open(&["b2"]))), ["a", "b", "c"], "its parent is closed");
    }

    #[test]
    fn arrows_follow_the_tree_pattern() {
        let rows = visible(&nodes(), &open(&["b"]));
        assert_eq!(press("ArrowDown", "a", &rows), Some(Move::Focus("b".into())));
        assert_eq!(press("ArrowUp", "a", &rows), None);
        assert_eq!(press("ArrowRight", "b", &rows), Some(Move::Focus("b1".into())));
        assert_eq!(press("ArrowRight", "b2", &rows), Some(Move::Open(vec!["b2".into()])));
        assert_eq!(press("ArrowRight", "a", &rows), None, "a leaf has nothing to open");
        assert_eq!(press("ArrowLeft", "b1", &rows), Some(Move::Focus("b".into())));
        assert_eq!(press("ArrowLeft", "b", &rows), Some(Move::Close("b".into())));
        assert_eq!(press("End", "a", &rows), Some(Move::Focus("c".into())));
        assert_eq!(press("Enter", "c", &rows), Some(Move::Activate("c".into())));
    }

    #[test]
    fn a_star_opens_all_siblings() {
        let rows = visible(&nodes(), &open(&["b"]));
        assert_eq!(press("*", "b1", &rows), Some(Move::Open(vec!["b2".into()])));
        assert_eq!(press("*", "a", &rows), Some(Move::Open(vec!["b".into()])));
    }

    #[test]
    fn typing_finds_the_next_row_and_goes_round() {
        let rows = visible(&nodes(), &open(&["b"]));
        assert_eq!(type_ahead("b", "a", &rows), Some("b".into()));
        assert_eq!(type_ahead("bb", "b", &rows), Some("b1".into()), "the same letter again goes on");
        assert_eq!(type_ahead("b2", "b", &rows), Some("b2".into()));
        assert_eq!(type_ahead("a", "c", &rows), Some("a".into()));
        assert_eq!(type_ahead("z", "a", &rows), None);
    }

    #[test]
    fn the_way_to_a_node_is_known() {
        assert_eq!(ancestors(&nodes(), "b2x"), ["b", "b2"]);
        assert!(ancestors(&nodes(), "a").is_empty());
        assert!(ancestors(&nodes(), "nowhere").is_empty());
    }
}
