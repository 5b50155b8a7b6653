//! ID tokens of a real provider (npm's `oidc-provider`), held against every check.

use jiff::{SignedDuration, Timestamp};
use openidconnect::{
    AuthorizationCode, ClaimsVerificationError as Bad, Nonce, PkceCodeVerifier, RedirectUrl, TokenResponse as _,
    core::CoreIdToken,
};
use waymark_api::http::oidc::StartSignIn;

use super::{OidcError, Provider, identity::claims, settings::OidcSettings};
use crate::usecase::sinks::Targets;

#[path = "../../../../tests/oidc/provider.rs"]
#[allow(dead_code, unreachable_pub, reason = "other tests use the same file")]
mod outside;

use outside::{Browser, IdentityProvider, parameter};

const REDIRECT: &str = "http://127.0.0.1:49152/callback";
/// The example of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const NONCE: &str = "nonce-of-this-sign-in";

fn provider(outside: &IdentityProvider, client: &str, secret: Option<&str>) -> Provider {
    let secret = secret.map(str::to_owned);
    let settings = OidcSettings::checked(&outside.issuer, client, secret, Targets::Any).expect("settings");
    Provider::new(settings).expect("a client")
}

/// Signs in as somebody and takes the ID token out of the answer.
async fn token(provider: &Provider, login: &str) -> CoreIdToken {
    let wanted = StartSignIn {
        redirect: REDIRECT.to_owned(),
        challenge: CHALLENGE.to_owned(),
        state: "state-of-this-sign-in".to_owned(),
        nonce: NONCE.to_owned(),
    };
    let address = provider.address(&wanted).await.expect("an address");
    assert!(address.names_itself);
    let back = Browser::default().signs_in(&address.url, login);
    assert_eq!(parameter(&back, "iss").as_deref(), Some(provider.issuer()));
    assert_eq!(parameter(&back, "state").as_deref(), Some("state-of-this-sign-in"));
    let metadata = provider.metadata().await.expect("metadata");
    let answer = provider
        .client(&metadata)
        .exchange_code(AuthorizationCode::new(parameter(&back, "code").expect("a code")))
        .expect("an endpoint")
        .set_pkce_verifier(PkceCodeVerifier::new(VERIFIER.to_owned()))
        .set_redirect_uri(std::borrow::Cow::Owned(RedirectUrl::new(REDIRECT.to_owned()).expect("an address")))
        .request_async(&provider.http)
        .await
        .expect("tokens");
    answer.id_token().expect("an ID token").clone()
}

/// Holds a token against what `provider` expects.
async fn checked(provider: &Provider, token: &CoreIdToken, nonce: &str, now: Timestamp) -> Result<String, OidcError> {
    let metadata = provider.metadata().await?;
    let client = provider.client(&metadata);
    let nonce = Nonce::new(nonce.to_owned());
    claims(client.id_token_verifier(), token, Some(&nonce), now).map(|claims| claims.subject().to_string())
}

#[tokio::test]
async fn a_token_holds_for_this_server_this_sign_in_and_its_time_alone() {
    let Some(outside) = IdentityProvider::start() else { return };
    let here = provider(&outside, "waymark", None);
    let now = crate::serve::now();
    let good = token(&here, "ada@corvane.example").await;
    assert_eq!(checked(&here, &good, NONCE, now).await.expect("it holds"), "ada@corvane.example");

    let wrong_nonce = checked(&here, &good, "nonce-of-another-sign-in", now).await;
    assert!(matches!(wrong_nonce, Err(OidcError::Token(Bad::InvalidNonce(_)))), "{wrong_nonce:?}");

    let elsewhere = provider(&outside, "somebody-else", None);
    let theirs = token(&elsewhere, "ada@corvane.example").await;
    assert!(checked(&elsewhere, &theirs, NONCE, now).await.is_ok(), "it holds where it belongs");
    let audience = checked(&here, &theirs, NONCE, now).await;
    assert!(matches!(audience, Err(OidcError::Token(Bad::InvalidAudience(_)))), "{audience:?}");

    let later = now + SignedDuration::from_hours(24);
    let expired = checked(&here, &good, NONCE, later).await;
    assert!(matches!(expired, Err(OidcError::Token(Bad::Expired(_)))), "{expired:?}");
    let earlier = now - SignedDuration::from_hours(1);
    let of_the_future = checked(&here, &good, NONCE, earlier).await;
    assert!(matches!(of_the_future, Err(OidcError::Token(Bad::Expired(_)))), "{of_the_future:?}");
}

#[tokio::test]
async fn only_a_signature_of_the_provider_itself_is_believed() {
    let Some(outside) = IdentityProvider::start() else { return };
    let now = crate::serve::now();
    let elliptic = provider(&outside, "waymark-es256", None);
    let signed = token(&elliptic, "ada@corvane.example").await;
    assert!(checked(&elliptic, &signed, NONCE, now).await.is_ok(), "ES256 is among the algorithms");

    // Signed with the client's own secret: whoever has that could sign in as anybody.
    let shared = provider(&outside, "waymark-hs256", Some("a secret of the tests, long enough for HS256"));
    let signed = token(&shared, "ada@corvane.example").await;
    let refused = checked(&shared, &signed, NONCE, now).await;
    assert!(matches!(refused, Err(OidcError::Token(Bad::SignatureVerification(_)))), "{refused:?}");

    // Another provider with the same client and the same person: its keys are not this one's.
    let other = IdentityProvider::start().expect("it started before");
    let (here, there) = (provider(&outside, "waymark", None), provider(&other, "waymark", None));
    let theirs = token(&there, "ada@corvane.example").await;
    let refused = checked(&here, &theirs, NONCE, now).await;
    assert!(matches!(refused, Err(OidcError::Token(_))), "{refused:?}");

    // A letter of the signature, and a letter of what is signed.
    let text = token(&here, "ada@corvane.example").await.to_string();
    for at in [text.find('.').expect("a dot") + 9, text.rfind('.').expect("a dot") + 9] {
        let letter = if &text[at..=at] == "A" { "B" } else { "A" };
        let bent = format!("{}{letter}{}", &text[..at], &text[at + 1..]);
        let Ok(bent) = bent.parse::<CoreIdToken>() else { continue };
        assert!(checked(&here, &bent, NONCE, now).await.is_err());
    }
    println!("proved: ID tokens of another audience, sign-in, time, algorithm, provider and signature are refused");
}
