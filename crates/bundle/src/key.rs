//! Ed25519 keys as text files: `waymark-private-key-v1:…` and `waymark-public-key-v1:…`.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::index::hex;

const PRIVATE: &str = "waymark-private-key-v1:";
const PUBLIC: &str = "waymark-public-key-v1:";

/// Text that is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseKeyError {
    /// It does not begin as a key of the wanted kind does.
    #[error("a key begins with {0:?}")]
    Prefix(&'static str),
    /// What follows is no key.
    #[error("the key is damaged")]
    Damaged,
}

/// A publisher's private key.
pub struct PrivateKey(SigningKey);

impl PrivateKey {
    /// Makes a new key from the system's randomness.
    ///
    /// # Errors
    /// Where the system has none.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)?;
        Ok(Self(SigningKey::from_bytes(&seed)))
    }

    /// Reads a key file's text.
    ///
    /// # Errors
    /// Where it is none; the text is not repeated.
    pub fn parse(text: &str) -> Result<Self, ParseKeyError> {
        decode(text, PRIVATE).map(|seed| Self(SigningKey::from_bytes(&seed)))
    }

    /// The key file's text; a secret.
    pub fn to_text(&self) -> String {
        format!("{PRIVATE}{}\n", BASE64.encode(self.0.to_bytes()))
    }

    /// The other half, which may be known to everybody.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs bytes for one purpose; a signature for one is none for another.
    pub(crate) fn sign(&self, purpose: &str, bytes: &[u8]) -> [u8; 64] {
        self.0.sign(&message(purpose, bytes)).to_bytes()
    }
}

/// A publisher's public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads a public key's text.
    ///
    /// # Errors
    /// Where it is none, or a weak one that makes signatures hold for many texts.
    pub fn parse(text: &str) -> Result<Self, ParseKeyError> {
        let bytes = decode(text, PUBLIC)?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| ParseKeyError::Damaged)?;
        if key.is_weak() { Err(ParseKeyError::Damaged) } else { Ok(Self(key)) }
    }

    /// The key as text.
    pub fn to_text(&self) -> String {
        format!("{PUBLIC}{}", BASE64.encode(self.0.as_bytes()))
    }

    /// Its short name, for people to compare.
    pub fn id(&self) -> KeyId {
        let digest = Sha256::digest(self.0.as_bytes());
        let groups: Vec<String> = digest[..16].chunks(2).map(hex).collect();
        KeyId(groups.join("-"))
    }

    /// Whether `signature` was made with this key's private half for `purpose`.
    pub(crate) fn holds(&self, purpose: &str, bytes: &[u8], signature: &[u8; 64]) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(signature);
        self.0.verify_strict(&message(purpose, bytes), &signature).is_ok()
    }
}

/// A key's fingerprint: 128 bits of its SHA-256 in eight groups, `3f2a-…`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeyId(String);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn message(purpose: &str, bytes: &[u8]) -> Vec<u8> {
    [purpose.as_bytes(), b"\0", bytes].concat()
}

fn decode(text: &str, prefix: &'static str) -> Result<[u8; 32], ParseKeyError> {
    let key = text.trim().strip_prefix(prefix).ok_or(ParseKeyError::Prefix(prefix))?;
    let bytes = BASE64.decode(key).map_err(|_| ParseKeyError::Damaged)?;
    bytes.try_into().map_err(|_| ParseKeyError::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_survive_their_text_and_sign_for_one_purpose() {
        let key = PrivateKey::generate().expect("there is randomness");
        let again = PrivateKey::parse(&key.to_text()).expect("it is a key");
        let public = PublicKey::parse(&key.public().to_text()).expect("it is a key");
        assert_eq!(again.public(), public);
        assert_eq!(public.id().to_string().len(), 39);
        let signature = key.sign("a", b"text");
        assert!(public.holds("a", b"text", &signature));
        assert!(!public.holds("b", b"text", &signature) && !public.holds("a", b"other", &signature));
    }

    #[test]
    fn other_text_is_no_key() {
        let key = PrivateKey::generate().expect("there is randomness");
        assert!(PublicKey::parse(&key.to_text()).is_err(), "a private key is never taken for a public one");
        assert_eq!(PublicKey::parse("waymark-public-key-v1:AAAA"), Err(ParseKeyError::Damaged));
        let weak = format!("{PUBLIC}{}", BASE64.encode([0; 32]));
        assert_eq!(PublicKey::parse(&weak), Err(ParseKeyError::Damaged));
    }
}
