//! One door to an index in a temporary folder.

mod damage;
mod finding;
mod languages;
mod properties;
mod upkeep;

use tempfile::TempDir;

use crate::{Document, Found, Hit, Index, Kind, Marked, Opening, Query, Section};

/// An index that is gone with its folder.
pub(super) struct Shelf {
    pub(super) folder: TempDir,
    pub(super) index: Index,
}

impl Shelf {
    pub(super) fn of(documents: &[Document]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let index = fill(folder.path(), documents);
        Self { folder, index }
    }

    pub(super) fn find(&self, query: &str) -> Found {
        self.index.search(&Query::parse(query), 20).expect("the index can be read")
    }

    /// The hits as `key#anchor`.
    pub(super) fn hits(&self, query: &str) -> Vec<String> {
        self.find(query).hits.iter().map(place).collect()
    }

    pub(super) fn meant(&self, query: &str) -> Option<String> {
        self.index.did_you_mean(&Query::parse(query)).expect("the index can be read")
    }

    /// Closes the index and opens its folder again.
    pub(super) fn reopened(self) -> (TempDir, Opening) {
        let Self { folder, index } = self;
        drop(index);
        let opening = Index::open(folder.path());
        (folder, opening)
    }
}

pub(super) fn fill(folder: &std::path::Path, documents: &[Document]) -> Index {
    let mut rebuild = Index::rebuild(folder).expect("the folder can be written");
    for document in documents {
        rebuild.add(document).expect("a document can be added");
    }
    rebuild.finish().expect("the index can be finished")
}

pub(super) fn place(hit: &Hit) -> String {
    match &hit.anchor {
        Some(anchor) => format!("{}#{anchor}", hit.key),
        None => hit.key.clone(),
    }
}

pub(super) fn page(key: &str, title: &str, body: &str) -> Document {
    Document {
        key: key.to_owned(),
        kind: Kind::Page,
        source: "handbook".to_owned(),
        title: title.to_owned(),
        sections: vec![Section { body: body.to_owned(), ..Section::default() }],
        stamp: 1,
    }
}

/// A section under one heading.
pub(super) fn section(heading: &str, anchor: &str, body: &str) -> Section {
    Section {
        headings: vec![heading.to_owned()],
        anchor: Some(anchor.to_owned()),
        body: body.to_owned(),
        code: String::new(),
    }
}

/// A text with its marks in brackets.
pub(super) fn shown(marked: &Marked) -> String {
    marked.iter().map(|(text, marked)| if *marked { format!("[{text}]") } else { text.clone() }).collect()
}
