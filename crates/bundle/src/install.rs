//! Installing a bundle into a folder: all of it or nothing, also when the power fails.
//!
//! `<folder>/<digest>/` holds a version's files, `<folder>/<name>.json` points to the one that holds.
//! Files are written below a temporary folder that only this account may enter, relative to an open
//! directory, never through a link and never over something; then one rename gives them their place
//! and another flips the pointer.

mod disk;
mod pointer;

use std::{io, path::Path};

use crate::{
    INDEX_FILE,
    bundle::Bundle,
    key::{KeyId, PublicKey},
    rule::Refusal,
    version::{Outcome, Version},
};
use disk::Disk;

/// Why a bundle was not installed. What was installed before still holds.
#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    /// The disk.
    #[error("could not {attempt}")]
    Disk {
        /// What was tried.
        attempt: &'static str,
        /// Why it failed.
        #[source]
        source: io::Error,
    },
    /// Another process is at work in the folder.
    #[error("another installation is at work in this folder; try again when it is done")]
    Busy,
    /// A rule, of trust above all.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// A bundle in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    /// The bundle's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The folder's name: the digest of the content.
    pub digest: String,
    /// Who signed it.
    pub publisher: Option<KeyId>,
    /// Whether it was there before.
    pub outcome: Outcome,
}

/// Installs a bundle. `trusted` are keys that the person or the team named; without one, the publisher
/// of the first version is trusted for all that follow.
///
/// # Errors
/// Where a rule of trust is broken (`T1` unsigned after signed, `T2` another publisher, `T3` an older
/// sequence) or the disk fails.
pub fn install(bundle: &Bundle, folder: &Path, trusted: &[PublicKey]) -> Result<Installed, InstallError> {
    let disk = Disk::open(folder)?;
    let pointers = pointer::all(&disk)?;
    disk.sweep(&pointers)?;
    let index = bundle.index();
    let new = Version::of(bundle);
    let current = pointers.into_iter().find(|version| version.name == index.name);
    let outcome = Version::judge(current.as_ref(), bundle, trusted)?;
    if outcome != Outcome::Same {
        let mut place = disk.begin()?;
        place.write(INDEX_FILE, &index.canonical())?;
        bundle.for_each(|path, bytes| place.write(path, &bytes))?;
        place.settle(&new.digest)?;
        disk.replace(&pointer::file_name(&new), &pointer::to_text(&new))?;
    }
    let publisher = bundle.signer().map(|signer| signer.id());
    Ok(Installed { name: new.name, version: new.version, digest: new.digest, publisher, outcome })
}
