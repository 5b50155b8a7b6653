//! Where a team's server is: encrypted, or on this machine.

use std::fmt;

use reqwest::Url;

use crate::backstage::address::is_this_machine;

/// Where a team's server is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerAddress(Url);

/// Why an address is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadServerAddress {
    /// It is no web address.
    #[error("this is no address of a server; one looks like https://waymark.example.com")]
    NoAddress,
    /// What people do would cross the network readably.
    #[error("this address is not encrypted; use https:// (http:// works for a server on this computer only)")]
    Unencrypted,
}

impl ServerAddress {
    /// Reads what a person typed; a missing scheme is `https`.
    ///
    /// # Errors
    /// [`BadServerAddress`] says what is wrong.
    pub fn parse(typed: &str) -> Result<Self, BadServerAddress> {
        let typed = typed.trim();
        let whole = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
        let mut url = Url::parse(&whole).map_err(|_| BadServerAddress::NoAddress)?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(BadServerAddress::NoAddress)?;
        match url.scheme() {
            "https" => {}
            "http" if is_this_machine(host) => {}
            "http" => return Err(BadServerAddress::Unencrypted),
            _ => return Err(BadServerAddress::NoAddress),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BadServerAddress::NoAddress);
        }
        url.set_query(None);
        url.set_fragment(None);
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self(url))
    }

    /// Whether the connection stays on this machine and is not encrypted.
    pub fn is_plain_loopback(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// Host and port, as people know the server.
    pub fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    pub(super) fn join<'s>(&self, segments: impl IntoIterator<Item = &'s str>) -> Url {
        let mut url = self.0.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }
}

impl fmt::Display for ServerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}
