//! What is kept of the last reading of folders, so that the next one costs only what changed.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use waymark_docs::SiteMemory;

/// Bytes of Markdown that are remembered, all folders together; twice as much memory is held.
const MAX_REMEMBERED: usize = 16 * 1024 * 1024;

/// The sites of one folder as they were read last, by the folder of their pages.
#[derive(Debug, Default)]
pub(crate) struct FolderMemory(BTreeMap<String, SiteMemory>);

impl FolderMemory {
    /// What is remembered of the site whose pages lie in `folder`.
    pub(super) fn site(&mut self, folder: &str) -> &mut SiteMemory {
        self.0.entry(folder.to_owned()).or_default()
    }

    fn bytes(&self) -> usize {
        self.0.values().map(SiteMemory::bytes).sum()
    }
}

/// The folders that were read last, the latest at the end.
#[derive(Debug, Default)]
pub(crate) struct Memories(Mutex<Vec<(PathBuf, FolderMemory)>>);

impl Memories {
    /// Takes out what is remembered of a folder: whoever reads it at the same time begins anew.
    pub(super) fn take(&self, folder: &Path) -> FolderMemory {
        let mut list = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = list.iter().position(|(path, _)| path == folder);
        place.map(|place| list.remove(place).1).unwrap_or_default()
    }

    /// Remembers a folder, and forgets those that were read longest ago where all are too large.
    pub(super) fn keep(&self, folder: PathBuf, memory: FolderMemory) {
        let mut list = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        list.retain(|(path, _)| *path != folder);
        list.push((folder, memory));
        let mut left = MAX_REMEMBERED;
        let mut fits = |memory: &FolderMemory| {
            let rest = left.checked_sub(memory.bytes());
            left = rest.unwrap_or_default();
            rest.is_some()
        };
        let kept = list.iter().rev().take_while(|(_, memory)| fits(memory)).count();
        let gone = list.len() - kept;
        list.drain(..gone);
    }
}

#[cfg(test)]
mod tests {
    use waymark_docs::SiteTree;

    use super::*;

    fn memory(bytes: usize) -> FolderMemory {
        let mut memory = FolderMemory::default();
        let pages = [("a.md".to_owned(), "a\n".repeat(bytes / 2))].into();
        waymark_docs::load_again(&SiteTree { pages, ..SiteTree::default() }, None, memory.site("docs"));
        memory
    }

    #[test]
    fn the_latest_folders_are_remembered_as_long_as_there_is_room() {
        let memories = Memories::default();
        for (path, mib) in [("a", 6), ("b", 6), ("c", 6)] {
            memories.keep(path.into(), memory(mib << 20));
        }
        assert_eq!(memories.take(Path::new("a")).bytes(), 0);
        assert_eq!(memories.take(Path::new("b")).bytes(), 6 << 20);
        memories.keep("d".into(), memory(17 << 20));
        assert_eq!(memories.take(Path::new("c")).bytes(), 0);
        assert_eq!(memories.take(Path::new("d")).bytes(), 0);
    }
}
