//! The texts that a site's snippets name and the orders of its folders: only those are read, because a
//! repository holds far more.

use std::{
    collections::BTreeMap,
    fs,
    path::{Component, Path},
};

use waymark_docs::SiteTree;

/// Longer files are not brought into pages.
const MAX_FILE: u64 = 1024 * 1024;
/// Rounds of looking for names: a snippet may name further snippets.
const MAX_ROUNDS: usize = 8;

/// The files by path relative to `root`. Links that leave it are not followed.
pub(super) fn read(root: &Path, tree: &SiteTree) -> BTreeMap<String, String> {
    let dialect = &tree.config.dialect;
    let folders =
        if dialect.snippet_folders.is_empty() { vec![String::new()] } else { dialect.snippet_folders.clone() };
    let mut files = BTreeMap::new();
    // The folders' own orders are texts as well.
    for asset in tree.assets.iter().filter(|path| path.ends_with(".pages") || path.contains(".nav.y")) {
        let key = relative(&Path::new(&tree.prefix).join(asset));
        files.extend(key.and_then(|key| Some((key.clone(), text(root, &key)?))));
    }
    let mut names: Vec<String> = tree.pages.values().flat_map(|page| names_in(page)).collect();
    names.extend(dialect.appended.iter().cloned());
    for _ in 0..MAX_ROUNDS {
        let mut found = Vec::new();
        for name in names.drain(..) {
            let path = name.split(':').next().unwrap_or_default().trim();
            for folder in &folders {
                let Some(key) = relative(&Path::new(folder).join(path)).filter(|key| !files.contains_key(key)) else {
                    continue;
                };
                if let Some(text) = text(root, &key) {
                    found.extend(names_in(&text));
                    files.insert(key, text);
                }
            }
        }
        if found.is_empty() {
            break;
        }
        names = found;
    }
    files
}

/// Everything in a text that may be a snippet's name: what is quoted behind a marker, and the lines
/// between two markers.
fn names_in(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut in_block = false;
    for line in text.lines().map(str::trim) {
        if let Some((_, rest)) = line.split_once("-8<-") {
            let name = rest.trim_start_matches('-').trim().trim_matches(['"', '\'']);
            in_block ^= name.is_empty();
            names.extend(Some(name.to_owned()).filter(|name| !name.is_empty()));
        } else if in_block && !line.is_empty() {
            names.push(line.to_owned());
        }
    }
    names
}

/// A path below the root with `/` between its parts; `None` when it leaves it.
pub(super) fn relative(path: &Path) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(parts.pop()?),
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts.join("/")).filter(|path| !path.is_empty())
}

fn text(root: &Path, key: &str) -> Option<String> {
    let path = root.join(key).canonicalize().ok().filter(|path| path.starts_with(root))?;
    let meta = fs::metadata(&path).ok().filter(|meta| meta.is_file() && meta.len() <= MAX_FILE)?;
    debug_assert!(meta.len() <= MAX_FILE, "the filter keeps small files");
    Some(String::from_utf8_lossy(&fs::read(path).ok()?).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_and_stay_inside() {
        assert_eq!(names_in("a\n--8<-- \"x.md:2\"\n--8<--\ny.md\n\n--8<--\nz"), ["x.md:2", "y.md"]);
        assert_eq!(relative(Path::new("a/./b/../c.md")).as_deref(), Some("a/c.md"));
        assert_eq!(relative(Path::new("../c.md")), None);
        assert_eq!(relative(Path::new("/etc/passwd")), None);
    }
}
