//! Who is who: an admin sees everybody, a manager the own line, everybody themselves.

use jiff::Timestamp;
use uuid::Uuid;
use waymark_api::http::{
    auth::Me,
    org::{Page, PersonDetail, PersonEntry, Reporting},
};

use crate::{
    auth::{Caller, Role},
    error::ApiError,
    state::State,
    store::{
        About as _, StoreError,
        org::{self, PersonRow},
    },
};

/// Rows of a page.
const PAGE: i64 = 200;

/// The caller.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn me(state: &State, caller: &Caller) -> Result<Me, ApiError> {
    let pool = state.store().read();
    let id = caller.person.to_string();
    let person = org::find(pool, &id).await?.ok_or_else(ApiError::not_found)?;
    let name_of = async |id: &Option<String>| match id {
        Some(id) => Ok::<_, StoreError>(org::find(pool, id).await?.map(|person| person.name).unwrap_or_default()),
        None => Ok(String::new()),
    };
    let (manager, buddy) = (name_of(&person.manager).await?, name_of(&person.buddy).await?);
    Ok(Me {
        person: caller.person,
        roles: words(&person.roles),
        name: person.name,
        team: person.team,
        manager,
        buddy,
        line: u32::try_from(org::line_size(pool, &id).await?).unwrap_or(u32::MAX),
    })
}

/// The people whom the caller may see, after an id.
///
/// # Errors
/// [`waymark_api::http::problem::ProblemKind::Forbidden`] for callers who are neither admin nor manager.
pub(crate) async fn list(state: &State, caller: &Caller, after: Option<Uuid>) -> Result<Page<PersonEntry>, ApiError> {
    let own = caller.person.to_string();
    let line = if caller.is(Role::Admin) {
        None
    } else {
        caller.must_be(Role::Manager)?;
        Some(own.as_str())
    };
    let rows = org::list(state.store().read(), line, &id_text(after), PAGE).await?;
    let next = (rows.len() as i64 == PAGE).then(|| rows.last().map(|(row, _)| row.id.clone())).flatten();
    let rows = rows.into_iter().map(|(row, joined)| entry(row, joined)).collect::<Result<_, _>>()?;
    Ok(Page { rows, next })
}

/// Everything that an admin keeps of a person.
///
/// # Errors
/// [`waymark_api::http::problem::ProblemKind::NotFound`] for a person who is not there.
pub(crate) async fn detail(state: &State, id: &str) -> Result<PersonDetail, ApiError> {
    let pool = state.store().read();
    let row = org::find(pool, id).await?.ok_or_else(ApiError::not_found)?;
    let moment = |at: i64| {
        let read = Timestamp::from_millisecond(at);
        read.map_err(|source| StoreError::Stored { what: "moment", source: Box::new(source) })
    };
    let mut reported_to = Vec::new();
    for (manager, since, until) in org::managers(pool, id).await? {
        let (since, until) = (moment(since)?, until.map(moment).transpose()?);
        reported_to.push(Reporting { manager: read("id", &manager)?, since, until });
    }
    Ok(PersonDetail {
        leave: row.leave.as_deref().map(|day| read("day", day)).transpose()?,
        zone: row.zone.clone(),
        calendar: serde_json::from_str(&row.calendar).about("calendar")?,
        profile: serde_json::from_str(&row.profile).about("profile")?,
        reported_to,
        entry: entry(row, org::has_joined(pool, id).await?)?,
    })
}

/// A stored text as what it stands for.
fn read<T: std::str::FromStr>(what: &'static str, text: &str) -> Result<T, StoreError>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    text.parse().map_err(|source| StoreError::Stored { what, source: Box::new(source) })
}

/// A row as callers see it.
pub(crate) fn entry(row: PersonRow, joined: bool) -> Result<PersonEntry, StoreError> {
    Ok(PersonEntry {
        id: read("id", &row.id)?,
        key: row.key,
        name: row.name,
        team: row.team,
        manager: row.manager.as_deref().map(|id| read("id", id)).transpose()?,
        buddy: row.buddy.as_deref().map(|id| read("id", id)).transpose()?,
        roles: words(&row.roles),
        start: row.start.as_deref().map(|day| read("day", day)).transpose()?,
        active: row.active,
        joined,
    })
}

/// An id as the database has it; before all others where there is none.
pub(super) fn id_text(id: Option<Uuid>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

/// Only words that are roles: what the database holds beside them gives no right and is not shown as one.
fn words(roles: &str) -> Vec<String> {
    Role::parse_all(roles).iter().map(|role| role.word().to_owned()).collect()
}
