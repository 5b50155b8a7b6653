//! The file that says which version of a bundle holds.

use serde::{Deserialize, Serialize};

use super::{InstallError, disk::Disk};
use crate::{bundle::Bundle, key::PublicKey};

/// Bytes of a pointer; a larger file is none of ours.
const MOST: u64 = 4096;

/// Which version of a bundle holds. Folders in the field have these files: members are only added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pointer {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) sequence: Option<u64>,
    pub(super) digest: String,
    /// The publisher's key as text; later versions must be signed by it or in its name.
    pub(super) key: Option<String>,
}

impl Pointer {
    /// The pointer to this bundle.
    pub(super) fn of(bundle: &Bundle) -> Self {
        let index = bundle.index();
        Self {
            name: index.name.clone(),
            version: index.version.clone(),
            sequence: index.sequence,
            digest: bundle.digest(),
            key: bundle.signer().map(|signer| signer.key.to_text()),
        }
    }

    pub(super) fn file_name(&self) -> String {
        format!("{}.json", self.name)
    }

    pub(super) fn to_text(&self) -> Vec<u8> {
        // Texts and numbers always become JSON.
        serde_json::to_vec_pretty(self).unwrap_or_default()
    }

    pub(super) fn publisher(&self) -> Option<PublicKey> {
        self.key.as_deref().and_then(|key| PublicKey::parse(key).ok())
    }
}

/// All pointers of a folder. A damaged one is an error: to take it for none would forget a publisher.
pub(super) fn all(disk: &Disk) -> Result<Vec<Pointer>, InstallError> {
    let mut pointers = Vec::new();
    for name in disk.names()?.iter().filter(|name| name.ends_with(".json")) {
        let attempt = "read which version is installed";
        let bytes = disk.read(name, MOST).map_err(|source| InstallError::Disk { attempt, source })?;
        let pointer: Pointer = serde_json::from_slice(&bytes)
            .map_err(|error| InstallError::Disk { attempt, source: std::io::Error::other(error) })?;
        pointers.push(pointer);
    }
    Ok(pointers)
}
