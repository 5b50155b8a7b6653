//! The open index.

use std::{collections::BTreeMap, fmt, path::Path, sync::Arc};

use tantivy::{
    DocSet, IndexReader, ReloadPolicy, Searcher, TERMINATED, TantivyError, directory::error::OpenReadError,
    postings::Postings as _, schema::IndexRecordOption,
};

use crate::{
    Opening, Rebuild, SearchError, Why, WriteError, Writer,
    fields::{Fields, schema},
    folder,
};

/// An open index. Cheap to clone; all clones see what is committed through any of them.
#[derive(Clone)]
pub struct Index {
    shared: Arc<Shared>,
}

struct Shared {
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index").field("rows", &self.searcher().num_docs()).finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index in the folder `root` and checks every byte of it.
    pub fn open(root: &Path) -> Opening {
        match folder::current(root).and_then(|generation| Self::open_generation(&generation)) {
            Ok(index) => Opening::Ready(index),
            Err(why) => Opening::Rebuild(why),
        }
    }

    fn open_generation(folder: &Path) -> Result<Self, Why> {
        let index = tantivy::Index::open_in_dir(folder).map_err(|error| why(&error))?;
        let (schema, fields) = schema();
        if index.schema() != schema {
            return Err(Why::OtherVersion);
        }
        // What has another checksum than it was written with would be read as if it were right.
        let damaged = index.validate_checksum().map_err(|error| why(&error))?;
        if !damaged.is_empty() {
            return Err(Why::Damaged);
        }
        let opened = Self::from_tantivy(index, fields).map_err(|error| why(&error))?;
        // The list of files has no checksum of its own; its counts must agree with the files.
        opened.stamps().map_err(|_| Why::Damaged)?;
        Ok(opened)
    }

    /// Begins to fill a fresh index for the folder `root`. The old one, if any, is read until
    /// [`Rebuild::finish`].
    ///
    /// # Errors
    ///
    /// Where the folder cannot be written.
    pub fn rebuild(root: &Path) -> Result<Rebuild, WriteError> {
        Rebuild::begin(root)
    }

    /// Begins a change of single documents. There may be one at a time.
    ///
    /// # Errors
    ///
    /// Where somebody else is writing, or the folder cannot be written.
    pub fn writer(&self) -> Result<Writer, WriteError> {
        Writer::begin(self)
    }

    /// The key and the stamp of every document: what must be brought up to date is what differs.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn stamps(&self) -> Result<BTreeMap<String, u64>, SearchError> {
        let mut stamps = BTreeMap::new();
        for segment in self.searcher().segment_readers() {
            let column = segment.fast_fields().u64("stamp")?;
            let keys = segment.inverted_index(self.shared.fields.key)?;
            let mut terms = keys.terms().stream()?;
            while terms.advance() {
                let info = terms.value().clone();
                let mut postings = keys.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
                let _ = postings.term_freq();
                while postings.doc() != TERMINATED {
                    if !segment.is_deleted(postings.doc()) {
                        let key = String::from_utf8_lossy(terms.key()).into_owned();
                        stamps.insert(key, column.first(postings.doc()).unwrap_or_default());
                        break;
                    }
                    postings.advance();
                }
            }
        }
        Ok(stamps)
    }

    /// How many sections are in it.
    pub fn len(&self) -> u64 {
        self.searcher().num_docs()
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn from_tantivy(index: tantivy::Index, fields: Fields) -> Result<Self, TantivyError> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { shared: Arc::new(Shared { index, reader, fields }) })
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.shared.reader.searcher()
    }

    pub(crate) fn reload(&self) -> Result<(), TantivyError> {
        self.shared.reader.reload()
    }

    pub(crate) fn tantivy(&self) -> &tantivy::Index {
        &self.shared.index
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.shared.fields
    }
}

fn why(error: &TantivyError) -> Why {
    match error {
        TantivyError::IncompatibleIndex(_) | TantivyError::OpenReadError(OpenReadError::IncompatibleIndex(_)) => {
            Why::OtherVersion
        }
        _ => Why::Damaged,
    }
}
