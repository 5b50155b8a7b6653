//! The device's own key: Ed25519, made when it joins, never sent. It signs requests for new tokens, so a
//! stolen refresh token alone opens nothing (`security.md`, section 7).

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use ed25519_dalek::{Signer as _, SigningKey};

/// The device's private key.
#[derive(Clone)]
pub struct DeviceKey(SigningKey);

impl fmt::Debug for DeviceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceKey(…)")
    }
}

impl DeviceKey {
    /// Makes a key from the system's randomness.
    ///
    /// # Errors
    /// Where the system has none.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)?;
        Ok(Self(SigningKey::from_bytes(&seed)))
    }

    /// Reads what [`DeviceKey::to_text`] wrote; `None` where it is no key.
    pub fn parse(text: &str) -> Option<Self> {
        let seed: [u8; 32] = BASE64.decode(text).ok()?.try_into().ok()?;
        Some(Self(SigningKey::from_bytes(&seed)))
    }

    /// The key as text; a secret.
    pub fn to_text(&self) -> String {
        BASE64.encode(self.0.to_bytes())
    }

    /// The public half, 32 bytes in base64.
    pub fn public(&self) -> String {
        BASE64.encode(self.0.verifying_key().as_bytes())
    }

    /// Signs a text; base64.
    pub fn sign(&self, text: &str) -> String {
        BASE64.encode(self.0.sign(text.as_bytes()).to_bytes())
    }
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signature, VerifyingKey};

    use super::*;

    #[test]
    fn what_it_signs_holds_for_its_public_half_alone() {
        let key = DeviceKey::generate().expect("there is randomness");
        let again = DeviceKey::parse(&key.to_text()).expect("a key");
        let public: [u8; 32] = BASE64.decode(key.public()).expect("base64").try_into().expect("32 bytes");
        let public = VerifyingKey::from_bytes(&public).expect("a key");
        let signature: [u8; 64] = BASE64.decode(again.sign("text")).expect("base64").try_into().expect("64 bytes");
        let signature = Signature::from_bytes(&signature);
        assert!(public.verify_strict(b"text", &signature).is_ok());
        assert!(public.verify_strict(b"other", &signature).is_err());
        assert_eq!(format!("{key:?}"), "DeviceKey(…)");
        assert!(DeviceKey::parse("AAAA").is_none());
    }
}
