//! The full-text index over page sections, steps and roadmap items.
//!
//! [`Index::open`] opens what lies in a folder, or says that it must be rebuilt; [`Index::rebuild`]
//! fills a fresh folder and puts it in the old one's place; [`Index::writer`] brings single documents
//! up to date. [`Query::parse`] reads what a person types and [`Index::search`] answers it.
//!
//! **Invariants.** Nothing here is the only copy of anything: the index can be deleted at any moment
//! and filled again. No query is an error. All of it blocks, and belongs on a thread that may wait.
//!
//! **Does not know** who wrote a section, how it is rendered, where it is kept, or that there is SQL.

mod document;
mod error;
mod expand;
mod fields;
mod filler;
mod fold;
mod folder;
mod hit;
mod index;
mod language;
mod mark;
mod query;
mod scope;
mod search;
mod snippet;
mod suggest;
mod token;
mod writer;

pub use document::{Document, Kind, Section};
pub use error::{SearchError, WriteError};
pub use folder::{Opening, Why};
pub use hit::{Found, Hit};
pub use index::Index;
pub use mark::{Marked, Marker};
pub use query::Query;
pub use writer::{Rebuild, Writer};

#[cfg(test)]
mod tests;
