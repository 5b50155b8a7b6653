//! What was found out about the pages of a site, kept so that the next reading of it costs only what changed.
//!
//! Nothing is derived from what changed: a reading with a memory goes the same way as one without, and asks
//! for each page whether the same text was read in the same surroundings before. So both say the same.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use crate::{
    blocks::Surroundings,
    config::Dialect,
    figures::NotDrawn,
    frontmatter,
    page::{self, Read, marks::nonce_of},
};

/// The pages of one site as they were read last. It takes about twice the memory of their sources.
#[derive(Debug, Default)]
pub struct SiteMemory {
    dialect: Dialect,
    /// Texts that snippets bring in and that say the order of folders.
    files: Option<blake3::Hash>,
    /// By the nonce of a page, which is a hash of its path and its source.
    pages: HashMap<String, Arc<PageRead>>,
    bytes: usize,
}

/// All that is found out about one page without the pages around it.
#[derive(Clone, Debug)]
pub(super) struct PageRead {
    /// Without the body, where that was read.
    pub(super) source: frontmatter::Source,
    pub(super) read: Read,
    /// Figures that cannot be drawn.
    pub(super) not_drawn: Vec<NotDrawn>,
}

impl PageRead {
    fn of(path: &str, source: &str, nonce: &str, around: Surroundings<'_>) -> Self {
        let mut source = frontmatter::split(source);
        let read = page::read(path, &source, nonce, around);
        if read.scan.is_some() {
            source.body = String::new();
        }
        let not_drawn = page::not_drawn(&read);
        Self { source, read, not_drawn }
    }
}

/// Reads those of `pages` that are not remembered, and remembers them and no others.
pub(super) fn read_pages<'t>(
    pages: impl Iterator<Item = (&'t String, &'t String)>,
    around: Surroundings<'_>,
    memory: Option<&mut SiteMemory>,
) -> BTreeMap<&'t str, Arc<PageRead>> {
    let Some(memory) = memory else {
        let page = |(path, source): (&'t String, &'t String)| {
            (path.as_str(), Arc::new(PageRead::of(path, source, &nonce_of(path, source), around)))
        };
        return pages.map(page).collect();
    };
    let mut before = memory.of_surroundings(around);
    let mut list = BTreeMap::new();
    memory.bytes = 0;
    for (path, source) in pages {
        let nonce = nonce_of(path, source);
        memory.bytes += source.len();
        let page = before.remove(&nonce).unwrap_or_else(|| Arc::new(PageRead::of(path, source, &nonce, around)));
        memory.pages.insert(nonce, Arc::clone(&page));
        list.insert(path.as_str(), page);
    }
    list
}

impl SiteMemory {
    /// Bytes of the sources of all pages in it.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Takes out the pages that were read in these surroundings, and is for these from now on.
    fn of_surroundings(&mut self, around: Surroundings<'_>) -> HashMap<String, Arc<PageRead>> {
        let files = around.files.map(hash);
        let pages = std::mem::take(&mut self.pages);
        if self.dialect == *around.dialect && self.files == files {
            return pages;
        }
        self.dialect = around.dialect.clone();
        self.files = files;
        HashMap::new()
    }
}

fn hash(files: &BTreeMap<String, String>) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    for text in files.iter().flat_map(|(path, text)| [path, text]) {
        hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
    }
    hasher.finalize()
}
