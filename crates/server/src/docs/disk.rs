//! The folder of a site on this machine. Nothing outside of it is read: a link that leads out counts as
//! not there.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use waymark_core::path::join;
use waymark_docs::Files;

/// Files in one site; more is not documentation.
const MAX_FILES: usize = 100_000;
/// Folders inside folders.
const MAX_DEPTH: usize = 32;
/// Longer files are not brought into pages, in bytes.
const MAX_TEXT: u64 = 1024 * 1024;

/// A folder without links in its own path.
pub(super) struct Disk {
    root: PathBuf,
}

impl Disk {
    /// `root` must be canonical.
    pub(super) fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// The folder.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Where a path of the site lies, behind all links.
    fn place(&self, path: &str) -> Option<PathBuf> {
        self.root.join(join("", path)?).canonicalize().ok().filter(|path| path.starts_with(&self.root))
    }

    /// The text of a file that another one names; `None` for what is not there or too long.
    pub(super) fn named_text(&self, path: &str) -> Option<String> {
        let path = self.place(path)?;
        fs::metadata(&path).ok().filter(|meta| meta.is_file() && meta.len() <= MAX_TEXT)?;
        Some(String::from_utf8_lossy(&fs::read(path).ok()?).into_owned())
    }

    /// The text of a page of any length.
    pub(super) fn page(&self, path: &str) -> anyhow::Result<String> {
        let place = self.place(path).with_context(|| format!("{path} is not there any more"))?;
        let bytes = fs::read(&place).with_context(|| format!("could not read {}", place.display()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Paths of all files in `folder` and below it, relative to the root.
    pub(super) fn walk(&self, folder: &str) -> anyhow::Result<Vec<String>> {
        let mut files = Vec::new();
        self.walk_into(folder, &mut Vec::new(), &mut files)?;
        Ok(files)
    }

    /// `above` are the folders around this one, behind all links: one that leads back up is left out.
    fn walk_into(&self, folder: &str, above: &mut Vec<PathBuf>, files: &mut Vec<String>) -> anyhow::Result<()> {
        let Some(place) = self.place(folder).filter(|place| above.len() < MAX_DEPTH && !above.contains(place)) else {
            return Ok(());
        };
        above.push(place);
        let list = self.root.join(folder);
        let list = fs::read_dir(&list).with_context(|| format!("could not read {}", list.display()))?;
        for entry in list {
            let name = entry.with_context(|| format!("could not read {folder}"))?.file_name();
            let Some(path) = name.to_str().and_then(|name| join(folder, name)) else { continue };
            let Some(place) = self.place(&path) else { continue };
            if place.is_dir() {
                self.walk_into(&path, above, files)?;
            } else if files.len() >= MAX_FILES {
                bail!("{} holds more than {MAX_FILES} files", self.root.display());
            } else {
                files.push(path);
            }
        }
        above.pop();
        Ok(())
    }
}

impl Files for Disk {
    fn text(&self, path: &str) -> Option<String> {
        self.named_text(path)
    }

    fn below(&self, folder: &str) -> Vec<String> {
        self.walk(folder).unwrap_or_default()
    }

    fn folders(&self, folder: &str) -> BTreeSet<String> {
        let Some(place) = self.place(folder) else { return BTreeSet::new() };
        let entries = fs::read_dir(place).into_iter().flatten().flatten();
        let names =
            entries.filter(|entry| entry.path().is_dir()).filter_map(|entry| entry.file_name().into_string().ok());
        names.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_is_read() {
        let outside = tempfile::tempdir().expect("a folder can be made");
        fs::write(outside.path().join("x.md"), "x").expect("a file can be written");
        let folder = tempfile::tempdir().expect("a folder can be made");
        let root = folder.path().canonicalize().expect("it is there");
        fs::create_dir_all(root.join("a/b")).expect("a folder can be made");
        fs::write(root.join("a/b/c.md"), "c").expect("a file can be written");
        fs::write(root.join("long.txt"), vec![b'a'; MAX_TEXT as usize + 1]).expect("a file can be written");
        #[cfg(unix)]
        for (target, link) in [(outside.path(), "a/out"), (&root.join("a/b"), "in"), (&root, "a/b/loop")] {
            std::os::unix::fs::symlink(target, root.join(link)).expect("a link can be made");
        }
        let disk = Disk::new(root);
        assert_eq!(disk.text("a/./b/../b/c.md").as_deref(), Some("c"));
        for path in ["../x.md", "/etc/hostname", "a/out/x.md", "long.txt", "a", "gone.md"] {
            assert_eq!(disk.text(path), None, "{path}");
        }
        assert_eq!(disk.folders("gone"), BTreeSet::new());
        assert!(disk.folders("").contains("a"));
        let files = disk.walk("a").expect("it can be read");
        assert!(files.contains(&"a/b/c.md".to_owned()), "{files:?}");
        assert!(!files.iter().any(|path| path.contains("out")), "{files:?}");
        assert_eq!(disk.walk("gone").expect("nothing is read"), Vec::<String>::new());
    }
}
