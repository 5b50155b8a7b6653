//! Whether a delivery comes from the forge (`protocol.md`, section 6).

use hmac::Mac;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::standard_webhooks::{Message, Secret, keyed, verify};

/// What proves that a delivery comes from the forge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// Its bytes are signed.
    Signed,
    /// It carried the secret itself: no protection against replay, and only good over TLS.
    TokenOnly,
}

impl Trust {
    /// As the table has it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::TokenOnly => "token only",
        }
    }
}

/// GitHub: `X-Hub-Signature-256: sha256=<hex>`, HMAC-SHA256 over the body.
pub(crate) fn github(secrets: &[String], signature: Option<&str>, body: &[u8]) -> Option<Trust> {
    let given = unhex(signature?.strip_prefix("sha256=")?)?;
    // `verify_slice` compares in constant time.
    let holds = secrets.iter().any(|secret| {
        let mut mac = keyed(secret.as_bytes());
        mac.update(body);
        mac.verify_slice(&given).is_ok()
    });
    holds.then_some(Trust::Signed)
}

/// Standard Webhooks, as newer versions of GitLab send them. A message that carries a signature must hold: it is not
/// looked at for a token then.
pub(crate) fn standard(secrets: &[String], message: Message<'_>, signatures: &str, now: Timestamp) -> Option<Trust> {
    let secrets: Vec<Secret> = secrets.iter().filter_map(|text| Secret::parse(text)).collect();
    verify(&secrets, message, signatures, now).ok().map(|()| Trust::Signed)
}

/// Older versions of GitLab: `X-Gitlab-Token` is the secret in clear text. Digests are compared, so that lengths say nothing.
pub(crate) fn token(secrets: &[String], given: Option<&str>) -> Option<Trust> {
    let given = Sha256::digest(given?.as_bytes());
    let holds = secrets.iter().any(|secret| bool::from(Sha256::digest(secret.as_bytes()).ct_eq(&given)));
    holds.then_some(Trust::TokenOnly)
}

/// Bytes of a hexadecimal text.
fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// GitHub's own example, from its page "Validating webhook deliveries".
    #[test]
    fn githubs_published_example_holds() {
        let secrets = ["It's a Secret to Everybody".to_owned()];
        let signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        assert_eq!(github(&secrets, Some(signature), b"Hello, World!"), Some(Trust::Signed));
        assert_eq!(github(&secrets, Some(signature), b"Hello, World?"), None, "another body");
        assert_eq!(github(&["other".to_owned()], Some(signature), b"Hello, World!"), None, "another secret");
        assert_eq!(github(&[], Some(signature), b"Hello, World!"), None, "no secret is set");
        let rotated = ["new".to_owned(), secrets[0].clone()];
        assert_eq!(github(&rotated, Some(signature), b"Hello, World!"), Some(Trust::Signed), "the secret before");
        for bad in
            [None, Some(""), Some("sha256="), Some("sha256=7"), Some("sha256=zz"), Some("sha1=7571"), Some("sha256=ää")]
        {
            assert_eq!(github(&secrets, bad, b"Hello, World!"), None, "{bad:?}");
        }
    }

    #[test]
    fn a_plain_token_is_only_that() {
        let secrets = ["one".to_owned(), "two".to_owned()];
        assert_eq!(token(&secrets, Some("two")), Some(Trust::TokenOnly));
        for bad in [None, Some(""), Some("tw"), Some("two "), Some("three")] {
            assert_eq!(token(&secrets, bad), None, "{bad:?}");
        }
        assert_eq!(token(&[], Some("")), None);
    }
}
