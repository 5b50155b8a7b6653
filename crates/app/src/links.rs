//! Addresses outside Waymark, and what people are shown of them before they open.

pub mod deep;

use crate::AppError;

/// An address that may be opened outside, after the person agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutsideLink {
    /// The address as it will be opened.
    pub url: String,
    /// The host, or the mail address.
    pub host: String,
    /// The address with everything visible that could deceive: controls, direction marks, and hosts
    /// that are not plain ASCII are printed as code points.
    pub shown: String,
}

/// Longest address that is opened, in bytes.
const LONGEST: usize = 4_096;

/// Accepts `http`, `https` and `mailto` and nothing else.
///
/// # Errors
///
/// [`AppError::LinkRefused`] with the reason.
pub fn outside(url: &str) -> Result<OutsideLink, AppError> {
    let refuse = |why: &'static str| AppError::LinkRefused { why };
    if url.len() > LONGEST {
        return Err(refuse("it is too long"));
    }
    if url.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(refuse("it contains blanks or control characters"));
    }
    let (scheme, rest) = url.split_once(':').ok_or_else(|| refuse("it names no scheme"))?;
    let host = match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => {
            let authority = rest.strip_prefix("//").ok_or_else(|| refuse("it names no host"))?;
            let authority = authority.split(['/', '?', '#', '\\']).next().unwrap_or_default();
            // What stands before `@` looks like a host and is none.
            authority.rsplit('@').next().unwrap_or_default().to_owned()
        }
        "mailto" => rest.split('?').next().unwrap_or_default().to_owned(),
        _ => return Err(refuse("only http, https and mailto addresses are opened")),
    };
    if host.is_empty() {
        return Err(refuse("it names no host"));
    }
    Ok(OutsideLink { url: url.to_owned(), host: make_visible(&host), shown: make_visible(url) })
}

/// Prints what is not plain ASCII as code points, so that look-alike letters and direction marks show.
fn make_visible(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut shown, c| {
        if c.is_ascii_graphic() {
            shown.push(c);
        } else {
            shown.push_str(&format!("\\u{{{:04x}}}", u32::from(c)));
        }
        shown
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_real_host_is_shown() {
        let link = outside("https://bank.example@evil.example/login?a=b").expect("an address");
        assert_eq!(link.host, "evil.example");
        let link = outside("https://xn--pple-43d.com").expect("an address");
        assert_eq!(link.host, "xn--pple-43d.com");
        let link = outside("https://\u{430}pple.com/\u{202e}gpj").expect("an address");
        assert_eq!(link.host, "\\u{0430}pple.com");
        assert_eq!(outside("mailto:a@b.example?subject=x").expect("an address").host, "a@b.example");
    }

    #[test]
    fn other_schemes_are_refused() {
        for url in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,hi",
            "waymark-doc://localhost/x",
            "ftp://a",
            "https:",
            "https://",
            "//a.example",
            "example",
            "https://a.example/\nx",
            "HTTPS:///x",
        ] {
            assert!(outside(url).is_err(), "{url}");
        }
    }
}
