//! What a browser brings back, read byte by byte as something that any program on this machine may have sent.

use reqwest::Url;

/// Where the browser comes back to, on the listener's port.
pub(super) const PATH: &str = "/callback";
/// Bytes of a request's head, at most. A code has some hundred; cookies of other programs on this host come along.
pub(super) const LONGEST: usize = 16 * 1024;
/// Characters of a code, at most.
const LONGEST_CODE: usize = 2_048;

/// What an answer must match.
#[derive(Clone, Debug)]
pub struct Expected {
    /// Host and port of the listener, as the browser names it.
    pub host: String,
    /// This sign-in's state.
    pub state: String,
    /// The identity provider.
    pub issuer: String,
    /// Whether the provider always names itself (RFC 9207).
    pub names_itself: bool,
}

/// What a request is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// Not all of it is here yet.
    Partial,
    /// Nothing of this sign-in's; answered with this status, and otherwise passed over.
    Other(u16),
    /// The answer.
    Answer(Callback),
}

/// The provider's answer, by way of the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Callback {
    /// The person signed in.
    Code {
        /// What the server exchanges.
        code: String,
        /// The provider, where it names itself.
        iss: Option<String>,
    },
    /// The person, or the provider, said no; the provider's word for it.
    Denied(String),
    /// The answer is another provider's: this sign-in was mixed up with another one.
    AnotherIssuer,
}

/// Reads a request. Only one that knows this sign-in's state is the answer; whoever does not know it cannot end the
/// sign-in either.
pub fn read(bytes: &[u8], expected: &Expected) -> Read {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
        return if bytes.len() >= LONGEST { Read::Other(431) } else { Read::Partial };
    };
    if end > LONGEST {
        return Read::Other(431);
    }
    let Some(head) = bytes.get(..end).and_then(|head| std::str::from_utf8(head).ok()) else {
        return Read::Other(400);
    };
    let mut lines = head.split("\r\n");
    let words: Vec<&str> = lines.next().unwrap_or_default().split(' ').collect();
    let [method, target, "HTTP/1.1" | "HTTP/1.0"] = words.as_slice() else { return Read::Other(400) };
    let hosts: Vec<&str> = lines
        .filter_map(|line| line.split_once(':'))
        .filter(|(name, _)| name.eq_ignore_ascii_case("host"))
        .map(|(_, value)| value.trim())
        .collect();
    // A page elsewhere whose name was made to lead here does not speak for this machine.
    if hosts != [expected.host.as_str()] {
        return Read::Other(421);
    }
    if *method != "GET" {
        return Read::Other(405);
    }
    match target.split_once('?') {
        Some((PATH, query)) => answer(query, expected).map_or(Read::Other(400), Read::Answer),
        None if *target == PATH => Read::Other(400),
        _ => Read::Other(404),
    }
}

/// Reads the parameters; `None` where they are not this sign-in's.
fn answer(query: &str, expected: &Expected) -> Option<Callback> {
    let mut url = Url::parse("http://127.0.0.1/").ok()?;
    url.set_query(Some(query));
    let (mut state, mut code, mut error, mut iss) = (None, None, None, None);
    for (name, value) in url.query_pairs() {
        let place = match &*name {
            "state" => &mut state,
            "code" => &mut code,
            "error" => &mut error,
            "iss" => &mut iss,
            // Providers add words of their own, which mean nothing here (RFC 6749, section 4.1.2).
            _ => continue,
        };
        // Each is there once (RFC 6749, section 3.1); with two of them, two programs would read two answers.
        if place.replace(value.into_owned()).is_some() {
            return None;
        }
    }
    if state.as_deref() != Some(expected.state.as_str()) {
        return None;
    }
    match &iss {
        Some(iss) if *iss != expected.issuer => return Some(Callback::AnotherIssuer),
        None if expected.names_itself => return Some(Callback::AnotherIssuer),
        _ => {}
    }
    match (code, error) {
        (Some(code), None) if is_plain(&code, LONGEST_CODE) => Some(Callback::Code { code, iss }),
        (None, Some(error)) if is_plain(&error, 100) => Some(Callback::Denied(error)),
        _ => None,
    }
}

/// Letters, digits and signs, as codes are made of (RFC 6749, appendix A.11).
fn is_plain(text: &str, longest: usize) -> bool {
    (1..=longest).contains(&text.len()) && text.bytes().all(|byte| (0x20..=0x7e).contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expected() -> Expected {
        Expected {
            host: "127.0.0.1:49152".to_owned(),
            state: "the-state-of-this-sign-in".to_owned(),
            issuer: "https://login.corvane.example".to_owned(),
            names_itself: true,
        }
    }

    fn asked(target: &str) -> Read {
        let request = format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:49152\r\nAccept: */*\r\n\r\n");
        read(request.as_bytes(), &expected())
    }

    const ISS: &str = "iss=https%3A%2F%2Flogin.corvane.example";
    const STATE: &str = "state=the-state-of-this-sign-in";

    #[test]
    fn the_answer_of_this_sign_in_is_read() {
        let code = asked(&format!("/callback?code=a%2Fb&{STATE}&{ISS}&session_state=1"));
        let iss = Some("https://login.corvane.example".to_owned());
        assert_eq!(code, Read::Answer(Callback::Code { code: "a/b".to_owned(), iss }));
        let denied = asked(&format!("/callback?error=access_denied&error_description=no&{STATE}&{ISS}"));
        assert_eq!(denied, Read::Answer(Callback::Denied("access_denied".to_owned())));
    }

    #[test]
    fn the_answer_of_another_provider_ends_the_sign_in() {
        for query in [
            format!("code=a&{STATE}"),
            format!("code=a&{STATE}&iss=https%3A%2F%2Fevil.example"),
            format!("error=access_denied&{STATE}&iss=https%3A%2F%2Flogin.corvane.example%2F"),
        ] {
            assert_eq!(asked(&format!("/callback?{query}")), Read::Answer(Callback::AnotherIssuer), "{query}");
        }
        let silent = Expected { names_itself: false, ..expected() };
        let request = format!("GET /callback?code=a&{STATE} HTTP/1.1\r\nHost: 127.0.0.1:49152\r\n\r\n");
        let code = Read::Answer(Callback::Code { code: "a".to_owned(), iss: None });
        assert_eq!(read(request.as_bytes(), &silent), code, "where the provider never names itself");
    }

    #[test]
    fn whoever_does_not_know_the_state_neither_answers_nor_ends_the_sign_in() {
        for (target, status) in [
            (format!("/callback?code=a&state=another&{ISS}"), 400),
            (format!("/callback?code=a&state=&{ISS}"), 400),
            (format!("/callback?code=a&{ISS}"), 400),
            (format!("/callback?code=a&code=b&{STATE}&{ISS}"), 400),
            (format!("/callback?code=a&{STATE}&{STATE}&{ISS}"), 400),
            (format!("/callback?code=a&error=b&{STATE}&{ISS}"), 400),
            (format!("/callback?code=&{STATE}&{ISS}"), 400),
            (format!("/callback?code=a%0d%0ab&{STATE}&{ISS}"), 400),
            (format!("/callback?code={}&{STATE}&{ISS}", "a".repeat(3_000)), 400),
            (format!("/callback#code=a&{STATE}&{ISS}"), 404),
            ("/callback".to_owned(), 400),
            ("/favicon.ico".to_owned(), 404),
            (format!("/callback/?code=a&{STATE}&{ISS}"), 404),
            (format!("http://127.0.0.1:49152/callback?code=a&{STATE}&{ISS}"), 404),
        ] {
            assert_eq!(asked(&target), Read::Other(status), "{target}");
        }
        let whole = |head: String| read(head.as_bytes(), &expected());
        let good = format!("/callback?code=a&{STATE}&{ISS}");
        assert_eq!(whole(format!("GET {good} HTTP/1.1\r\nHost: evil.example\r\n\r\n")), Read::Other(421));
        assert_eq!(whole(format!("GET {good} HTTP/1.1\r\n\r\n")), Read::Other(421));
        let post = format!("POST {good} HTTP/1.1\r\nHost: 127.0.0.1:49152\r\n\r\n");
        assert_eq!(whole(post), Read::Other(405));
        assert_eq!(whole("\x16\x03\x01\r\n\r\n".to_owned()), Read::Other(400), "TLS");
        assert_eq!(whole("GET /callback?code=a".to_owned()), Read::Partial);
        assert_eq!(whole("A".repeat(LONGEST)), Read::Other(431));
    }
}
