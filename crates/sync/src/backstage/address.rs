//! Where a Backstage is.

use std::{fmt, net::IpAddr};

use reqwest::Url;

/// The address of a Backstage: scheme, host, port, and perhaps a path that it is served below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Url);

/// Why an address is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    /// It is no web address.
    #[error("this is no web address; it begins with https://")]
    NoAddress,
    /// The token would cross the network readably.
    #[error("this address is not encrypted; use https:// (http:// works for this machine only)")]
    Unencrypted,
    /// It has a user name or a password in it.
    #[error("leave user name and password out of the address; the token goes into its own field")]
    Credentials,
}

impl Address {
    /// Reads what a person typed: a missing scheme is `https`, and what stands behind the front page's path
    /// (`/catalog`, `/docs/…`) is not kept.
    ///
    /// # Errors
    ///
    /// [`BadAddress`] says what is wrong.
    pub fn parse(typed: &str) -> Result<Self, BadAddress> {
        let typed = typed.trim();
        let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
        let mut url = Url::parse(&whole).map_err(|_| BadAddress::NoAddress)?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(BadAddress::NoAddress)?.to_owned();
        match url.scheme() {
            "https" => {}
            "http" if is_this_machine(&host) => {}
            "http" => return Err(BadAddress::Unencrypted),
            _ => return Err(BadAddress::NoAddress),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BadAddress::Credentials);
        }
        url.set_query(None);
        url.set_fragment(None);
        let path = url.path().to_owned();
        let known = ["/catalog", "/docs", "/api", "/settings", "/home"];
        let end = known.iter().filter_map(|page| path.find(&format!("{page}/")).or_else(|| ends(&path, page))).min();
        url.set_path(path[..end.unwrap_or(path.len())].trim_end_matches('/'));
        Ok(Self(url))
    }

    /// The address of an endpoint; `segments` are encoded as they need to be.
    pub(super) fn join<'s>(&self, segments: impl IntoIterator<Item = &'s str>) -> Url {
        let mut url = self.0.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }

    /// Scheme, host and port, without a slash at the end.
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// Host and port, as people know the server.
    pub fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// The path that it is served below, without a slash at the end; empty at the root.
    pub fn path(&self) -> &str {
        self.0.path().trim_end_matches('/')
    }
}

fn ends(path: &str, page: &str) -> Option<usize> {
    path.ends_with(page).then(|| path.len() - page.len())
}

pub(crate) fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_paste_becomes_the_address_of_the_server() {
        for (typed, expected) in [
            ("backstage.example", "https://backstage.example"),
            (" https://backstage.example/ ", "https://backstage.example"),
            ("https://Backstage.example/docs/default/component/x/?a=b#c", "https://backstage.example"),
            ("https://example.com/portal/catalog", "https://example.com/portal"),
            ("http://localhost:7007", "http://localhost:7007"),
            ("http://[::1]:7007/api", "http://[::1]:7007"),
        ] {
            assert_eq!(Address::parse(typed).map(|one| one.to_string()), Ok(expected.to_owned()), "{typed}");
        }
        let portal = Address::parse("https://example.com/portal").expect("an address");
        assert_eq!(portal.join(["api", "a b", ".."]).as_str(), "https://example.com/portal/api/a%20b");
    }

    #[test]
    fn a_token_never_goes_to_an_address_that_others_can_read() {
        for (typed, expected) in [
            ("http://backstage.example", BadAddress::Unencrypted),
            ("http://localhost.example", BadAddress::Unencrypted),
            ("http://127.0.0.1.example:80", BadAddress::Unencrypted),
            ("https://a:b@backstage.example", BadAddress::Credentials),
            ("ftp://backstage.example", BadAddress::NoAddress),
            ("https://", BadAddress::NoAddress),
            ("", BadAddress::NoAddress),
        ] {
            assert_eq!(Address::parse(typed), Err(expected), "{typed}");
        }
    }
}
