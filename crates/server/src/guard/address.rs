//! Whose connection it is.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};

use crate::{error::ApiError, state::State};

/// The other end of the connection; the listener puts it into each request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub SocketAddr);

/// Proxies of the company. Only what one of them says about a client's address is believed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Proxies(pub Vec<IpAddr>);

/// The client's address: the peer's, or what a trusted proxy says. Never logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Address(pub IpAddr);

impl Proxies {
    /// The address nearest to us that is none of ours: whatever stands before it in the header, anybody can write.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        if !self.0.contains(&peer) {
            return peer;
        }
        let values: Vec<&str> =
            headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).collect();
        let mut nearest = peer;
        for word in values.join(",").rsplit(',') {
            let Ok(address) = word.trim().parse::<IpAddr>() else { break };
            nearest = address;
            if !self.0.contains(&address) {
                break;
            }
        }
        nearest
    }
}

impl FromRequestParts<State> for Address {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, ApiError> {
        let peer = parts.extensions.get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip());
        Ok(Self(state.proxies().client(peer, &parts.headers)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_about_its_own_peer() {
        let ip = |text: &str| text.parse::<IpAddr>().expect("an address");
        let proxies = Proxies(vec![ip("10.0.0.1"), ip("10.0.0.2")]);
        let client = |peer: &str, header: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", header.parse().expect("a header"));
            proxies.client(ip(peer), &headers)
        };
        assert_eq!(client("203.0.113.9", "198.51.100.1"), ip("203.0.113.9"));
        assert_eq!(client("10.0.0.1", "198.51.100.1"), ip("198.51.100.1"));
        assert_eq!(client("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2"), ip("198.51.100.1"));
        assert_eq!(client("10.0.0.1", "nonsense"), ip("10.0.0.1"));
    }
}
