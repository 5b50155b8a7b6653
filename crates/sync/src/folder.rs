//! A folder as a source: everything in it that may be content, read once, within limits.
//!
//! Reading blocks; call it where blocking is allowed. The folder is not trusted: links do not lead
//! out of it, no file is too large, and whatever cannot be read becomes a finding.

mod catalog;
mod error;
mod kind;
mod limits;
mod named;
mod problem;
mod read;
mod sites;
mod text;
mod walk;

use std::{path::PathBuf, time::SystemTime};

use waymark_core::diagnostic::Diagnostic;

pub use error::ReadFolderError;
pub use kind::FileKind;
pub use limits::Limits;
pub use named::named_text;
pub use read::read;
pub(crate) use read::snapshot_of;
pub use sites::{FoundSite, sites};

/// How far reading is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files read so far.
    pub files: u32,
    /// Files to read; 0 while they are still being counted.
    pub total: u32,
    /// Bytes read so far.
    pub bytes: u64,
    /// Path of the file that was read last, relative to the folder.
    pub current: String,
}

/// A folder's content at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderSnapshot {
    /// The folder, without links.
    pub root: PathBuf,
    /// What was read, by path.
    pub files: Vec<File>,
    /// What was left out or changed on the way, by path (codes `F001` to `F011`).
    pub problems: Vec<Diagnostic>,
    /// BLAKE3 over all paths and contents, hex: equal where nothing changed.
    pub revision: String,
}

/// A file of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Relative to the folder, with `/` between segments; never leaves it.
    pub path: String,
    /// What it is.
    pub kind: FileKind,
    /// Its content. Markdown, YAML and TOML are UTF-8 without byte order mark.
    pub bytes: Vec<u8>,
    /// BLAKE3 of `bytes`, hex.
    pub hash: String,
    /// When it was last changed, where the file system says.
    pub modified: Option<SystemTime>,
}

impl File {
    /// The content of a text file; `None` for images and other files that are no UTF-8.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }
}
