//! Why a folder could not be read at all.

use std::{
    io,
    path::{Path, PathBuf},
};

/// Why a folder could not be read at all. Trouble with single files is a finding instead.
#[derive(Debug, thiserror::Error)]
pub enum ReadFolderError {
    /// It is not there: moved, deleted, or on a disk that is not connected.
    #[error("could not find the folder {}", path.display())]
    Missing {
        /// The folder.
        path: PathBuf,
    },
    /// It is a file or something else.
    #[error("could not open {}, because it is no folder", path.display())]
    NotAFolder {
        /// The path.
        path: PathBuf,
    },
    /// This account may not list it.
    #[error("could not open the folder {}, because this account may not read it", path.display())]
    NoPermission {
        /// The folder.
        path: PathBuf,
    },
    /// The file system failed otherwise.
    #[error("could not read the folder {}", path.display())]
    Read {
        /// The folder.
        path: PathBuf,
        /// The file system's answer.
        #[source]
        source: io::Error,
    },
}

impl ReadFolderError {
    /// Names what the file system answered about the folder itself.
    pub(super) fn of(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::Missing { path },
            io::ErrorKind::NotADirectory => Self::NotAFolder { path },
            io::ErrorKind::PermissionDenied => Self::NoPermission { path },
            _ => Self::Read { path, source },
        }
    }
}
