//! Opening a bundle: everything is judged before anything is used.

use std::{collections::BTreeMap, fs, io, io::Read as _, path::Path};

use sha2::{Digest as _, Sha256};

use crate::{
    INDEX_FILE, SIGNATURE_FILE,
    archive::{Entry, Format, Kind, Sink, walk},
    index::{FileDigest, INDEX_BYTES, Index, hex},
    key::PublicKey,
    limits::{Limits, Tally},
    listing,
    rule::{Refusal, Rule, quoted},
    signature::{self, SIGNATURE_BYTES, Signer},
};

/// What is asked of a bundle.
#[derive(Clone, Copy, Debug)]
pub struct Policy<'a> {
    /// Whether a bundle without signature is let in; its index may then be minimal.
    pub allow_unsigned: bool,
    /// The keys that may have signed; where there is none, every key may, and somebody compares its
    /// fingerprint.
    pub trusted: &'a [PublicKey],
    /// How large it may be.
    pub limits: Limits,
}

/// Why a bundle file cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum ReadBundleError {
    /// The disk.
    #[error("could not read the bundle")]
    Read(#[source] io::Error),
    /// Neither name nor first bytes tell a format.
    #[error("a bundle's name ends with .tar.gz, .tar.zst or .zip")]
    UnknownFormat,
    /// The archive.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// A bundle that keeps all rules.
pub struct Bundle {
    bytes: Vec<u8>,
    format: Format,
    limits: Limits,
    index: Index,
    signer: Option<Signer>,
}

impl Bundle {
    /// Reads a bundle file, never more of it than the limits allow, and judges it.
    ///
    /// # Errors
    /// Where the file cannot be read, is no bundle, or breaks a rule.
    pub fn read_file(path: &Path, policy: &Policy<'_>) -> Result<Self, ReadBundleError> {
        let file = fs::File::open(path).map_err(ReadBundleError::Read)?;
        let size = file.metadata().map_err(ReadBundleError::Read)?.len();
        // Too large is known before anything is read; the tally says it in its words.
        Tally::new(policy.limits, size)?;
        let mut bytes = Vec::with_capacity(size as usize + 1);
        file.take(policy.limits.packed + 1).read_to_end(&mut bytes).map_err(ReadBundleError::Read)?;
        let by_name = path.file_name().and_then(|name| Format::of_name(&name.to_string_lossy()));
        let format = by_name.or_else(|| Format::of_bytes(&bytes)).ok_or(ReadBundleError::UnknownFormat)?;
        Ok(Self::open(bytes, format, policy)?)
    }

    /// Judges an archive. Structure, limits and names come first, then the index, then trust.
    ///
    /// # Errors
    /// The broken rule.
    pub fn open(bytes: Vec<u8>, format: Format, policy: &Policy<'_>) -> Result<Self, Refusal> {
        let mut listed = Listed::default();
        walk(&bytes, format, policy.limits, &mut listed)?;
        listing::check(&listed.entries)?;
        let mut index = Index::parse(&listed.index)?;
        let signer = match &listed.signature {
            Some(signature) => Some(signed(signature, &listed.index, &index)?),
            None => None,
        };
        let files = listed.files();
        match &index.files {
            Some(expected) => compare(expected, &files)?,
            None if policy.allow_unsigned && signer.is_none() => {}
            None => return Err(Refusal::because(Rule::I1, "the index does not list the files")),
        }
        index.files = Some(files);
        match &signer {
            None if !policy.allow_unsigned => {
                return Err(Refusal::because(Rule::T1, "the bundle is not signed (allow it with --allow-unsigned)"));
            }
            Some(signer) if !policy.trusted.is_empty() && !signer.is_trusted(policy.trusted) => {
                return Err(Refusal::because(
                    Rule::T2,
                    format!("signed by {}, which is not trusted here", signer.id()),
                ));
            }
            None | Some(_) => {}
        }
        Ok(Self { bytes, format, limits: policy.limits, index, signer })
    }

    /// The index, with all files also where the bundle's own was minimal.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Who signed it.
    pub fn signer(&self) -> Option<&Signer> {
        self.signer.as_ref()
    }

    /// The identity of its content, hex; the same in every format.
    pub fn digest(&self) -> String {
        self.index.digest()
    }

    /// Hands over each file with its content, index and signature left out, one at a time.
    ///
    /// # Errors
    /// What `visit` answers; a refusal only where memory itself is broken, since all was read before.
    pub fn for_each<E: From<Refusal>>(&self, visit: impl FnMut(&str, Vec<u8>) -> Result<(), E>) -> Result<(), E> {
        let files = self.index.files.as_ref();
        walk(&self.bytes, self.format, self.limits, &mut Handing { files, path: None, content: Vec::new(), visit })
    }
}

/// Checks a signature, and that the index is of the form and fullness that is signed.
fn signed(signature: &[u8], bytes: &[u8], index: &Index) -> Result<Signer, Refusal> {
    let signer = signature::check(signature, bytes)?;
    let refused = |about: &str| Err(Refusal::because(Rule::I1, about));
    if index.canonical() != bytes {
        return refused("a signed index is in its one form: no spaces, members and paths in order");
    }
    if index.files.is_none() || index.sequence.is_none() {
        return refused("a signed index has a sequence and lists the files");
    }
    if index.publisher.as_ref() != Some(&signer.id()) {
        return refused("the index names another publisher than the key that signed");
    }
    Ok(signer)
}

/// All files and only those, each as the index says.
fn compare(expected: &BTreeMap<String, FileDigest>, found: &BTreeMap<String, FileDigest>) -> Result<(), Refusal> {
    let refused =
        |path: &str, what: &str| Err(Refusal::because(Rule::I1, format!("{} {what}", quoted(path.as_bytes()))));
    for (path, digest) in expected {
        match found.get(path) {
            None => return refused(path, "is in the index and not in the archive"),
            Some(found) if found.size != digest.size => return refused(path, "has another size than the index says"),
            Some(found) if found != digest => return refused(path, "has another SHA-256 than the index says"),
            Some(_) => {}
        }
    }
    match found.keys().find(|path| !expected.contains_key(*path)) {
        Some(path) => refused(path, "is in the archive and not in the index"),
        None => Ok(()),
    }
}

/// The first reading: every entry with the hash of what came out, index and signature as they are.
#[derive(Default)]
struct Listed {
    entries: Vec<Entry>,
    digests: Vec<FileDigest>,
    index: Vec<u8>,
    signature: Option<Vec<u8>>,
    hasher: Sha256,
    size: u64,
}

impl Listed {
    fn current(&self) -> &[u8] {
        self.entries.last().map(|entry| entry.name.as_slice()).unwrap_or_default()
    }

    /// All files but index and signature. The names were checked before, so they are text.
    fn files(&self) -> BTreeMap<String, FileDigest> {
        let files = self.entries.iter().zip(&self.digests).filter(|(entry, _)| entry.kind == Kind::File);
        let named = files.map(|(entry, digest)| (String::from_utf8_lossy(&entry.name).into_owned(), digest.clone()));
        named.filter(|(name, _)| name != INDEX_FILE && name != SIGNATURE_FILE).collect()
    }
}

impl Sink for Listed {
    type Error = Refusal;

    fn begin(&mut self, entry: Entry) -> Result<(), Refusal> {
        self.entries.push(entry);
        self.size = 0;
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        self.hasher.update(bytes);
        self.size += bytes.len() as u64;
        if self.current() == INDEX_FILE.as_bytes() {
            self.index.extend_from_slice(bytes);
            if self.index.len() > INDEX_BYTES {
                return Err(Refusal::because(Rule::I1, format!("the index has more than {INDEX_BYTES} bytes")));
            }
        }
        if self.current() == SIGNATURE_FILE.as_bytes() {
            let signature = self.signature.get_or_insert_default();
            signature.extend_from_slice(bytes);
            if signature.len() > SIGNATURE_BYTES {
                return Err(Refusal::because(Rule::T1, format!("the signature has more than {SIGNATURE_BYTES} bytes")));
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Refusal> {
        if self.current() == SIGNATURE_FILE.as_bytes() {
            self.signature.get_or_insert_default();
        }
        let sha256 = hex(&self.hasher.finalize_reset());
        self.digests.push(FileDigest { size: self.size, sha256 });
        Ok(())
    }
}

/// A further reading: whole files, compared with the index once more.
struct Handing<'a, V> {
    files: Option<&'a BTreeMap<String, FileDigest>>,
    path: Option<(&'a str, &'a FileDigest)>,
    content: Vec<u8>,
    visit: V,
}

impl<V, E> Sink for Handing<'_, V>
where
    V: FnMut(&str, Vec<u8>) -> Result<(), E>,
    E: From<Refusal>,
{
    type Error = E;

    fn begin(&mut self, entry: Entry) -> Result<(), E> {
        let name = std::str::from_utf8(&entry.name).unwrap_or_default();
        let file = self.files.and_then(|files| files.get_key_value(name));
        self.path = file.filter(|_| entry.kind == Kind::File).map(|(path, digest)| (path.as_str(), digest));
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), E> {
        if self.path.is_some() {
            self.content.extend_from_slice(bytes);
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), E> {
        let Some((path, digest)) = self.path.take() else { return Ok(()) };
        let content = std::mem::take(&mut self.content);
        if hex(&Sha256::digest(&content)) != digest.sha256 {
            let about = format!("{} changed between two readings", quoted(path.as_bytes()));
            return Err(Refusal::because(Rule::I1, about).into());
        }
        (self.visit)(path, content)
    }
}
