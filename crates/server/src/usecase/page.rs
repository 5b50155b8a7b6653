//! One person's page: for the person, and for whoever leads them now. Whoever opens somebody else's page is
//! written down, and the person is told.

use serde::Serialize;
use waymark_api::http::{feed::ChangeKind, problem::ProblemKind};
use waymark_core::{
    id::{JourneyId, PersonId},
    team::{PersonPage, Whose, person_page},
};

use super::project::{Run, with_facts};
use crate::{
    auth::Caller,
    error::ApiError,
    state::State,
    store::{
        About as _, StoreError,
        audit::{self, Act},
        feed, hire,
        hire::Hire,
        journey::{self, JourneyRow},
        view,
    },
};

/// The page of somebody's journey; the one under way without `journey`.
///
/// # Errors
/// [`ProblemKind::NotFound`] for a person or journey that is not there or not the caller's to see, alike.
pub(crate) async fn page(
    state: &State,
    caller: &Caller,
    person: PersonId,
    wanted: Option<JourneyId>,
) -> Result<PersonPage, ApiError> {
    let hire = visible(state, caller, person).await?;
    let rows = journey::of_person(state.store().read(), person).await?;
    let chosen = match wanted {
        Some(wanted) => rows.into_iter().find(|row| row.id == wanted),
        None => under_way(rows),
    };
    let row = chosen.ok_or_else(ApiError::not_found)?;
    if person != caller.person {
        told(state, caller, &hire).await?;
    }
    let run = run_of(state, row).await?;
    let buddy = match hire.buddy {
        Some(buddy) => hire::get(state.store(), buddy).await?,
        None => None,
    };
    let buddy = buddy.as_ref().map(|buddy| buddy.name.as_str());
    let whose = Whose { person, name: &hire.name, buddy, as_of: state.now() };
    let page = run.facts(&hire, |facts| person_page(&whose, facts));
    state.facts().folds.keep(std::iter::once(run));
    Ok(page)
}

/// A journey in a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct JourneyLine {
    journey: JourneyId,
    title: String,
    template: String,
    version: String,
    bundle: String,
    start: jiff::civil::Date,
    withdrawn: bool,
    finished: bool,
}

/// Somebody's journeys, the newest start first.
///
/// # Errors
/// As [`page`].
pub(crate) async fn journeys(state: &State, caller: &Caller, person: PersonId) -> Result<Vec<JourneyLine>, ApiError> {
    visible(state, caller, person).await?;
    let mut lines = Vec::new();
    for row in journey::of_person(state.store().read(), person).await? {
        let Some(known) = state.facts().templates.get(state.store().read(), &row.hash).await? else { continue };
        lines.push(JourneyLine {
            journey: row.id,
            title: known.template.title.clone(),
            template: known.template.id.to_string(),
            version: known.template.version.clone(),
            bundle: row.bundle,
            start: row.start,
            withdrawn: row.withdrawn.is_some(),
            finished: row.finished.is_some(),
        });
    }
    Ok(lines)
}

/// The person, where the caller may see their journeys: oneself, and whoever leads them now.
///
/// # Errors
/// [`ProblemKind::NotFound`] otherwise, as for a person that is not there.
pub(crate) async fn visible(state: &State, caller: &Caller, person: PersonId) -> Result<Hire, ApiError> {
    // Asked in both cases, so that somebody who is not there takes as long as somebody who is not one's own.
    let leads = caller.leads(state, person).await?;
    let hire = hire::get(state.store(), person).await?;
    hire.filter(|hire| leads || hire.id == caller.person).ok_or_else(ApiError::not_found)
}

/// A row with its facts, to look at.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn run_of(state: &State, row: JourneyRow) -> Result<Run, ApiError> {
    let mut connection = state.store().read().acquire().await.about("a connection")?;
    let runs = with_facts(&mut connection, state.facts(), vec![row]).await?;
    let missing = || ApiError::new(ProblemKind::Fault, "The journey's template is missing.");
    runs.into_values().next().ok_or_else(missing)
}

/// The journey under way with the newest start; else the newest.
fn under_way(rows: Vec<JourneyRow>) -> Option<JourneyRow> {
    let at = rows.iter().position(|row| row.withdrawn.is_none() && row.finished.is_none()).unwrap_or(0);
    rows.into_iter().nth(at)
}

/// Writes down that the caller opens somebody's page, and tells the person, once for each hour.
async fn told(state: &State, caller: &Caller, hire: &Hire) -> Result<(), StoreError> {
    let now = state.now();
    let by = hire::get(state.store(), caller.person).await?.map(|viewer| viewer.name).unwrap_or_default();
    let mut tx = state.store().begin().await?;
    let Some(locked) = hire::lock(&mut tx, hire.id).await? else { return Ok(()) };
    let first = view::first_of_hour(&mut tx, hire.id, caller.person, now).await?;
    if first {
        let number = locked.feed_last + 1;
        feed::add(&mut tx, hire.id, number, &ChangeKind::Viewed { by, at: now }, now).await?;
        hire::set_feed_last(&mut tx, hire.id, number).await?;
    }
    let (actor, object) = (format!("p:{}", caller.person), format!("person/{}", hire.id));
    let act = Act { actor: &actor, action: "page.viewed", object: &object, outcome: "done" };
    audit::append(&mut tx, now, &act).await?;
    tx.commit().await.about("who looked")?;
    if first {
        state.facts().wakes.wake(hire.id);
    }
    Ok(())
}
