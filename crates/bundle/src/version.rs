//! One version of a bundle as whoever took it in remembers it, and which may follow it.

use serde::{Deserialize, Serialize};

use crate::{
    bundle::Bundle,
    key::PublicKey,
    rule::{Refusal, Rule},
};

/// A version that was taken in. Devices in the field keep it as JSON: members are only added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// The bundle's name.
    pub name: String,
    /// The version, for people.
    pub version: String,
    /// Rises with each version.
    pub sequence: Option<u64>,
    /// Identity of the content.
    pub digest: String,
    /// The publisher's key as text; later versions must be signed by it or in its name.
    pub key: Option<String>,
}

/// What taking in a version comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The first version of this name; its publisher is trusted from now on.
    First,
    /// It takes the place of an older one.
    Newer,
    /// This very version is there already.
    Same,
}

impl Version {
    /// What to remember of a bundle.
    pub fn of(bundle: &Bundle) -> Self {
        let index = bundle.index();
        Self {
            name: index.name.clone(),
            version: index.version.clone(),
            sequence: index.sequence,
            digest: bundle.digest(),
            key: bundle.signer().map(|signer| signer.key.to_text()),
        }
    }

    /// Whether `bundle` may follow `current`. `trusted` are keys that somebody named.
    ///
    /// # Errors
    /// `T1` unsigned after signed, `T2` another publisher or another bundle, `T3` an older sequence.
    pub fn judge(current: Option<&Self>, bundle: &Bundle, trusted: &[PublicKey]) -> Result<Outcome, Refusal> {
        let Some(current) = current else { return Ok(Outcome::First) };
        let new = Self::of(bundle);
        if current.name != new.name {
            let about = format!("this is {:?}, and {:?} was expected", new.name, current.name);
            return Err(Refusal::because(Rule::T2, about));
        }
        current.check_publisher(bundle, trusted)?;
        if current.digest == new.digest {
            return Ok(Outcome::Same);
        }
        if current.sequence.is_some() && new.sequence <= current.sequence {
            let number =
                |sequence: Option<u64>| sequence.map_or_else(|| "none".to_owned(), |number| number.to_string());
            let about = format!("sequence {}, installed is {}", number(new.sequence), number(current.sequence));
            return Err(Refusal::because(Rule::T3, about));
        }
        Ok(Outcome::Newer)
    }

    fn check_publisher(&self, bundle: &Bundle, trusted: &[PublicKey]) -> Result<(), Refusal> {
        let Some(key) = &self.key else { return Ok(()) };
        let Some(signer) = bundle.signer() else {
            return Err(Refusal::because(Rule::T1, "the installed version is signed and this one is not"));
        };
        // A key that cannot be read any more is nobody's.
        let known = PublicKey::parse(key).ok();
        if signer.is_trusted(known.as_slice()) || signer.is_trusted(trusted) {
            return Ok(());
        }
        let by = known.map_or_else(|| "an unreadable key".to_owned(), |known| known.id().to_string());
        Err(Refusal::because(Rule::T2, format!("signed by {}, the installed version by {by}", signer.id())))
    }
}
