//! The next pair of tokens (`security.md`, section 7).
//!
//! The client stores a rotation's id before it asks. For the same old token and the same id it gets the same
//! pair for a minute, until the pair is used first; so an app that is killed in between is not locked out. Any
//! other use of an old token means that two hold it, and ends the whole family.

use base64::{Engine, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, Verifier};
use jiff::{SignedDuration, Timestamp};
use waymark_api::http::{
    auth::{Refresh, Tokens, refresh_message},
    problem::ProblemKind,
};

use super::enrol::public_key;
use crate::{
    auth::{digest, open, random_token, seal},
    error::ApiError,
    guard::Rate,
    state::State,
    store::{
        About, StoreError,
        audit::{self, Act},
        session::{self, PairRow, Rotation, SessionRow},
    },
};

/// How long an access token holds.
const ACCESS: SignedDuration = SignedDuration::from_mins(10);
/// How long a refresh token holds that nobody uses.
const IDLE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long a family of tokens holds, however it is refreshed.
pub(super) const ABSOLUTE: SignedDuration = SignedDuration::from_hours(180 * 24);
/// How long the answer to a rotation can be asked for again.
const AGAIN: SignedDuration = SignedDuration::from_secs(60);
/// Characters of a rotation's id, at most.
const LONGEST_ROTATION: usize = 100;

/// What to do with a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decision {
    /// It is the one that counts: a new pair.
    Rotate,
    /// Its rotation was asked for before: the same pair.
    TellAgain,
    /// It was used up by another rotation, or its successor is in use: two hold it.
    EndFamily,
    /// It is not signed by the device.
    NotTheDevice,
    /// Too old, signed out, or the person or the device may not be here.
    Over,
}

/// Gives the next pair.
///
/// # Errors
/// [`ProblemKind::SignedOut`] for tokens that do not hold any more; the client signs in anew.
/// [`ProblemKind::BadRequest`] for a rotation's id that is none.
pub(crate) async fn refresh(state: &State, wanted: &Refresh) -> Result<Tokens, ApiError> {
    if wanted.rotation.is_empty() || wanted.rotation.len() > LONGEST_ROTATION {
        return Err(ApiError::new(ProblemKind::BadRequest, "A rotation needs an id of 1 to 100 bytes."));
    }
    let now = state.now();
    let hash = digest(&wanted.refresh);
    let mut tx = state.store().begin().await?;
    let Some(held) = session::hold_by_refresh(&mut tx, &hash).await? else { return Err(signed_out()) };
    state.limits().take(&Rate::TOKEN, &held.id)?;
    let decision = decide(&held, wanted, &hash, now);
    let actor = format!("p:{}", held.person);
    let act = |action, outcome| Act { actor: &actor, action, object: &held.id, outcome };
    let tokens = match decision {
        Decision::Rotate => {
            let end = Timestamp::from_millisecond(held.absolute_until).unwrap_or(now);
            let (tokens, row) = pair(now, end);
            let text = serde_json::to_string(&tokens).about("pair of tokens")?;
            let sealed = seal(&wanted.refresh, &wanted.rotation, &text)
                .map_err(|error| StoreError::Stored { what: "pair of tokens", source: error.to_string().into() })?;
            let rotation = Rotation { id: wanted.rotation.clone(), from: hash, at: now.as_millisecond(), sealed };
            session::rotate(&mut tx, &held.id, &row, &rotation).await?;
            Some(tokens)
        }
        Decision::TellAgain => {
            let sealed = held.rotation.as_ref().map_or("", |rotation| rotation.sealed.as_str());
            let text = open(&wanted.refresh, &wanted.rotation, sealed);
            text.map(|text| serde_json::from_str(&text).about("pair of tokens")).transpose()?
        }
        Decision::EndFamily => {
            session::end(&mut tx, &held.id, now.as_millisecond()).await?;
            audit::append(&mut tx, now, &act("session.token-reused", "family ended")).await?;
            None
        }
        Decision::NotTheDevice => {
            audit::append(&mut tx, now, &act("session.refused", "not signed by the device")).await?;
            None
        }
        Decision::Over => None,
    };
    // A refusal is committed too: the end of a family must not be undone by its own answer.
    tx.commit().await.about("a pair of tokens")?;
    tokens.ok_or_else(signed_out)
}

/// Decides by the session's row alone.
fn decide(held: &SessionRow, wanted: &Refresh, hash: &str, now: Timestamp) -> Decision {
    let at = now.as_millisecond();
    if !held.live {
        return Decision::Over;
    }
    let signed = signed_by_device(held, wanted);
    if held.refresh_hash == hash {
        return match signed {
            false => Decision::NotTheDevice,
            true if at >= held.refresh_until || at >= held.absolute_until => Decision::Over,
            true => Decision::Rotate,
        };
    }
    let again = held.rotation.as_ref().is_some_and(|rotation| {
        rotation.from == hash
            && rotation.id == wanted.rotation
            && !held.used
            && (0..AGAIN.as_millis() as i64).contains(&(at - rotation.at))
    });
    if signed && again { Decision::TellAgain } else { Decision::EndFamily }
}

/// Whether the request carries the signature of the session's device.
fn signed_by_device(held: &SessionRow, wanted: &Refresh) -> bool {
    let signature = STANDARD.decode(&wanted.signature).ok().and_then(|bytes| Signature::from_slice(&bytes).ok());
    let message = refresh_message(&wanted.rotation, &wanted.refresh);
    public_key(&held.public_key)
        .zip(signature)
        .is_some_and(|(key, signature)| key.verify(message.as_bytes(), &signature).is_ok())
}

/// A new pair, and what is kept of it. No token outlives the family's end.
pub(super) fn pair(now: Timestamp, end: Timestamp) -> (Tokens, PairRow) {
    let tokens = Tokens {
        access: random_token(),
        access_until: after(now, ACCESS).min(end),
        refresh: random_token(),
        refresh_until: after(now, IDLE).min(end),
    };
    let row = PairRow {
        access_hash: digest(&tokens.access),
        access_until: tokens.access_until.as_millisecond(),
        refresh_hash: digest(&tokens.refresh),
        refresh_until: tokens.refresh_until.as_millisecond(),
    };
    (tokens, row)
}

/// The moment `span` later.
pub(super) fn after(now: Timestamp, span: SignedDuration) -> Timestamp {
    now.saturating_add(span).unwrap_or(Timestamp::MAX)
}

fn signed_out() -> ApiError {
    ApiError::new(ProblemKind::SignedOut, "This device is signed out. Ask for a new invite, or sign in again.")
}
