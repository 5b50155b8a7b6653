//! Symbolic links that became text.

use std::collections::BTreeMap;

use waymark_core::path::{folder_of, join};

/// Git writes a symbolic link as a file that holds the target's path where links are not available. Such a
/// page, of nothing but the path of another page, is read as that page.
pub fn follow_text_links(pages: &mut BTreeMap<String, String>) {
    let target = |path: &str, text: &str| {
        let named = !text.contains(['\n', ' ']) && text.ends_with(".md");
        if named { join(folder_of(path), text) } else { None }
    };
    let links: Vec<(String, String)> = (pages.iter())
        .filter_map(|(path, text)| Some((path.clone(), target(path, text)?)))
        .filter_map(|(path, target)| Some((path, pages.get(&target)?.clone())))
        .collect();
    pages.extend(links);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_written_as_text_is_followed() {
        let pages =
            [("a/x.md", "../y.md"), ("y.md", "# Y\n"), ("z.md", "no.md"), ("w.md", "y.md\n"), ("v.md", "/y.md")];
        let mut pages = pages.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
        follow_text_links(&mut pages);
        assert_eq!(pages["a/x.md"], "# Y\n");
        assert_eq!(pages["z.md"], "no.md");
        assert_eq!(pages["w.md"], "y.md\n", "git writes no line break behind the path");
        assert_eq!(pages["v.md"], "/y.md", "a path of the machine leads nowhere");
    }
}
