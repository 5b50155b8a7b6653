//! What cannot be done with an index.

use std::{io, path::PathBuf};

use tantivy::TantivyError;

/// The index could not be written; what was there before still stands.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A folder or a small file of the index could not be written.
    #[error("could not write the search index at {}", path.display())]
    Folder {
        /// What could not be written.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// A fresh index could not be set up, or the index is being written by somebody else.
    #[error("could not begin to write the search index")]
    Begin(#[source] TantivyError),
    /// A document could not be added.
    #[error("could not add {key} to the search index")]
    Add {
        /// The document.
        key: String,
        /// What tantivy says.
        #[source]
        source: TantivyError,
    },
    /// The changes could not be made to last.
    #[error("could not finish writing the search index")]
    Commit(#[source] TantivyError),
}

/// The index could not be read, although it was in order when it was opened: rebuild it.
#[derive(Debug, thiserror::Error)]
#[error("could not read the search index; it is best rebuilt")]
pub struct SearchError(#[from] TantivyError);

impl From<io::Error> for SearchError {
    fn from(error: io::Error) -> Self {
        Self(error.into())
    }
}
