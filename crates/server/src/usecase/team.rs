//! A manager's own line on one page, and the organisation's numbers.

use waymark_core::{
    calendar::WorkCalendar,
    team::{JourneySummary, Line, Member, TeamOverview, overview},
};

use crate::{
    auth::{Caller, Role},
    error::ApiError,
    state::State,
    store::{
        StoreError, hire,
        team::{self, LineRow},
    },
};

/// The caller's line: whoever reports to them at this moment, and nobody else.
///
/// # Errors
/// For callers who are no managers, and where the database cannot be read.
pub(crate) async fn team_overview(state: &State, caller: &Caller) -> Result<TeamOverview, ApiError> {
    caller.must_be(Role::Manager)?;
    let manager = hire::get(state.store(), caller.person).await?.ok_or_else(ApiError::not_found)?;
    let rows = team::line(state.store().read(), caller.person).await?;
    let now = state.now();
    page(rows, move |members| {
        overview(&Line {
            team: &manager.team,
            as_of: now,
            now: manager.local(now),
            calendar: &manager.calendar,
            members,
        })
    })
    .await
}

/// The whole organisation, as far as numbers about groups go.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn organisation(state: &State) -> Result<TeamOverview, ApiError> {
    let rows = team::everybody(state.store().read()).await?;
    let (now, name) = (state.now(), state.identity().name.clone());
    page(rows, move |members| {
        let wall = now.to_zoned(jiff::tz::TimeZone::UTC).datetime();
        overview(&Line { team: &name, as_of: now, now: wall, calendar: &WorkCalendar::default(), members })
    })
    .await
}

/// Makes a page of rows off the threads that answer requests: it is all arithmetic.
async fn page<T: Send + 'static>(
    rows: Vec<LineRow>,
    make: impl FnOnce(&[Member<'_>]) -> T + Send + 'static,
) -> Result<T, ApiError> {
    let made = tokio::task::spawn_blocking(move || -> Result<T, StoreError> {
        let mut summaries: Vec<JourneySummary> = Vec::with_capacity(rows.len());
        for row in &rows {
            let summary = serde_json::from_str(&row.summary);
            summaries.push(summary.map_err(|source| StoreError::Stored { what: "summary", source: Box::new(source) })?);
        }
        let members: Vec<Member<'_>> = rows
            .iter()
            .zip(&summaries)
            .map(|(row, summary)| Member { person: row.person, name: &row.name, summary })
            .collect();
        Ok(make(&members))
    });
    let made = made
        .await
        .map_err(|_| ApiError::new(waymark_api::http::problem::ProblemKind::Fault, "The page could not be made."))?;
    Ok(made?)
}
