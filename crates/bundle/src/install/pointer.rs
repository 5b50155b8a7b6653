//! The file that says which version of a bundle holds.

use super::{InstallError, disk::Disk};
use crate::version::Version;

/// Bytes of a pointer; a larger file is none of ours.
const MOST: u64 = 4096;

/// Where the pointer to a version lies.
pub(super) fn file_name(version: &Version) -> String {
    format!("{}.json", version.name)
}

/// The pointer's content.
pub(super) fn to_text(version: &Version) -> Vec<u8> {
    // Texts and numbers always become JSON.
    serde_json::to_vec_pretty(version).unwrap_or_default()
}

/// All pointers of a folder. A damaged one is an error: to take it for none would forget a publisher.
pub(super) fn all(disk: &Disk) -> Result<Vec<Version>, InstallError> {
    let mut pointers = Vec::new();
    for name in disk.names()?.iter().filter(|name| name.ends_with(".json")) {
        let failed = |source| InstallError::Disk { attempt: "read which version is installed", source };
        let bytes = disk.read(name, MOST).map_err(failed)?;
        pointers.push(serde_json::from_slice(&bytes).map_err(|error| failed(error.into()))?);
    }
    Ok(pointers)
}
