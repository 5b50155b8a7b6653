//! Signing in through the company's identity provider (`OpenID` Connect): one issuer, which whoever runs the server
//! names.
//!
//! The server alone talks to the provider, for browsers and for devices without one, so an ID token never leaves
//! it and the client's secret lies in one place. What the provider says is believed after signature, issuer,
//! audience, nonce and times were checked, and then it says who, and not what they may do.
//!
//! **Absent:** who that is in the organisation (`usecase::sign_in`), and what is stored.

mod device;
mod error;
mod http;
mod identity;
mod provider;
mod settings;
#[cfg(test)]
mod tests;

pub(crate) use error::OidcError;
pub(crate) use identity::Identity;
pub(crate) use provider::Provider;
pub(crate) use settings::OidcArgs;
