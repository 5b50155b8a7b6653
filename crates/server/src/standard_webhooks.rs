//! Standard Webhooks 1.0.0: what a message is signed with, and whether a signature holds
//! (`protocol.md`, section 5). The same code signs what goes to sinks and checks what GitLab sends.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;

/// Header with the message's id: the same on every attempt.
pub(crate) const ID: &str = "webhook-id";
/// Header with the moment of the attempt, in Unix seconds.
pub(crate) const TIMESTAMP: &str = "webhook-timestamp";
/// Header with the signatures, separated by blanks.
pub(crate) const SIGNATURE: &str = "webhook-signature";

/// How far a message's time may lie from ours.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(5);
/// Signatures that are looked at; a header may be long.
const MOST_SIGNATURES: usize = 16;

/// A secret: 24 to 64 random bytes, written as `whsec_` and base64.
#[derive(Clone)]
pub(crate) struct Secret(Vec<u8>);

/// Why a message is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Rejected {
    /// Its time is no number, or too far from ours: an old message sent again, or a clock that is wrong.
    #[error("the time of the message is more than five minutes away from the server's")]
    Time,
    /// No signature of it is made with our secret.
    #[error("the message carries no signature that holds")]
    Signature,
}

/// What of a message is signed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Message<'a> {
    /// Its id; without a dot.
    pub id: &'a str,
    /// Unix seconds, as in the header.
    pub timestamp: &'a str,
    /// The bytes as they travel.
    pub body: &'a [u8],
}

impl Secret {
    /// A new one of 256 random bits.
    pub(crate) fn random() -> Self {
        let mut bytes = vec![0u8; 32];
        rand::fill(&mut bytes[..]);
        Self(bytes)
    }

    /// Reads `whsec_…`; `None` where it is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text.trim().strip_prefix("whsec_")?).ok()?;
        (24..=64).contains(&bytes.len()).then_some(Self(bytes))
    }

    /// `whsec_…`, for whoever is to keep it.
    pub(crate) fn reveal(&self) -> String {
        format!("whsec_{}", STANDARD.encode(&self.0))
    }

    /// One signature: `v1,` and base64 of HMAC-SHA256 over `id.timestamp.body`.
    pub(crate) fn sign(&self, message: Message<'_>) -> String {
        format!("v1,{}", STANDARD.encode(self.mac(message).finalize().into_bytes()))
    }

    fn mac(&self, message: Message<'_>) -> Hmac<Sha256> {
        let mut mac = keyed(&self.0);
        for part in [message.id.as_bytes(), b".", message.timestamp.as_bytes(), b".", message.body] {
            mac.update(part);
        }
        mac
    }
}

/// HMAC-SHA256 with `key`.
pub(crate) fn keyed(key: &[u8]) -> Hmac<Sha256> {
    // Keys of any length are taken; shorter and longer ones are brought to a block first (RFC 2104).
    Hmac::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&Default::default()))
}

/// Whether one of `signatures` was made with one of `secrets`, now. During a rotation both sides may have two.
///
/// # Errors
/// [`Rejected`] says what does not hold.
pub(crate) fn verify(
    secrets: &[Secret],
    message: Message<'_>,
    signatures: &str,
    now: Timestamp,
) -> Result<(), Rejected> {
    let sent = message.timestamp.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    if sent.is_none_or(|sent| now.duration_since(sent).abs() > TOLERANCE) {
        return Err(Rejected::Time);
    }
    let given: Vec<Vec<u8>> = signatures
        .split(' ')
        .filter_map(|one| one.strip_prefix("v1,"))
        .filter_map(|one| STANDARD.decode(one).ok())
        .take(MOST_SIGNATURES)
        .collect();
    // `verify_slice` compares in constant time.
    let holds = secrets.iter().any(|secret| given.iter().any(|one| secret.mac(message).verify_slice(one).is_ok()));
    if holds { Ok(()) } else { Err(Rejected::Signature) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const MESSAGE: Message<'_> =
        Message { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: "1614265330", body: br#"{"test": 2432232314}"# };
    const PUBLISHED: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).expect("a moment")
    }

    fn secret() -> Secret {
        Secret::parse(SECRET).expect("the published secret")
    }

    #[test]
    fn the_published_vector_is_met() {
        assert_eq!(secret().sign(MESSAGE), PUBLISHED);
        assert_eq!(verify(&[secret()], MESSAGE, PUBLISHED, at(1_614_265_330)), Ok(()));
        assert_eq!(secret().reveal(), SECRET);
    }

    #[test]
    fn one_signature_and_one_secret_of_several_are_enough() {
        let others = format!("v1a,AAAA v1,bm9uc2Vuc2U= nonsense {PUBLISHED} v2,{}", &PUBLISHED[3..]);
        assert_eq!(verify(&[Secret::random(), secret()], MESSAGE, &others, at(1_614_265_330)), Ok(()));
    }

    #[test]
    fn what_was_changed_does_not_hold() {
        let now = at(1_614_265_330);
        let changed = [
            Message { body: br#"{"test": 2432232315}"#, ..MESSAGE },
            Message { id: "msg_other", ..MESSAGE },
            Message { timestamp: "1614265331", ..MESSAGE },
        ];
        for message in changed {
            assert_eq!(verify(&[secret()], message, PUBLISHED, now), Err(Rejected::Signature), "{message:?}");
        }
        let cut = &PUBLISHED[..PUBLISHED.len() - 4];
        for signatures in ["", "v1,", cut, &PUBLISHED[3..], "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="] {
            assert_eq!(verify(&[secret()], MESSAGE, signatures, now), Err(Rejected::Signature), "{signatures}");
        }
        assert_eq!(verify(&[Secret::random()], MESSAGE, PUBLISHED, now), Err(Rejected::Signature));
        assert_eq!(verify(&[], MESSAGE, PUBLISHED, now), Err(Rejected::Signature));
    }

    #[test]
    fn a_message_is_good_for_five_minutes_either_way() {
        for (seconds, expected) in
            [(-301, Err(Rejected::Time)), (-300, Ok(())), (300, Ok(())), (301, Err(Rejected::Time))]
        {
            assert_eq!(verify(&[secret()], MESSAGE, PUBLISHED, at(1_614_265_330 + seconds)), expected, "{seconds}");
        }
        let timeless = Message { timestamp: "soon", ..MESSAGE };
        assert_eq!(verify(&[secret()], timeless, PUBLISHED, at(1_614_265_330)), Err(Rejected::Time));
    }

    #[test]
    fn secrets_have_the_length_that_the_specification_asks_for() {
        assert!(Secret::parse(&Secret::random().reveal()).is_some());
        for bad in ["", "whsec_", "whsec_AAAA", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!!!"] {
            assert!(Secret::parse(bad).is_none(), "{bad}");
        }
    }
}
