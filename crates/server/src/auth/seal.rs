//! A pair of tokens, sealed for whoever holds the token that it replaced.
//!
//! The key is derived from the old refresh token and the rotation's id, and used once, so the nonce may be
//! constant. The database holds the old token's digest only: with it alone the seal does not open.

use base64::{Engine, engine::general_purpose::STANDARD};
use chacha20poly1305::{ChaCha20Poly1305, Key, KeyInit, Nonce, aead::Aead};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// Seals `text` for the holder of `token`.
///
/// # Errors
/// Never, for texts of this size; the cipher's type says so.
pub(crate) fn seal(token: &str, rotation: &str, text: &str) -> Result<String, chacha20poly1305::Error> {
    Ok(STANDARD.encode(cipher(token, rotation)?.encrypt(&Nonce::default(), text.as_bytes())?))
}

/// Opens what [`seal`] closed; `None` where the token or the rotation is another one.
pub(crate) fn open(token: &str, rotation: &str, sealed: &str) -> Option<String> {
    let sealed = STANDARD.decode(sealed).ok()?;
    let text = cipher(token, rotation).ok()?.decrypt(&Nonce::default(), sealed.as_slice()).ok()?;
    String::from_utf8(text).ok()
}

fn cipher(token: &str, rotation: &str) -> Result<ChaCha20Poly1305, chacha20poly1305::Error> {
    let mut mac =
        <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(token.as_bytes()).map_err(|_| chacha20poly1305::Error)?;
    mac.update(b"waymark-sealed-pair:");
    mac.update(rotation.as_bytes());
    let key: [u8; 32] = mac.finalize().into_bytes().into();
    Ok(ChaCha20Poly1305::new(&Key::from(key)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_old_token_and_the_same_rotation_open_the_seal() {
        let sealed = seal("old", "r1", "pair").expect("it can be sealed");
        assert!(!sealed.contains("pair"));
        assert_eq!(open("old", "r1", &sealed).as_deref(), Some("pair"));
        assert_eq!(open("other", "r1", &sealed), None);
        assert_eq!(open("old", "r2", &sealed), None);
        assert_eq!(open("old", "r1", "AAAA"), None);
    }
}
