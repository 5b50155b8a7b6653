//! What the server has about the caller: all of it, and how to be forgotten.

use serde::Serialize;
use serde_json::value::RawValue;
use waymark_api::http::problem::ProblemKind;

use super::{people, team};
use crate::{
    auth::{Caller, Role},
    error::ApiError,
    state::State,
    store::{
        About as _, StoreError,
        audit::{self, Act},
        hire, identity, journey, me,
    },
};

/// Everything that the server has about somebody.
#[derive(Debug, Serialize)]
pub(crate) struct Export {
    /// Who.
    person: waymark_api::http::auth::Me,
    /// Devices.
    devices: Vec<me::DeviceLine>,
    /// Accounts at the company's identity provider.
    accounts: Vec<identity::Account>,
    /// Facts with what became of them, bytes as they came.
    facts: Vec<ExportedFact>,
    /// What the server keeps of each journey for the manager's page.
    journeys: Vec<Box<RawValue>>,
    /// Who looked, reminders and other news.
    told: Vec<Box<RawValue>>,
}

/// A fact in an export.
#[derive(Debug, Serialize)]
struct ExportedFact {
    event: Box<RawValue>,
    outcome: String,
    stored: i64,
}

/// Everything that the server has about the caller.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn export(state: &State, caller: &Caller) -> Result<Export, ApiError> {
    let raw = |text: String| RawValue::from_string(text).about("a stored text").map_err(ApiError::from);
    let facts = me::facts(state.store(), caller.person)
        .await?
        .into_iter()
        .map(|line| Ok(ExportedFact { event: raw(line.body)?, outcome: line.outcome, stored: line.stored }));
    let journeys = journey::of_person(state.store().read(), caller.person).await?;
    let told = me::told(state.store(), caller.person).await?;
    Ok(Export {
        person: people::me(state, caller).await?,
        devices: me::devices(state.store(), caller.person).await?,
        accounts: identity::of_person(state.store(), caller.person).await?,
        facts: facts.collect::<Result<_, ApiError>>()?,
        journeys: journeys.into_iter().map(|row| raw(row.summary)).collect::<Result<_, _>>()?,
        told: told.into_iter().map(raw).collect::<Result<_, _>>()?,
    })
}

/// Forgets the caller. A tombstone without personal data stays, and the audit log keeps the bare id.
///
/// # Errors
/// [`ProblemKind::Conflict`] while people report to the caller or nobody else is admin.
pub(crate) async fn erase(state: &State, caller: &Caller) -> Result<(), ApiError> {
    let line = people::me(state, caller).await?.line;
    if line > 0 {
        let detail = "People report to you on this server. An admin gives them another manager first.";
        return Err(ApiError::new(ProblemKind::Conflict, detail));
    }
    if caller.is(Role::Admin) {
        let detail = "An admin is not erased while being one. Another admin takes the role away first.";
        return Err(ApiError::new(ProblemKind::Conflict, detail));
    }
    let now = state.now();
    let mut tx = state.store().begin().await?;
    hire::lock(&mut tx, caller.person).await?.ok_or_else(ApiError::not_found)?;
    me::erase(&mut tx, caller.person, now).await?;
    let (actor, object) = (format!("p:{}", caller.person), format!("person/{}", caller.person));
    let act = Act { actor: &actor, action: "person.erased", object: &object, outcome: "done" };
    audit::append(&mut tx, now, &act).await?;
    tx.commit().await.about("an erasure")?;
    state.facts().wakes.wake(caller.person);
    Ok(())
}

/// How long a link to the organisation's numbers holds, in milliseconds.
const LINK_TIME: i64 = 15 * 60 * 1000;

/// The path of the organisation's numbers for the next fifteen minutes: time and an HMAC of it under a key that
/// is derived from the server's own.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn dashboard_link(state: &State) -> Result<String, StoreError> {
    let until = state.now().as_millisecond() + LINK_TIME;
    Ok(format!("/dashboard?until={until}&key={}", link_key(state, until).await?))
}

/// The organisation's numbers, for whoever has a link that holds.
///
/// # Errors
/// [`ProblemKind::NotFound`] for any other link.
pub(crate) async fn dashboard(
    state: &State,
    until: i64,
    key: &str,
) -> Result<waymark_core::team::TeamOverview, ApiError> {
    use subtle::ConstantTimeEq as _;
    let now = state.now().as_millisecond();
    let right = link_key(state, until).await?;
    let holds = bool::from(right.as_bytes().ct_eq(key.as_bytes()));
    if !holds || until <= now || until > now + LINK_TIME {
        return Err(ApiError::not_found());
    }
    team::organisation(state).await
}

async fn link_key(state: &State, until: i64) -> Result<String, StoreError> {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    let what = "the server's key";
    let secret: String =
        sqlx::query_scalar("SELECT signing_key FROM server").fetch_one(state.store().read()).await.about(what)?;
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes())
        .map_err(|source| StoreError::Stored { what, source: Box::new(source) })?;
    mac.update(format!("waymark-dashboard:{until}").as_bytes());
    Ok(super::ingest::hex_of(&mac.finalize().into_bytes()))
}
