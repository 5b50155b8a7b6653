//! `.pages` and `.nav.yml`: a folder's title and the order of what lies in it.

use std::collections::BTreeMap;

use crate::config::yaml::{self, Node, Value};

/// What one such file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Arrangement {
    /// The folder's title.
    pub(super) title: Option<String>,
    /// Names of pages and folders in order, each with its title; `...` stands for all others.
    pub(super) order: Vec<(String, Option<String>)>,
    /// Whether the folder is left out of the navigation.
    pub(super) hidden: bool,
}

/// The arrangement of each folder that has one, by its path below the docs folder; `files` are texts by
/// path relative to the configuration. A file that cannot be read says nothing.
pub(super) fn read(files: &BTreeMap<String, String>, docs_dir: &str) -> BTreeMap<String, Arrangement> {
    let mut found = BTreeMap::new();
    for (path, text) in files {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        if !matches!(name, ".pages" | ".nav.yml" | ".nav.yaml") {
            continue;
        }
        let below = match folder.strip_prefix(docs_dir.trim_matches('/')) {
            Some(rest) => rest.trim_start_matches('/'),
            None => continue,
        };
        if let Ok(root) = yaml::parse(text) {
            found.insert(below.to_owned(), arrangement(&root));
        }
    }
    found
}

fn arrangement(root: &Node) -> Arrangement {
    let text = |key: &str| root.get(key).and_then(Node::text);
    let list = root.get("nav").or_else(|| root.get("arrange")).map_or(&[][..], Node::items);
    let order = list.iter().flat_map(entry).collect();
    let hidden = text("hide").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    Arrangement { title: text("title").map(str::to_owned), order, hidden }
}

/// A name, or a title with a name; sections and links of their own are not arranged here.
fn entry(item: &Node) -> Vec<(String, Option<String>)> {
    match &item.value {
        Value::Text(name) => vec![(plain(name), None)],
        Value::Map(entries) => {
            entries.iter().filter_map(|(title, value)| Some((plain(value.text()?), Some(title.clone())))).collect()
        }
        Value::Null | Value::List(_) => Vec::new(),
    }
}

/// `... | *.md` is still all others; a folder may end with a slash.
fn plain(name: &str) -> String {
    let name = name.trim();
    if name.starts_with("...") || name == "*" { "...".to_owned() } else { name.trim_end_matches('/').to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_files_are_read() {
        let files = [
            ("docs/a/.pages", "title: Apples\nnav:\n  - z.md\n  - Why: y.md\n  - ...\n  - sub/\n"),
            ("docs/.nav.yml", "hide: true\n"),
            ("other/.pages", "title: no"),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
        let found = read(&files, "docs");
        assert_eq!(found.keys().map(String::as_str).collect::<Vec<_>>(), ["", "a"]);
        let apples = &found["a"];
        assert_eq!(apples.title.as_deref(), Some("Apples"));
        let names: Vec<&str> = apples.order.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["z.md", "y.md", "...", "sub"]);
        assert!(found[""].hidden);
    }
}
