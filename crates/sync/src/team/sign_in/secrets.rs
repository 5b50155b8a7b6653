//! What a device makes for one sign-in, so that nobody else's answer fits it.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

/// State, nonce and PKCE's verifier (RFC 7636): 256 random bits each, in base64url.
#[derive(Clone)]
pub struct Secrets {
    /// What the browser's answer must carry.
    pub state: String,
    /// What the identity must carry.
    pub nonce: String,
    /// What proves that whoever hands in the code began the sign-in.
    pub verifier: String,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(…)")
    }
}

impl Secrets {
    /// Makes them from the system's randomness.
    ///
    /// # Errors
    /// Where the system has none.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let word = || {
            let mut bytes = [0; 32];
            getrandom::fill(&mut bytes)?;
            Ok(URL_SAFE_NO_PAD.encode(bytes))
        };
        Ok(Self { state: word()?, nonce: word()?, verifier: word()? })
    }

    /// The verifier's SHA-256, which goes ahead (method S256).
    pub fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_the_standard_and_no_two_are_alike() {
        // RFC 7636, appendix B.
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned();
        let known = Secrets { state: String::new(), nonce: String::new(), verifier };
        assert_eq!(known.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        let (one, two) = (Secrets::generate().expect("randomness"), Secrets::generate().expect("randomness"));
        let words = [&one.state, &one.nonce, &one.verifier, &two.state, &two.nonce, &two.verifier];
        let distinct: std::collections::BTreeSet<_> = words.iter().collect();
        assert_eq!(distinct.len(), 6);
        assert!(words.iter().all(|word| word.len() == 43));
        assert_eq!(format!("{one:?}"), "Secrets(…)");
    }
}
