//! Writing a bundle: the same files and the same words give the same bytes, whatever the day and the
//! machine.

mod writer;

use std::{collections::BTreeMap, io};

use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use crate::{
    INDEX_FILE, SIGNATURE_FILE,
    archive::Format,
    bundle::{Bundle, Policy},
    index::{FileDigest, Index, check_name, hex},
    key::PrivateKey,
    limits::Limits,
    name::check_file_name,
    rule::Refusal,
    signature,
};
use writer::Writer;

/// What a new bundle says of itself.
#[derive(Clone, Debug)]
pub struct About {
    /// Lower-case letters, digits, dots and dashes.
    pub name: String,
    /// For people.
    pub version: String,
    /// Above that of the version before.
    pub sequence: u64,
    /// The day after which readers are told that there should be a newer one.
    pub expires: Option<Date>,
}

/// The keys for a new bundle.
pub struct Signing<'a> {
    /// Signs.
    pub key: &'a PrivateKey,
    /// Keys of earlier versions; each speaks for the one that signs, so that readers who trust them
    /// trust it.
    pub older: &'a [PrivateKey],
}

/// Why no bundle was made.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// A file.
    #[error("could not read {path}")]
    Read {
        /// Which.
        path: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A file was not the same when it was read again.
    #[error("{path} changed while the bundle was written; try again")]
    Changed {
        /// Which.
        path: String,
    },
    /// Compression.
    #[error("could not write the archive")]
    Write(#[source] io::Error),
    /// What came out, or would come out, is no bundle that any reader accepts.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// Makes a bundle of `paths`, which are relative with `/` between segments. `read` gives a file's content;
/// it is called twice for each, so that one file is in memory at a time.
///
/// # Errors
/// Where a file cannot be read or a rule would be broken; then the rule is named.
pub fn pack(
    paths: &[String],
    mut read: impl FnMut(&str) -> io::Result<Vec<u8>>,
    about: &About,
    format: Format,
    signing: Option<&Signing<'_>>,
) -> Result<Vec<u8>, PackError> {
    check_name(&about.name)?;
    let mut content = |path: &str| read(path).map_err(|source| PackError::Read { path: path.to_owned(), source });
    let mut files = BTreeMap::new();
    for path in paths {
        check_file_name(path)?;
        files.insert(path.clone(), digest_of(&content(path)?));
    }
    let index = Index {
        name: about.name.clone(),
        version: about.version.clone(),
        sequence: Some(about.sequence),
        publisher: signing.map(|signing| signing.key.public().id()),
        expires: about.expires,
        files: Some(files),
    };
    let text = index.canonical();
    let mut writer = Writer::new(format).map_err(PackError::Write)?;
    writer.add(INDEX_FILE, &text).map_err(PackError::Write)?;
    if let Some(signing) = signing {
        let signature = signature::sign(&text, signing.key, signing.older);
        writer.add(SIGNATURE_FILE, &signature).map_err(PackError::Write)?;
    }
    for (path, digest) in index.files.iter().flatten() {
        let bytes = content(path)?;
        if digest_of(&bytes) != *digest {
            return Err(PackError::Changed { path: path.clone() });
        }
        writer.add(path, &bytes).map_err(PackError::Write)?;
    }
    let archive = writer.finish().map_err(PackError::Write)?;
    // What no reader would take is not handed out.
    let policy = Policy { allow_unsigned: signing.is_none(), trusted: &[], limits: Limits::default() };
    Bundle::open(archive.clone(), format, &policy)?;
    Ok(archive)
}

fn digest_of(bytes: &[u8]) -> FileDigest {
    FileDigest { size: bytes.len() as u64, sha256: hex(&Sha256::digest(bytes)) }
}
