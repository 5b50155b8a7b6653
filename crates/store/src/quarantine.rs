//! Putting a damaged library aside.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use crate::Trouble;

/// A damaged library could not be put aside. What was already renamed stays renamed.
#[derive(Debug, thiserror::Error)]
#[error("could not put the damaged library {} aside as {}", from.display(), to.display())]
pub struct QuarantineError {
    from: PathBuf,
    to: PathBuf,
    #[source]
    source: io::Error,
}

impl QuarantineError {
    /// What the failure means.
    pub fn trouble(&self) -> Trouble {
        Trouble::of_io(&self.source)
    }
}

/// Renames the library at `path` with its log, and returns its new path. Nothing is deleted, so the
/// file can still be given to somebody who can mend it.
///
/// # Errors
/// Where the folder cannot be written.
pub fn quarantine(path: &Path) -> Result<PathBuf, QuarantineError> {
    let aside = (1_u32..)
        .map(|n| with_suffix(path, &format!(".damaged-{n}")))
        .find(|aside| ["", "-wal", "-shm"].iter().all(|part| !with_suffix(aside, part).exists()))
        .expect("a folder holds fewer than four thousand million files");
    // The log goes first: a library without its log is still there for a second attempt, while a log
    // without its library would be deleted by the next open.
    for part in ["-shm", "-wal", ""] {
        let (from, to) = (with_suffix(path, part), with_suffix(&aside, part));
        match fs::rename(&from, &to) {
            Err(source) if source.kind() == io::ErrorKind::NotFound && !part.is_empty() => {}
            Err(source) => return Err(QuarantineError { from, to, source }),
            Ok(()) => {}
        }
    }
    Ok(aside)
}

pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path.as_os_str());
    name.push(suffix);
    PathBuf::from(name)
}
