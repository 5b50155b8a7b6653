//! A secret that opens a Backstage.

use std::fmt;

use reqwest::header::HeaderValue;
use serde::Deserialize;

use super::EntityRef;

/// A bearer token: a static one that an administrator made for Waymark, or a person's own. Printing it
/// prints nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A token as a person pasted it; `None` where it cannot be one.
    pub fn new(pasted: &str) -> Option<Self> {
        let pasted = pasted.trim();
        let bare = pasted.strip_prefix("Bearer ").unwrap_or(pasted).trim();
        let usable = !bare.is_empty() && bare.len() <= 16_384 && bare.bytes().all(|byte| byte.is_ascii_graphic());
        usable.then(|| Self(bare.to_owned()))
    }

    /// The secret itself, for keeping it where secrets are kept.
    pub fn secret(&self) -> &str {
        &self.0
    }

    /// The header that it travels in, marked so that no log of the client shows it.
    pub(super) fn header(&self) -> Option<HeaderValue> {
        let mut value = HeaderValue::from_str(&format!("Bearer {}", self.0)).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// Whose token it is, where it is a Backstage user's. It is read without looking at the signature, so it
    /// says what to show first and never what somebody may see.
    pub fn user(&self) -> Option<EntityRef> {
        #[derive(Deserialize)]
        struct Claims {
            sub: String,
        }
        let payload = decode(self.0.split('.').nth(1)?)?;
        let claims: Claims = serde_json::from_slice(&payload).ok()?;
        claims.sub.parse().ok().filter(|one: &EntityRef| one.kind.eq_ignore_ascii_case("user"))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Reads base64 with the letters for addresses, without padding (RFC 7515).
fn decode(text: &str) -> Option<Vec<u8>> {
    let (mut bits, mut held, mut out) = (0u32, 0u32, Vec::with_capacity(text.len() * 3 / 4));
    for byte in text.trim_end_matches('=').bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' | b'+' => 62,
            b'_' | b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push(u8::try_from(bits >> held).ok()?);
            bits &= (1 << held) - 1;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_prints_a_token() {
        let token = Token::new(" Bearer abc.def \n").expect("a token");
        assert_eq!((token.secret(), format!("{token:?}").as_str()), ("abc.def", "Token(…)"));
        assert!(!format!("{:?}", token.header().expect("a header")).contains("abc"));
        assert_eq!([Token::new(""), Token::new("a b"), Token::new("a\nb"), Token::new("ä")], [const { None }; 4]);
    }

    #[test]
    fn a_persons_token_names_the_person() {
        // {"sub":"user:default/ines"}
        let token = Token::new("e30.eyJzdWIiOiJ1c2VyOmRlZmF1bHQvaW5lcyJ9.x").expect("a token");
        assert_eq!(token.user().map(|user| user.to_string()).as_deref(), Some("user:default/ines"));
        for other in ["static", "a.b.c", "e30.e30.x", "..."] {
            assert_eq!(Token::new(other).and_then(|token| token.user()), None, "{other}");
        }
    }
}
