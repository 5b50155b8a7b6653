//! Sessions: listed, and ended.

use jiff::Timestamp;
use waymark_api::http::{auth::SessionRow, org::Page};

use crate::{
    auth::{Caller, Role},
    error::ApiError,
    state::State,
    store::{
        About,
        audit::{self, Act},
        joined, session,
    },
};

/// Rows of a page.
const PAGE: i64 = 100;

/// The open sessions of `person`: one's own, or anybody's for an admin.
///
/// # Errors
/// [`waymark_api::http::problem::ProblemKind::NotFound`] for anybody else's, there or not.
pub(crate) async fn list(
    state: &State,
    caller: &Caller,
    person: Option<&str>,
    after: &str,
) -> Result<Page<SessionRow>, ApiError> {
    let own = caller.person.to_string();
    let person = person.unwrap_or(&own);
    let pool = state.store().read();
    if person != own && (!caller.is(Role::Admin) || crate::store::org::find(pool, person).await?.is_none()) {
        return Err(ApiError::not_found());
    }
    let rows = session::list(pool, person, after, PAGE).await?;
    let next = (rows.len() as i64 == PAGE).then(|| rows.last().map(|row| row.0.clone())).flatten();
    let moment = |at| Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    let rows = rows.into_iter().map(|(id, label, since, last_seen)| SessionRow {
        current: id == caller.session,
        id,
        label,
        since: moment(since),
        last_seen: moment(last_seen),
    });
    Ok(Page { rows: rows.collect(), next })
}

/// Ends a session: one's own, or anybody's for an admin. One's own device here is signed out and may join again
/// as itself; any other device is cut off, since whoever asks for that may not have it in hand any more.
///
/// # Errors
/// [`waymark_api::http::problem::ProblemKind::NotFound`] for sessions that are not there or not the caller's.
pub(crate) async fn end(state: &State, caller: &Caller, id: &str) -> Result<(), ApiError> {
    let owner = session::owner(state.store().read(), id).await?;
    let (person, of_device) = owner.ok_or_else(ApiError::not_found)?;
    let own = person == caller.person.to_string();
    if !own && !caller.is(Role::Admin) {
        return Err(ApiError::not_found());
    }
    let now = state.now();
    let mut tx = state.store().begin().await?;
    if !session::end(&mut tx, id, now.as_millisecond()).await? {
        return Err(ApiError::not_found());
    }
    let here = id == caller.session;
    if !here {
        joined::revoke(&mut tx, &of_device, now.as_millisecond()).await?;
    }
    let actor = format!("p:{}", caller.person);
    let outcome = if here { "signed out" } else { "device cut off" };
    let act = Act { actor: &actor, action: "session.ended", object: id, outcome };
    audit::append(&mut tx, now, &act).await?;
    tx.commit().await.about("a session")?;
    Ok(())
}
