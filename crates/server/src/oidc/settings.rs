//! Which identity provider.

use std::{env, fs};

use anyhow::{Context, bail};
use openidconnect::{ClientId, ClientSecret, IssuerUrl};

use crate::usecase::sinks::{Targets, check};

/// Environment variable with the client's secret; with `_FILE` behind it, with the name of a file that has it.
const SECRET: &str = "WAYMARK_OIDC_CLIENT_SECRET";

/// The company's identity provider, on the command line.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct OidcArgs {
    /// The company's identity provider, by its issuer: `https://login.example.org`. People then sign in with their
    /// company's account too. A confidential client's secret goes into `WAYMARK_OIDC_CLIENT_SECRET`, or into the file
    /// that `WAYMARK_OIDC_CLIENT_SECRET_FILE` names.
    #[arg(long, value_name = "ISSUER", requires = "oidc_client_id")]
    oidc_issuer: Option<String>,
    /// What the identity provider calls this server.
    #[arg(long, value_name = "ID", requires = "oidc_issuer")]
    oidc_client_id: Option<String>,
    /// E-mail addresses count also where the identity provider does not say whether it verified them (no
    /// `email_verified`, as with Entra ID). Only for one at which nobody chooses their own address: with somebody
    /// else's they would be let in as that person. An address that it calls unverified is refused all the same.
    #[arg(long, requires = "oidc_issuer")]
    oidc_trust_addresses: bool,
    /// The identity provider may lie in a private network, and on this machine without TLS.
    #[arg(long, requires = "oidc_issuer")]
    allow_private_oidc: bool,
}

/// Which of the provider's e-mail addresses count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Addresses {
    /// Those that it says it verified.
    Verified,
    /// Those as well of which it does not say; whoever runs the server knows that nobody chooses their own.
    Trusted,
}

impl Addresses {
    /// Whether an address counts with which `email_verified` came, or did not.
    pub(crate) fn count(self, email_verified: Option<bool>) -> bool {
        email_verified.unwrap_or(self == Self::Trusted)
    }
}

/// An identity provider and what this server is there.
#[derive(Clone)]
pub(crate) struct OidcSettings {
    /// The issuer, exactly as its tokens name it.
    pub issuer: IssuerUrl,
    /// The client.
    pub client: ClientId,
    /// Its secret; a public client has none.
    pub secret: Option<ClientSecret>,
    /// Which network addresses the provider may have.
    pub targets: Targets,
    /// Which e-mail addresses count.
    pub addresses: Addresses,
}

impl OidcArgs {
    /// What was said on the command line and in the environment; `None` where there is no provider.
    ///
    /// # Errors
    /// Where the issuer is no address that may be called, or the secret's file cannot be read.
    pub(crate) fn settings(&self) -> anyhow::Result<Option<OidcSettings>> {
        let (Some(issuer), Some(client)) = (&self.oidc_issuer, &self.oidc_client_id) else { return Ok(None) };
        let targets = if self.allow_private_oidc { Targets::Any } else { Targets::Public };
        let secret = secret()?;
        let settings = OidcSettings::checked(issuer, client, secret, targets).context("--oidc-issuer")?;
        let addresses = if self.oidc_trust_addresses { Addresses::Trusted } else { Addresses::Verified };
        Ok(Some(OidcSettings { addresses, ..settings }))
    }
}

impl OidcSettings {
    /// Settings whose issuer may be called; of its e-mail addresses the verified ones count.
    ///
    /// # Errors
    /// Where it may not.
    pub(crate) fn checked(
        issuer: &str,
        client: &str,
        secret: Option<String>,
        targets: Targets,
    ) -> anyhow::Result<Self> {
        let url = check(issuer, targets).map_err(|error| {
            let text = error.to_string().replace("--allow-private-sinks", "--allow-private-oidc");
            anyhow::anyhow!("{issuer} cannot be used: {text}")
        })?;
        // Without TLS only what does not cross the network.
        let here = ["localhost", "127.0.0.1", "[::1]"].contains(&url.host_str().unwrap_or_default());
        if url.scheme() != "https" && !here {
            bail!("{issuer} is not encrypted; use https://");
        }
        if url.query().is_some() || url.fragment().is_some() {
            bail!("{issuer} is no issuer: it has a ? or a # in it");
        }
        let client = client.trim();
        if client.is_empty() {
            bail!("--oidc-client-id is empty");
        }
        Ok(Self {
            issuer: IssuerUrl::new(issuer.trim().to_owned())?,
            client: ClientId::new(client.to_owned()),
            secret: secret.map(ClientSecret::new),
            targets,
            addresses: Addresses::Verified,
        })
    }
}

/// The client's secret. It is on no command line, which everybody on the machine can read.
fn secret() -> anyhow::Result<Option<String>> {
    let text = match (env::var(SECRET), env::var(format!("{SECRET}_FILE"))) {
        (Ok(text), _) => text,
        (_, Ok(path)) => fs::read_to_string(&path).with_context(|| format!("could not read {path} ({SECRET}_FILE)"))?,
        _ => return Ok(None),
    };
    let text = text.trim().to_owned();
    Ok((!text.is_empty()).then_some(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trust_stands_in_for_a_word_that_is_missing_and_never_against_one() {
        let counts = |addresses: Addresses| [Some(true), None, Some(false)].map(|said| addresses.count(said));
        assert_eq!(counts(Addresses::Verified), [true, false, false]);
        assert_eq!(counts(Addresses::Trusted), [true, true, false]);
    }

    #[test]
    fn an_issuer_is_encrypted_or_on_this_machine_and_nothing_else() {
        let checked = |issuer: &str, targets| OidcSettings::checked(issuer, "waymark", None, targets);
        assert!(checked("https://login.example.org/realms/corvane", Targets::Public).is_ok());
        assert!(checked("http://127.0.0.1:9000", Targets::Any).is_ok());
        for (issuer, targets) in [
            ("http://login.example.org", Targets::Public),
            ("http://login.example.org", Targets::Any),
            ("https://10.0.0.1", Targets::Public),
            ("http://127.0.0.1:9000", Targets::Public),
            ("login.example.org", Targets::Public),
            ("https://a:b@login.example.org", Targets::Public),
            ("https://login.example.org/?a=b", Targets::Public),
            ("https://login.example.org/#a", Targets::Public),
        ] {
            assert!(checked(issuer, targets).is_err(), "{issuer}");
        }
        assert!(OidcSettings::checked("https://login.example.org", " ", None, Targets::Public).is_err());
    }
}
