//! What the team's authors published: a bundle, judged as a whole before any of it is used
//! (`waymark-bundle`), then the same files as those of a folder.

use std::path::Path;

use waymark_bundle::{Bundle, Format, Policy};
pub use waymark_bundle::{Refusal, Version};

use crate::folder::{FolderSnapshot, Limits, snapshot_of};

/// A bundle that keeps all rules.
#[derive(Clone, Debug)]
pub struct TeamContent {
    /// Its files.
    pub files: FolderSnapshot,
    /// What to remember of it: only its publisher's later versions may follow.
    pub version: Version,
}

/// Why a bundle is not used.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// It is not what the server's list promised.
    #[error("the server sent another bundle than its list names")]
    OtherDigest,
    /// It is no archive that bundles come in.
    #[error("the server sent something that is no bundle")]
    NoBundle,
    /// It breaks a rule.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// Opens a bundle whose archive should have the SHA-256 `digest`, hex. `known` is the version that is here: the
/// new one must be signed by its publisher and must not be older. This blocks; call it where that is allowed.
///
/// # Errors
/// Where it is not that bundle or breaks a rule; then nothing of it is used.
pub fn open(bytes: Vec<u8>, digest: &str, known: Option<&Version>) -> Result<TeamContent, BundleError> {
    use sha2::Digest as _;
    let found: String = sha2::Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if !found.eq_ignore_ascii_case(digest) {
        return Err(BundleError::OtherDigest);
    }
    let format = Format::of_bytes(&bytes).ok_or(BundleError::NoBundle)?;
    // The first publisher is taken on the server's word, which the person trusted by joining.
    let policy = Policy { allow_unsigned: false, trusted: &[], limits: waymark_bundle::Limits::default() };
    let bundle = Bundle::open(bytes, format, &policy)?;
    Version::judge(known, &bundle, &[])?;
    let version = Version::of(&bundle);
    let mut files = Vec::new();
    bundle.for_each::<Refusal>(|path, bytes| {
        files.push((path.to_owned(), bytes));
        Ok(())
    })?;
    let files = snapshot_of(Path::new(&version.name), files, &Limits::default());
    Ok(TeamContent { files, version })
}
