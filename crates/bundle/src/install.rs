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
    rule::{Refusal, Rule},
};
use disk::Disk;
use pointer::Pointer;

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

/// What installing came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The first version of this name; its publisher is trusted from now on.
    First,
    /// In place of an older one, which lies there until the next installation.
    Newer,
    /// This very version was there already.
    Same,
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
    let new = Pointer::of(bundle);
    let current = pointers.into_iter().find(|pointer| pointer.name == index.name);
    let outcome = match &current {
        None => Outcome::First,
        Some(current) => judge(bundle, current, &new, trusted)?,
    };
    if outcome != Outcome::Same {
        let mut place = disk.begin()?;
        place.write(INDEX_FILE, &index.canonical())?;
        bundle.for_each(|path, bytes| place.write(path, &bytes))?;
        place.settle(&new.digest)?;
        disk.replace(&new.file_name(), &new.to_text())?;
    }
    let publisher = bundle.signer().map(|signer| signer.id());
    Ok(Installed { name: new.name, version: new.version, digest: new.digest, publisher, outcome })
}

/// Whether `new` may take the place of `current`.
fn judge(bundle: &Bundle, current: &Pointer, new: &Pointer, trusted: &[PublicKey]) -> Result<Outcome, Refusal> {
    let known = current.publisher();
    match (bundle.signer(), &known) {
        (None, Some(_)) => {
            return Err(Refusal::because(Rule::T1, "the installed version is signed and this one is not"));
        }
        (Some(signer), Some(known)) if !signer.is_trusted(&[*known]) && !signer.is_trusted(trusted) => {
            let about = format!("signed by {}, the installed version by {}", signer.id(), known.id());
            return Err(Refusal::because(Rule::T2, about));
        }
        (None | Some(_), None | Some(_)) => {}
    }
    if current.digest == new.digest {
        return Ok(Outcome::Same);
    }
    if current.sequence.is_some() && new.sequence <= current.sequence {
        let number = |sequence: Option<u64>| sequence.map_or_else(|| "none".to_owned(), |number| number.to_string());
        let about = format!("sequence {}, installed is {}", number(new.sequence), number(current.sequence));
        return Err(Refusal::because(Rule::T3, about));
    }
    Ok(Outcome::Newer)
}
