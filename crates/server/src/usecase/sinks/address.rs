//! Which addresses the server may call (`security.md`, section 11): a sink is an address that somebody wrote,
//! and the server stands inside the company's network.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use reqwest::{
    Url,
    dns::{Addrs, Name, Resolve, Resolving},
};

/// Which targets are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Targets {
    /// Public addresses only, over TLS.
    Public,
    /// Private and loopback ones too, and there without TLS: `--allow-private-sinks`.
    Any,
}

/// Why an address is not called.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadTarget {
    /// It is no web address.
    #[error("this is no web address; it begins with https://")]
    NoAddress,
    /// Everybody on the way could read it.
    #[error("this address is not encrypted; use https://")]
    Unencrypted,
    /// It has a user name or a password in it.
    #[error("leave user name and password out of the address; receivers check the signature")]
    Credentials,
    /// It lies in a private network, or on this machine.
    #[error("{0} is a private address; start the server with --allow-private-sinks if it is meant")]
    Private(IpAddr),
    /// The name leads nowhere.
    #[error("the name {0} leads to no address")]
    Unknown(String),
}

/// Reads an address, as far as it can be judged without asking for its name.
///
/// # Errors
/// [`BadTarget`] says what is wrong.
pub(crate) fn check(text: &str, targets: Targets) -> Result<Url, BadTarget> {
    let url = Url::parse(text.trim()).map_err(|_| BadTarget::NoAddress)?;
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or(BadTarget::NoAddress)?;
    match (url.scheme(), targets) {
        ("https", _) | ("http", Targets::Any) => {}
        ("http", Targets::Public) => return Err(BadTarget::Unencrypted),
        _ => return Err(BadTarget::NoAddress),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(BadTarget::Credentials);
    }
    // An address that is written as a number is never asked for, so the resolver below does not see it.
    let literal = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    match literal {
        Ok(address) if targets == Targets::Public && is_private(address) => Err(BadTarget::Private(address)),
        _ => Ok(url),
    }
}

/// Resolves names and hands out only addresses that may be called. The connection is made to exactly what this
/// gave, so a name that answers differently the second time gains nothing.
#[derive(Clone, Debug)]
pub(crate) struct Guard(pub Targets);

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let targets = self.0;
        Box::pin(async move {
            let found = resolve(name.as_str(), targets).await?;
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

impl Guard {
    /// As the client wants it.
    pub(crate) fn shared(targets: Targets) -> Arc<Self> {
        Arc::new(Self(targets))
    }
}

async fn resolve(name: &str, targets: Targets) -> Result<Vec<SocketAddr>, BadTarget> {
    let unknown = || BadTarget::Unknown(name.to_owned());
    let found: Vec<SocketAddr> = tokio::net::lookup_host((name, 0)).await.map_err(|_| unknown())?.collect();
    let Some(first) = found.first().copied() else { return Err(unknown()) };
    let allowed: Vec<SocketAddr> =
        found.into_iter().filter(|one| targets == Targets::Any || !is_private(one.ip())).collect();
    if allowed.is_empty() { Err(BadTarget::Private(first.ip())) } else { Ok(allowed) }
}

/// Whether an address is not one of the public internet's: loopback, private, link-local (with the metadata
/// services of clouds), shared, documentation, benchmarks, multicast, reserved, and IPv6 forms of such ones.
pub(crate) fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => is_private_v6(address),
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b))
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    let embedded = match segments {
        // ::ffff:a.b.c.d, ::a.b.c.d, and 64:ff9b::a.b.c.d
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some((high, low)),
        // 2002:ab:cd::
        [0x2002, high, low, ..] => Some((high, low)),
        _ => None,
    };
    let v4 = embedded.map(|(high, low)| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Ipv4Addr::new(a, b, c, d)
    });
    address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || address.is_unique_local()
        || address.is_unicast_link_local()
        // Site-local, which is history, documentation, and 64:ff9b:1::/48 for networks of one's own.
        || (segments[0] & 0xffc0) == 0xfec0
        || (segments[0] == 0x2001 && segments[1] == 0x0db8)
        || (segments[0] == 0x64 && segments[1] == 0xff9b && segments[2] == 1)
        || v4.is_some_and(is_private_v4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_known_in_every_spelling() {
        for private in [
            "127.0.0.1",
            "127.8.8.8",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "0.1.2.3",
            "192.0.0.8",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
            "::ffff:10.0.0.1",
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "64:ff9b:1::1",
        ] {
            assert!(is_private(private.parse().expect(private)), "{private}");
        }
        for public in
            ["1.1.1.1", "8.8.8.8", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
        {
            assert!(!is_private(public.parse().expect(public)), "{public}");
        }
    }

    #[test]
    fn addresses_are_judged_before_anything_is_called() {
        let judged = |text: &str| check(text, Targets::Public).map(|url| url.to_string());
        assert_eq!(judged("https://hooks.example/a?b=c").as_deref(), Ok("https://hooks.example/a?b=c"));
        for (text, expected) in [
            ("http://hooks.example", BadTarget::Unencrypted),
            ("ftp://hooks.example", BadTarget::NoAddress),
            ("hooks.example", BadTarget::NoAddress),
            ("https://a:b@hooks.example", BadTarget::Credentials),
            ("https://10.0.0.1", BadTarget::Private([10, 0, 0, 1].into())),
            // URLs know more spellings of numbers than people do.
            ("https://0x7f000001", BadTarget::Private([127, 0, 0, 1].into())),
            ("https://2130706433/", BadTarget::Private([127, 0, 0, 1].into())),
            ("https://[::ffff:127.0.0.1]/", BadTarget::Private("::ffff:127.0.0.1".parse().expect("an address"))),
        ] {
            assert_eq!(judged(text), Err(expected), "{text}");
        }
        assert!(check("http://127.0.0.1:9", Targets::Any).is_ok());
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_not_called() {
        let inside = resolve("localhost", Targets::Public).await;
        assert!(matches!(inside, Err(BadTarget::Private(address)) if address.is_loopback()), "{inside:?}");
        assert!(resolve("localhost", Targets::Any).await.is_ok());
    }
}
