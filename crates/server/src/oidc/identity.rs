//! Who the provider says it is, once that was checked.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use openidconnect::{
    Nonce, OAuth2TokenResponse as _, TokenResponse as _,
    core::{
        CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier, CoreJwsSigningAlgorithm as Alg, CoreTokenResponse,
        CoreUserInfoClaims,
    },
};

use super::{error::OidcError, http::IdpHttp, provider::Client, settings::Addresses};
use crate::error::chain;

/// Signatures that are believed: by a private key of the provider's. A shared secret (HS…) and none are not
/// among them, whatever the provider or a token says.
const ALGORITHMS: [Alg; 9] = [
    Alg::RsaSsaPkcs1V15Sha256,
    Alg::RsaSsaPkcs1V15Sha384,
    Alg::RsaSsaPkcs1V15Sha512,
    Alg::RsaSsaPssSha256,
    Alg::RsaSsaPssSha384,
    Alg::RsaSsaPssSha512,
    Alg::EcdsaP256Sha256,
    Alg::EcdsaP384Sha384,
    Alg::EdDsa,
];

/// Seconds by which the clocks of the provider and of this server may differ.
const SKEW: i64 = 120;

/// Somebody as the provider knows them.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The provider.
    pub issuer: String,
    /// Who, there: for ever the same, and nobody else's.
    pub subject: String,
    /// The e-mail address, where it counts ([`Addresses`]).
    pub email: Option<String>,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identity").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

impl Identity {
    /// Checks the ID token of an answer. Where it has no e-mail address, the provider is asked for it.
    pub(super) async fn of(
        client: &Client,
        http: &IdpHttp,
        answer: &CoreTokenResponse,
        nonce: Option<&Nonce>,
        addresses: Addresses,
        now: Timestamp,
    ) -> Result<Self, OidcError> {
        let token = answer.id_token().ok_or(OidcError::Incomplete("it has no ID token"))?;
        let claims = claims(client.id_token_verifier(), token, nonce, now)?;
        let (mut email, mut verified) = (claims.email().cloned(), claims.email_verified());
        if email.is_none()
            && let Ok(request) = client.user_info(answer.access_token().clone(), Some(claims.subject().clone()))
        {
            let info: CoreUserInfoClaims =
                request.request_async(http).await.map_err(|error| OidcError::Provider(chain(&error)))?;
            (email, verified) = (info.email().cloned(), info.email_verified());
        }
        if email.is_some() && verified.is_none() && !addresses.count(verified) {
            tracing::warn!(
                "the identity provider gives an e-mail address without email_verified, so it does not count; see \
                 --oidc-trust-addresses"
            );
        }
        let email = email.filter(|_| addresses.count(verified)).map(|email| email.trim().to_lowercase());
        Ok(Self {
            issuer: claims.issuer().to_string(),
            subject: claims.subject().to_string(),
            email: email.filter(|email| !email.is_empty()),
        })
    }
}

/// What an ID token says, if it holds: signature, issuer, audience, times and nonce. `nonce` is `None` where
/// nothing was asked with one, as with a device code.
pub(super) fn claims<'t>(
    verifier: CoreIdTokenVerifier<'_>,
    token: &'t CoreIdToken,
    nonce: Option<&Nonce>,
    now: Timestamp,
) -> Result<&'t CoreIdTokenClaims, OidcError> {
    let at = |seconds: i64| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.max(0) as u64);
    let moment = now.as_second();
    let verifier = verifier
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || at(moment - SKEW).into())
        .set_issue_time_verifier_fn(move |issued| match SystemTime::from(issued) > at(moment + SKEW) {
            true => Err("it is of the future".to_owned()),
            false => Ok(()),
        });
    let checked = match nonce {
        Some(nonce) => token.claims(&verifier, nonce),
        None => token.claims(&verifier, |_: Option<&Nonce>| Ok(())),
    };
    checked.map_err(OidcError::Token)
}
