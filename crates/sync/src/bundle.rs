//! A bundle file as a source: the same files as those of a folder, out of one that was carried here.
//!
//! Reading blocks; call it where blocking is allowed. The bundle is judged as a whole before any of it
//! is used (`waymark-bundle`), so a broken rule gives an error and no part of the content.

use std::{
    io,
    path::{Path, PathBuf},
};

use waymark_bundle::{Bundle, Format, KeyId, Policy, ReadBundleError, Refusal};
pub use waymark_bundle::{Outcome, Version};

use crate::folder::{FolderSnapshot, Limits, Progress, snapshot_of};

/// What a bundle is and what lies in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleSnapshot {
    /// Its files as a folder would give them; `root` is the bundle's own path.
    pub content: FolderSnapshot,
    /// Which version it is; remembered by whoever takes it in.
    pub version: Version,
    /// The fingerprint of the key that signed it.
    pub publisher: Option<KeyId>,
    /// How it relates to the version that was known.
    pub outcome: Outcome,
}

/// Why a bundle was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadBundleFileError {
    /// It is not there: moved, deleted, or on a stick that is not connected.
    #[error("could not find the bundle {}", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// It breaks a rule, or the disk failed.
    #[error("could not open the bundle {}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// The rule, or the disk's answer.
        #[source]
        source: ReadBundleError,
    },
    /// It may not follow the version that was taken in before.
    #[error("could not take {} in place of the version before", path.display())]
    Follow {
        /// The file.
        path: PathBuf,
        /// The rule of trust.
        #[source]
        source: Refusal,
    },
}

/// Whether a path is that of a bundle, by its name, and no folder.
pub fn is_bundle(path: &Path) -> bool {
    let by_name = path.file_name().and_then(|name| Format::of_name(&name.to_string_lossy()));
    by_name.is_some() && !path.is_dir()
}

/// Which version a bundle file is, after judging all of it.
///
/// # Errors
/// As [`read`].
pub fn version_of(path: &Path) -> Result<Version, ReadBundleFileError> {
    open(path).map(|bundle| Version::of(&bundle))
}

/// Reads a bundle. `known` is the version that was taken in before from this source: the new one must
/// have its publisher and must not be older. A bundle without signature is let in, as a folder is, and
/// says so by having no publisher.
///
/// # Errors
/// Where the file cannot be read or a rule is broken; then nothing of it is used.
pub fn read(
    path: &Path,
    limits: &Limits,
    known: Option<&Version>,
    progress: &mut dyn FnMut(&Progress),
) -> Result<BundleSnapshot, ReadBundleFileError> {
    let bundle = open(path)?;
    let outcome = Version::judge(known, &bundle, &[])
        .map_err(|source| ReadBundleFileError::Follow { path: path.to_owned(), source })?;
    let mut files = Vec::new();
    bundle
        .for_each::<Refusal>(|path, bytes| {
            files.push((path.to_owned(), bytes));
            Ok(())
        })
        .map_err(|source| ReadBundleFileError::Open { path: path.to_owned(), source: source.into() })?;
    let content = snapshot_of(path, files, limits, progress);
    let publisher = bundle.signer().map(|signer| signer.id());
    Ok(BundleSnapshot { content, version: Version::of(&bundle), publisher, outcome })
}

fn open(path: &Path) -> Result<Bundle, ReadBundleFileError> {
    let policy = Policy { allow_unsigned: true, trusted: &[], limits: waymark_bundle::Limits::default() };
    Bundle::read_file(path, &policy).map_err(|source| match source {
        ReadBundleError::Read(error) if error.kind() == io::ErrorKind::NotFound => {
            ReadBundleFileError::Missing { path: path.to_owned() }
        }
        source => ReadBundleFileError::Open { path: path.to_owned(), source },
    })
}
