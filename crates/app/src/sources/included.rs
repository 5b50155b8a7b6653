//! The files of an opened folder that a site's navigation brings in from other sites beside it.

use std::collections::{BTreeMap, BTreeSet};

use waymark_core::path::below;
use waymark_docs::{Files, Included};
use waymark_store::Asset;
use waymark_sync::folder::{File, FileKind};

/// The files of the opened folder, by path.
pub(super) struct Opened<'a>(pub(super) &'a BTreeMap<String, File>);

impl Opened<'_> {
    /// What lies below `folder`, by its path there.
    fn inside(&self, folder: &str) -> impl Iterator<Item = (&str, &str)> {
        let start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let paths = self.0.range(start..).map(|(path, _)| path.as_str());
        paths.map_while(move |path| Some((path, below(path, folder)?)))
    }
}

impl Files for Opened<'_> {
    fn text(&self, path: &str) -> Option<String> {
        self.0.get(path).and_then(File::text).map(str::to_owned)
    }

    fn below(&self, folder: &str) -> Vec<String> {
        self.inside(folder).map(|(path, _)| path.to_owned()).collect()
    }

    fn folders(&self, folder: &str) -> BTreeSet<String> {
        self.inside(folder).filter_map(|(_, inside)| Some(inside.split_once('/')?.0.to_owned())).collect()
    }
}

/// Copies what is included, while no site has taken its files yet: pages into `pages`, images into `assets`.
pub(super) fn copy(
    included: &Included,
    files: &BTreeMap<String, File>,
    pages: &mut BTreeMap<String, String>,
    assets: &mut Vec<Asset>,
) {
    let found = included.files.iter().filter_map(|(path, source)| Some((path.clone(), files.get(source)?)));
    for (path, file) in found {
        match file.kind {
            FileKind::Markdown => {
                pages.insert(path, file.text().unwrap_or_default().to_owned());
            }
            FileKind::Image(mime) => assets.push(Asset { path, mime: mime.to_owned(), bytes: file.bytes.clone() }),
            FileKind::Yaml | FileKind::Toml | FileKind::Other => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_a_folder_and_its_folders_are_found() {
        let file = |path: &str| {
            let (bytes, hash) = (b"x".to_vec(), String::new());
            (path.to_owned(), File { path: path.to_owned(), kind: FileKind::Markdown, bytes, hash, modified: None })
        };
        let files = ["a/b/c.md", "a/b/d/e.md", "a/b-c/f.md", "g.md"].map(file).into();
        let opened = Opened(&files);
        assert_eq!(opened.below("a/b"), ["a/b/c.md", "a/b/d/e.md"]);
        assert_eq!(opened.below("").len(), 4);
        assert_eq!(opened.folders("a"), ["b", "b-c"].map(str::to_owned).into());
        assert_eq!(opened.folders(""), ["a".to_owned()].into());
        assert_eq!((opened.text("g.md").as_deref(), opened.text("a")), (Some("x"), None));
    }
}
