//! The signature of a bundle, `bundle.sig`: over the bytes of its index.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use serde::{Deserialize, Serialize};

use crate::{
    key::{KeyId, PrivateKey, PublicKey},
    rule::{Refusal, Rule},
};

/// Bytes of a signature file.
pub(crate) const SIGNATURE_BYTES: usize = 16 * 1024;
/// Keys that may speak for a new one.
const ENDORSEMENTS: usize = 16;

const FOR_INDEX: &str = "waymark-bundle-index-v1";
const FOR_KEY: &str = "waymark-bundle-key-v1";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignatureFile {
    key: String,
    signature: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    endorsed: Vec<Endorsement>,
}

/// An older key's word for the key that signs.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Endorsement {
    key: String,
    signature: String,
}

/// Who signed a bundle; the signature holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// The key.
    pub key: PublicKey,
    /// Older keys that spoke for it.
    pub endorsed_by: Vec<PublicKey>,
}

impl Signer {
    /// The fingerprint to compare.
    pub fn id(&self) -> KeyId {
        self.key.id()
    }

    /// Whether one of `trusted` signed, or spoke for the key that did.
    pub fn is_trusted(&self, trusted: &[PublicKey]) -> bool {
        trusted.contains(&self.key) || self.endorsed_by.iter().any(|key| trusted.contains(key))
    }
}

/// Signs an index; each of `older` speaks for the key.
pub(crate) fn sign(index: &[u8], key: &PrivateKey, older: &[PrivateKey]) -> Vec<u8> {
    let public = key.public().to_text();
    let endorse = |older: &PrivateKey| Endorsement {
        key: older.public().to_text(),
        signature: BASE64.encode(older.sign(FOR_KEY, public.as_bytes())),
    };
    let endorsed = older.iter().map(endorse).collect();
    let file = SignatureFile { signature: BASE64.encode(key.sign(FOR_INDEX, index)), endorsed, key: public };
    // Strings and lists of strings always become JSON.
    serde_json::to_vec(&file).unwrap_or_default()
}

/// Checks a signature file against the index that it is for.
pub(crate) fn check(file: &[u8], index: &[u8]) -> Result<Signer, Refusal> {
    let refused = |about: &str| Refusal::because(Rule::T1, about);
    let parsed: SignatureFile =
        serde_json::from_slice(file).map_err(|_| refused("bundle.sig is no well-formed signature"))?;
    if parsed.endorsed.len() > ENDORSEMENTS || serde_json::to_vec(&parsed).ok().as_deref() != Some(file) {
        return Err(refused("bundle.sig is not in its one form"));
    }
    let holds = |key: &str, signature: &str, purpose: &str, bytes: &[u8]| -> Option<PublicKey> {
        let key = PublicKey::parse(key).ok()?;
        let signature = BASE64.decode(signature).ok()?.try_into().ok()?;
        key.holds(purpose, bytes, &signature).then_some(key)
    };
    let key = holds(&parsed.key, &parsed.signature, FOR_INDEX, index)
        .ok_or_else(|| refused("the signature does not belong to this index"))?;
    let endorsed_by = parsed
        .endorsed
        .iter()
        .map(|one| holds(&one.key, &one.signature, FOR_KEY, parsed.key.as_bytes()))
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| refused("an older key's word for the new one does not hold"))?;
    Ok(Signer { key, endorsed_by })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_key_is_trusted_through_an_older_one() {
        let key = || PrivateKey::generate().expect("there is randomness");
        let (old, new, other) = (key(), key(), key());
        let file = sign(b"index", &new, std::slice::from_ref(&old));
        let signer = check(&file, b"index").expect("it holds");
        assert_eq!(signer.key, new.public());
        assert!(signer.is_trusted(&[old.public()]) && signer.is_trusted(&[new.public()]));
        assert!(!signer.is_trusted(&[other.public()]) && !signer.is_trusted(&[]));
        assert_eq!(check(&file, b"other").map_err(|refusal| refusal.rule), Err(Rule::T1));
    }

    #[test]
    fn every_changed_byte_of_a_signature_is_noticed() {
        let key = PrivateKey::generate().expect("there is randomness");
        let older = PrivateKey::generate().expect("there is randomness");
        let file = sign(b"index", &key, &[older]);
        for at in 0..file.len() {
            let mut changed = file.clone();
            changed[at] ^= 1;
            assert!(check(&changed, b"index").is_err(), "byte {at}");
        }
    }
}
