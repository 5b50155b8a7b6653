//! The server's seal on facts of its own. Whoever they concern keeps it, and gives it back to a server that was
//! restored from a backup.
//!
//! A receipt is `<fact>.<MAC>`, both in base64: the fact's bytes, and an HMAC-SHA-256 over the person and them.
//! The key follows from the server's own, which is in every backup, so a restored server knows its receipts.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _, digest::InvalidLength};
use sha2::Sha256;
use waymark_core::id::PersonId;

/// What receipts are sealed with.
pub(crate) struct ReceiptKey(Hmac<Sha256>);

impl fmt::Debug for ReceiptKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceiptKey(..)")
    }
}

impl ReceiptKey {
    /// The key that follows from the server's own.
    ///
    /// # Errors
    /// Never, since this MAC takes keys of any length; its type says so.
    pub(crate) fn of(server_key: &str) -> Result<Self, InvalidLength> {
        let mut mac = Hmac::new_from_slice(server_key.as_bytes())?;
        mac.update(b"waymark-receipt:");
        Ok(Self(mac))
    }

    /// The receipt for `body`, a fact about `person`.
    pub(crate) fn seal(&self, person: PersonId, body: &str) -> String {
        let mac = self.mac(person, body).finalize().into_bytes();
        format!("{}.{}", URL_SAFE_NO_PAD.encode(body), URL_SAFE_NO_PAD.encode(mac))
    }

    /// The fact in a receipt; `None` where this server did not give it for this person.
    pub(crate) fn open(&self, person: PersonId, receipt: &str) -> Option<String> {
        let (body, mac) = receipt.split_once('.')?;
        let body = String::from_utf8(URL_SAFE_NO_PAD.decode(body).ok()?).ok()?;
        let mac = URL_SAFE_NO_PAD.decode(mac).ok()?;
        self.mac(person, &body).verify_slice(&mac).ok()?;
        Some(body)
    }

    fn mac(&self, person: PersonId, body: &str) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        mac.update(person.to_string().as_bytes());
        mac.update(b":");
        mac.update(body.as_bytes());
        mac
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_receipt_opens_for_its_person_and_its_server_alone() {
        let (ada, bo) = (PersonId::new(Uuid::from_u128(1)), PersonId::new(Uuid::from_u128(2)));
        let server = |name| ReceiptKey::of(name).expect("a key");
        let key = server("one");
        let receipt = key.seal(ada, r#"{"id":"ä"}"#);
        assert_eq!(key.open(ada, &receipt).as_deref(), Some(r#"{"id":"ä"}"#));
        assert_eq!(server("one").open(ada, &receipt), key.open(ada, &receipt), "after a restore as well");
        assert_eq!(key.open(bo, &receipt), None, "somebody else's");
        assert_eq!(server("two").open(ada, &receipt), None, "another server's");
        let (_, mac) = receipt.split_once('.').expect("two parts");
        for forged in ["", ".", "e30", &format!("e30.{mac}"), &receipt[..receipt.len() - 1]] {
            assert_eq!(key.open(ada, forged), None, "{forged}");
        }
    }
}
