//! Which files the snippets of a site name: a repository holds far more, and only those are wanted.

use std::collections::{BTreeMap, BTreeSet};

use super::SiteTree;
use crate::links::path::{name_of, normalise};

/// Files inside files.
const MAX_ROUNDS: usize = 8;
/// Files of one site.
const MAX_FILES: usize = 2_000;

/// The texts that the pages of `tree` may bring in, by path relative to the configuration. `find` gives the
/// text of such a path, or nothing; it is asked once for each. No path that it gets leaves the
/// configuration's folder.
pub fn snippet_files(tree: &SiteTree, mut find: impl FnMut(&str) -> Option<String>) -> BTreeMap<String, String> {
    let dialect = &tree.config.dialect;
    let own = [String::new()];
    let folders = if dialect.snippet_folders.is_empty() { &own[..] } else { &dialect.snippet_folders };
    let mut names: BTreeSet<String> = tree.pages.values().flat_map(|page| names_in(page)).collect();
    names.extend(dialect.appended.iter().map(|name| path_of(name)));
    let (mut files, mut asked) = (BTreeMap::new(), BTreeSet::new());
    for _ in 0..MAX_ROUNDS {
        let mut next = BTreeSet::new();
        for path in names.iter().flat_map(|name| folders.iter().filter_map(|folder| place(folder, name))) {
            if files.len() >= MAX_FILES || path.is_empty() || !asked.insert(path.clone()) {
                continue;
            }
            if let Some(text) = find(&path) {
                next.extend(names_in(&text));
                files.insert(path, text);
            }
        }
        if next.is_empty() {
            break;
        }
        names = next;
    }
    files
}

/// Where `name` lies below `folder`, which may be the file itself.
fn place(folder: &str, name: &str) -> Option<String> {
    let folder = normalise("", folder)?;
    if !folder.is_empty() && name_of(&folder) == name { Some(folder) } else { normalise(&folder, name) }
}

/// Everything in a text that may be the path of a snippet: what stands behind a marker, and the lines
/// between two of them.
fn names_in(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut in_block = false;
    for line in text.lines().map(str::trim) {
        if let Some((_, rest)) = line.split_once("-8<-") {
            let name = rest.trim_start_matches('-').trim().trim_matches(['"', '\'']);
            in_block ^= name.is_empty();
            names.push(path_of(name));
        } else if in_block {
            names.push(path_of(line));
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// `file:2:5` and `file:part` without what is asked for of the file.
fn path_of(name: &str) -> String {
    name.split(':').next().unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SiteConfig;

    #[test]
    fn only_what_is_named_is_asked_for_and_nothing_outside() {
        let mut config = SiteConfig::default();
        config.dialect.snippet_folders = vec!["parts".into(), "terms/words.md".into()];
        config.dialect.appended = vec!["words.md".into()];
        let page = "--8<-- \"a.md:2\"\n--8<--\nb.md\n\n--8<--\n--8<-- \"../../x.md\"\n--8<-- '/etc/passwd'\nc.md\n";
        let pages = [("index.md".to_owned(), page.to_owned())].into();
        let tree = SiteTree { config, pages, ..SiteTree::default() };
        let mut asked = Vec::new();
        let files = snippet_files(&tree, |path| {
            asked.push(path.to_owned());
            match path {
                "parts/a.md" => Some("--8<-- \"d.md\"\n--8<-- \"a.md\"".to_owned()),
                "parts/d.md" | "terms/words.md" => Some(String::new()),
                _ => None,
            }
        });
        assert_eq!(files.keys().collect::<Vec<_>>(), ["parts/a.md", "parts/d.md", "terms/words.md"]);
        assert!(!asked.iter().any(|path| path.contains("..") || path.contains("passwd")), "{asked:?}");
    }
}
