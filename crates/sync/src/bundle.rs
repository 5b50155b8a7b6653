//! Bundles as a source: the same files as those of a folder, out of one file that was carried here or that the
//! team's server gave.
//!
//! Reading blocks; call it where blocking is allowed. A bundle is judged as a whole before any of it is used
//! (`waymark-bundle`), so a broken rule gives an error and no part of the content.

use std::{
    io,
    path::{Path, PathBuf},
};

use waymark_bundle::{Bundle, Format, KeyId, Limits as ArchiveLimits, Policy, ReadBundleError, Rule};
pub use waymark_bundle::{Refusal, Version};

use crate::folder::{FolderSnapshot, Limits, Progress, snapshot_of};

/// Why a bundle is not used.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// It is not there: moved, deleted, or on a stick that is not connected.
    #[error("could not find the bundle {}", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// It breaks a rule, or the disk failed.
    #[error("{}", opening(origin, source))]
    Open {
        /// The file, or the name under which the server lists it.
        origin: PathBuf,
        /// The rule, or the disk's answer.
        #[source]
        source: ReadBundleError,
    },
    /// It may not follow the version that was taken in before.
    #[error("the file {} {}", name(origin), following(source.rule))]
    Follow {
        /// The file, or the name under which the server lists it.
        origin: PathBuf,
        /// The rule of trust.
        #[source]
        source: Refusal,
    },
    /// It is not what the server's list promised.
    #[error("the server sent another bundle than its list names")]
    OtherDigest,
}

/// What failed, as whoever carried the file here understands it; the rule with its figures follows as the cause.
fn opening(origin: &Path, source: &ReadBundleError) -> String {
    let ReadBundleError::Refused(refusal) = source else {
        return format!("could not open the bundle {}", origin.display());
    };
    let meaning = match refusal.rule {
        Rule::S1 | Rule::S2 | Rule::S3 | Rule::S4 => "is damaged or was not copied whole, so copy it again",
        Rule::I1 => "is no bundle, or was changed after it was made",
        Rule::T1 | Rule::T2 | Rule::T3 => "has no signature that is trusted here, or was changed after it was signed",
        Rule::L1 => "holds more than a bundle may hold",
        Rule::N1
        | Rule::N2
        | Rule::N3
        | Rule::N4
        | Rule::N5
        | Rule::N6
        | Rule::N7
        | Rule::N8
        | Rule::N9
        | Rule::N10
        | Rule::N11
        | Rule::E1
        | Rule::E3
        | Rule::E4 => "holds what no bundle may hold",
    };
    format!("the file {} {meaning}", name(origin))
}

/// Why it may not follow.
fn following(rule: Rule) -> &'static str {
    match rule {
        Rule::T1 => "is signed by nobody, and the version here is signed",
        Rule::T2 => "comes from another publisher than the version here",
        Rule::T3 => "is older than the version here",
        _ => "may not take the place of the version here",
    }
}

fn name(origin: &Path) -> std::borrow::Cow<'_, str> {
    origin.file_name().unwrap_or(origin.as_os_str()).to_string_lossy()
}

/// A bundle that keeps all rules of its own; [`OpenBundle::files`] asks whether it may follow what is here.
pub struct OpenBundle {
    origin: PathBuf,
    bundle: Bundle,
}

impl OpenBundle {
    /// Judges a bundle file. One without signature is let in, as a folder is: it has no [`publisher`], and the
    /// person is asked about that.
    ///
    /// [`publisher`]: OpenBundle::publisher
    ///
    /// # Errors
    /// Where the file cannot be read or a rule is broken.
    pub fn of_file(path: &Path) -> Result<Self, BundleError> {
        let policy = Policy { allow_unsigned: true, trusted: &[], limits: ArchiveLimits::default() };
        let bundle = Bundle::read_file(path, &policy).map_err(|source| match source {
            ReadBundleError::Read(error) if error.kind() == io::ErrorKind::NotFound => {
                BundleError::Missing { path: path.to_owned() }
            }
            source => BundleError::Open { origin: path.to_owned(), source },
        })?;
        Ok(Self { origin: path.to_owned(), bundle })
    }

    /// Judges an archive that the team's server gave as `name`, whose SHA-256 should be `digest`, hex. It must
    /// be signed; the first publisher is taken on the server's word, which the person trusted by joining.
    ///
    /// # Errors
    /// Where it is not that archive or a rule is broken.
    pub fn of_bytes(bytes: Vec<u8>, name: &str, digest: &str) -> Result<Self, BundleError> {
        use sha2::Digest as _;
        let found: String = sha2::Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        if !found.eq_ignore_ascii_case(digest) {
            return Err(BundleError::OtherDigest);
        }
        let origin = PathBuf::from(name);
        let policy = Policy { allow_unsigned: false, trusted: &[], limits: ArchiveLimits::default() };
        let opened = Format::of_bytes(&bytes)
            .ok_or(ReadBundleError::UnknownFormat)
            .and_then(|format| Ok(Bundle::open(bytes, format, &policy)?));
        match opened {
            Ok(bundle) => Ok(Self { origin, bundle }),
            Err(source) => Err(BundleError::Open { origin, source }),
        }
    }

    /// Which version it is; remembered by whoever takes it in.
    pub fn version(&self) -> Version {
        Version::of(&self.bundle)
    }

    /// The fingerprint of the key that signed it; `None` where nobody did.
    pub fn publisher(&self) -> Option<KeyId> {
        self.bundle.signer().map(|signer| signer.id())
    }

    /// Its files as a folder would give them, where it may follow `known`, the version that was taken in
    /// before: it must be that publisher's, and not older.
    ///
    /// # Errors
    /// Where it may not follow; then nothing of it is used.
    pub fn files(
        &self,
        known: Option<&Version>,
        limits: &Limits,
        progress: &mut dyn FnMut(&Progress),
    ) -> Result<FolderSnapshot, BundleError> {
        Version::judge(known, &self.bundle, &[])
            .map_err(|source| BundleError::Follow { origin: self.origin.clone(), source })?;
        let mut files = Vec::new();
        self.bundle
            .for_each::<Refusal>(|path, bytes| {
                files.push((path.to_owned(), bytes));
                Ok(())
            })
            .map_err(|source| BundleError::Open { origin: self.origin.clone(), source: source.into() })?;
        Ok(snapshot_of(&self.origin, files, limits, progress))
    }
}

/// Whether a path is that of a bundle, by its name, and no folder.
pub fn is_bundle(path: impl AsRef<Path>) -> bool {
    let path = path.as_ref();
    let by_name = path.file_name().and_then(|name| Format::of_name(&name.to_string_lossy()));
    by_name.is_some() && !path.is_dir()
}
