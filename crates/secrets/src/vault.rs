//! A file of secrets that a passphrase seals: Argon2id (64 MiB, 3 passes, 1 lane) makes the key,
//! XChaCha20-Poly1305 seals, mode 0600, replaced as a whole (`security.md`, section 7).

use std::{collections::BTreeMap, fs, io, io::Write as _, path::Path};

use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chacha20poly1305::{
    Key, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// A passphrase has at least so many characters.
pub const SHORTEST_PASSPHRASE: usize = 12;
/// Memory of Argon2id in KiB, its passes, its lanes.
const COST: (u32, u32, u32) = (64 * 1024, 3, 1);
/// More than this is no file of ours: a file that asks for a terabyte of memory must not get it.
const COST_LIMIT: (u32, u32, u32) = (1024 * 1024, 16, 4);
const FORM: &str = "waymark.secrets/1";
const LARGEST: u64 = 1024 * 1024;

/// Why secrets are not in a sealed file.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// There is no sealed file.
    #[error("there is no sealed file here")]
    NoFile,
    /// A passphrase is too short.
    #[error("a passphrase has at least {SHORTEST_PASSPHRASE} characters; several words are best")]
    TooShort,
    /// Another passphrase seals the file, or somebody changed it.
    #[error("this passphrase does not open the file")]
    Wrong,
    /// It is no file of ours, or of a later version.
    #[error("the sealed file is damaged, or a newer Waymark wrote it")]
    Damaged,
    /// The system has no randomness or too little memory.
    #[error("the file cannot be sealed, because {0}")]
    Cannot(&'static str),
    /// The disk.
    #[error("could not read or write the sealed file")]
    Disk(#[from] io::Error),
}

/// What seals a file, so that the passphrase need not be kept.
pub(crate) struct Opener {
    key: Zeroizing<[u8; 32]>,
    head: Head,
}

/// The open part of the file. It is sealed along, so that nobody changes it unseen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    form: String,
    salt: String,
    memory: u32,
    passes: u32,
    lanes: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sealed {
    head: Head,
    nonce: String,
    secrets: String,
}

type Map = BTreeMap<String, String>;

impl Opener {
    /// For a new file.
    pub(crate) fn new(passphrase: &str) -> Result<Self, VaultError> {
        if passphrase.chars().count() < SHORTEST_PASSPHRASE {
            return Err(VaultError::TooShort);
        }
        let (memory, passes, lanes) = COST;
        let salt = STANDARD.encode(random::<16>()?);
        Self::of(passphrase, Head { form: FORM.to_owned(), salt, memory, passes, lanes })
    }

    fn of(passphrase: &str, head: Head) -> Result<Self, VaultError> {
        let salt = STANDARD.decode(&head.salt).map_err(|_| VaultError::Damaged)?;
        let params = Params::new(head.memory, head.passes, head.lanes, Some(32)).map_err(|_| VaultError::Damaged)?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.as_bytes(), &salt, key.as_mut_slice())
            .map_err(|_| VaultError::Cannot("there is too little memory"))?;
        Ok(Self { key, head })
    }

    /// Opens a file.
    pub(crate) fn open(path: &Path, passphrase: &str) -> Result<(Self, Map), VaultError> {
        let size = fs::metadata(path).map_err(missing)?.len();
        if size > LARGEST {
            return Err(VaultError::Damaged);
        }
        let sealed: Sealed = serde_json::from_slice(&fs::read(path)?).map_err(|_| VaultError::Damaged)?;
        let Head { form, memory, passes, lanes, .. } = &sealed.head;
        let bearable = *memory <= COST_LIMIT.0 && *passes <= COST_LIMIT.1 && *lanes <= COST_LIMIT.2;
        if form != FORM || !bearable {
            return Err(VaultError::Damaged);
        }
        let opener = Self::of(passphrase, sealed.head)?;
        let nonce: [u8; 24] =
            STANDARD.decode(&sealed.nonce).ok().and_then(|nonce| nonce.try_into().ok()).ok_or(VaultError::Damaged)?;
        let bytes = STANDARD.decode(&sealed.secrets).map_err(|_| VaultError::Damaged)?;
        let head = opener.head_bytes()?;
        let payload = Payload { msg: &bytes, aad: &head };
        let plain = opener.cipher().decrypt(&XNonce::from(nonce), payload).map_err(|_| VaultError::Wrong)?;
        let plain = Zeroizing::new(plain);
        let map = serde_json::from_slice(&plain).map_err(|_| VaultError::Damaged)?;
        Ok((opener, map))
    }

    /// Writes a file in place of the one before; whoever is killed leaves the old one whole.
    pub(crate) fn write(&self, path: &Path, secrets: &Map) -> Result<(), VaultError> {
        let plain = Zeroizing::new(serde_json::to_vec(secrets).map_err(|_| VaultError::Damaged)?);
        // Random numbers of 24 bytes never meet again, so the key can seal for ever.
        let nonce = random::<24>()?;
        let head = self.head_bytes()?;
        let payload = Payload { msg: &plain, aad: &head };
        let bytes =
            self.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| VaultError::Cannot("it is too large"))?;
        let sealed = Sealed { head: self.head.clone(), nonce: STANDARD.encode(nonce), secrets: STANDARD.encode(bytes) };
        let text = serde_json::to_vec(&sealed).map_err(|_| VaultError::Damaged)?;
        replace(path, &text)?;
        Ok(())
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(*self.key))
    }

    fn head_bytes(&self) -> Result<Vec<u8>, VaultError> {
        serde_json::to_vec(&self.head).map_err(|_| VaultError::Damaged)
    }
}

/// Readable by its owner alone from its first byte on; the folder's entry changes at once, on disk.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    fs::create_dir_all(folder)?;
    // Its mode is 0600 on Unix; on other systems the folder is the person's own.
    let mut file = tempfile::Builder::new().prefix(".secrets").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

fn missing(error: io::Error) -> VaultError {
    if error.kind() == io::ErrorKind::NotFound { VaultError::NoFile } else { VaultError::Disk(error) }
}

fn random<const N: usize>() -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| VaultError::Cannot("the system gives no randomness"))?;
    Ok(bytes)
}
