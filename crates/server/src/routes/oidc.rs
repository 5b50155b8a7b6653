//! Signing in through the company's identity provider. Where the server has none, nothing is there.

use std::time::Duration;

use axum::extract::State as Server;
use reqwest::Url;
use waymark_api::http::{
    auth::Enrolled,
    oidc::{DeviceSignIn, FinishSignIn, PollSignIn, SignInAddress, StartSignIn},
    problem::ProblemKind::{
        self, AuthorizationPending, Conflict, IdentityRefused, NotFound, SignInDenied, SignInExpired, SlowDown,
        UnknownPerson, UnverifiedEmail,
    },
};

use crate::{
    error::ApiError,
    extract::{Json, Query},
    guard::{Address, Place, Rate, Rules},
    oidc::{OidcError, Provider},
    operation::{Operation, Who},
    state::State,
    usecase::{enrol::Newcomer, sign_in},
};

/// What a request may use up that asks the provider: most of its time it waits for an answer.
const ASKS: Rules = Rules { place: Place::Waiting, time: Duration::from_secs(25), ..Rules::USUAL };

/// What may come of an identity.
const REFUSALS: &[ProblemKind] = &[
    NotFound,
    Conflict,
    SignInExpired,
    SignInDenied,
    IdentityRefused,
    UnknownPerson,
    UnverifiedEmail,
    SlowDown,
    AuthorizationPending,
];

/// Signing in.
pub(crate) fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/v1/auth/oidc/start", start)
            .about("Where a browser goes to sign in at the company's identity provider.", Who::Anyone)
            .query(&[
                ("redirect", "Where it comes back to: `127.0.0.1:<port>/callback`, without TLS."),
                ("challenge", "PKCE's challenge, by S256."),
                ("state", "What the answer must carry, 16 to 200 letters, digits, - and _."),
                ("nonce", "What the identity must carry, as `state`."),
            ])
            .gives::<SignInAddress>(200)
            .fails(&[NotFound, SlowDown])
            .rules(ASKS),
        Operation::post("/v1/auth/oidc/finish", finish)
            .about(
                "Exchanges the code that a browser brought back and makes the device one of the person's.",
                Who::Holder,
            )
            .takes::<FinishSignIn>()
            .gives::<Enrolled>(200)
            .fails(&REFUSALS[..8])
            .rules(ASKS),
        Operation::post("/v1/auth/device", device)
            .about("A code to sign in with on another device, for machines without a browser.", Who::Anyone)
            .gives::<DeviceSignIn>(200)
            .fails(&[NotFound, SlowDown])
            .rules(ASKS),
        Operation::post("/v1/auth/device/poll", poll)
            .about("Whether the code was confirmed; if so, makes the device one of the person's.", Who::Holder)
            .takes::<PollSignIn>()
            .gives::<Enrolled>(200)
            .fails(REFUSALS)
            .rules(ASKS),
    ]
}

/// `GET /v1/auth/oidc/start`.
pub(crate) async fn start(
    Server(state): Server<State>,
    Address(address): Address,
    Query(wanted): Query<StartSignIn>,
) -> Result<axum::Json<SignInAddress>, ApiError> {
    let provider = provider(&state)?;
    state.limits().take(&Rate::SIGN_IN, &address.to_string())?;
    let bad = |detail: &str| Err(ApiError::new(ProblemKind::BadRequest, detail));
    if !is_loopback(&wanted.redirect) {
        return bad("A sign-in comes back to http://127.0.0.1:<port>/callback or http://[::1]:<port>/callback.");
    }
    if wanted.challenge.len() != 43 || !is_plain(&wanted.challenge) {
        return bad("The challenge is no SHA-256 in base64url.");
    }
    if ![&wanted.state, &wanted.nonce].iter().all(|word| (16..=200).contains(&word.len()) && is_plain(word)) {
        return bad("State and nonce have 16 to 200 letters, digits, - and _.");
    }
    Ok(axum::Json(provider.address(&wanted).await?))
}

/// `POST /v1/auth/oidc/finish`.
pub(crate) async fn finish(
    Server(state): Server<State>,
    Address(address): Address,
    Json(wanted): Json<FinishSignIn>,
) -> Result<axum::Json<Enrolled>, ApiError> {
    let provider = provider(&state)?;
    state.limits().take(&Rate::SIGN_IN, &address.to_string())?;
    let newcomer = Newcomer { device: wanted.device, public_key: &wanted.public_key, label: &wanted.label };
    // A code is used up by the first attempt, so what is wrong here is said before.
    newcomer.check()?;
    if !is_loopback(&wanted.redirect) {
        return Err(ApiError::new(ProblemKind::BadRequest, "The redirect is none of a device's."));
    }
    let asked = provider.exchange(&wanted, state.now()).await;
    let identity = told(&state, asked).await?;
    Ok(axum::Json(sign_in::admit(&state, &identity, &newcomer).await?))
}

/// `POST /v1/auth/device`.
pub(crate) async fn device(
    Server(state): Server<State>,
    Address(address): Address,
) -> Result<axum::Json<DeviceSignIn>, ApiError> {
    let provider = provider(&state)?;
    state.limits().take(&Rate::SIGN_IN, &address.to_string())?;
    Ok(axum::Json(provider.device_code().await?))
}

/// `POST /v1/auth/device/poll`.
pub(crate) async fn poll(
    Server(state): Server<State>,
    Address(address): Address,
    Json(wanted): Json<PollSignIn>,
) -> Result<axum::Json<Enrolled>, ApiError> {
    let provider = provider(&state)?;
    state.limits().take(&Rate::POLL, &address.to_string())?;
    let newcomer = Newcomer { device: wanted.device, public_key: &wanted.public_key, label: &wanted.label };
    newcomer.check()?;
    let asked = provider.poll(&wanted.device_code, state.now()).await;
    let identity = told(&state, asked).await?;
    Ok(axum::Json(sign_in::admit(&state, &identity, &newcomer).await?))
}

/// An identity, or the answer to whoever has none; what looks like an attack is written down.
async fn told<T>(state: &State, asked: Result<T, OidcError>) -> Result<T, ApiError> {
    match asked {
        Ok(identity) => Ok(identity),
        Err(error) => {
            sign_in::note(state, &error).await?;
            Err(error.into())
        }
    }
}

/// The company's identity provider.
fn provider(state: &State) -> Result<&Provider, ApiError> {
    let none = || ApiError::new(NotFound, "This server has no identity provider; ask for an invite.");
    state.provider().ok_or_else(none)
}

/// Whether it is an address of a program on the device itself (RFC 8252, section 7.3).
fn is_loopback(redirect: &str) -> bool {
    let Ok(url) = Url::parse(redirect) else { return false };
    url.scheme() == "http"
        && matches!(url.host_str(), Some("127.0.0.1" | "[::1]"))
        && url.port().is_some()
        && url.path() == "/callback"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none()
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn a_browser_comes_back_to_this_machine_and_nowhere_else() {
        assert!(is_loopback("http://127.0.0.1:49152/callback"));
        assert!(is_loopback("http://[::1]:49152/callback"));
        for elsewhere in [
            "http://127.0.0.1/callback",
            "http://127.0.0.1:49152/",
            "http://127.0.0.1:49152/callback?a=b",
            "http://127.0.0.1:49152/callback#a",
            "http://127.0.0.1:49152@evil.example/callback",
            "http://a@127.0.0.1:49152/callback",
            "http://127.0.0.1.evil.example:80/callback",
            "https://127.0.0.1:49152/callback",
            "http://localhost:49152/callback",
            "waymark://callback",
            "",
        ] {
            assert!(!is_loopback(elsewhere), "{elsewhere}");
        }
    }
}
