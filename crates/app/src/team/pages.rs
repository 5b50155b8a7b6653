//! The manager's pages: the last copy at once, a newer one behind it.

#[cfg(test)]
mod tests;

use std::sync::PoisonError;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use waymark_api::{
    http::journeys::PersonJourney,
    ipc::team::{ExportFormat, OpenPerson, OpenTeam, PersonView, TeamView},
    topic::Topic,
};
use waymark_core::{
    id::{JourneyId, PersonId},
    team::{self, PersonPage, TeamOverview},
};

use super::server::{Server, input};
use crate::{App, AppError};

/// One person's page as it is kept.
#[derive(Serialize, Deserialize)]
struct PersonCopy {
    page: PersonPage,
    /// Other journeys of the person, by title.
    others: Vec<(JourneyId, String)>,
}

const OVERVIEW: &str = "overview";

/// A page that was asked for within this time is not asked for again: whoever shows it loads it when it comes.
const FRESH: SignedDuration = SignedDuration::from_secs(20);

/// Opens the team's page.
///
/// # Errors
///
/// Where the library cannot be read.
pub async fn open_team(app: &App, _: OpenTeam) -> Result<TeamView, AppError> {
    if app.db().await?.membership().get().await?.is_none() {
        return Err(AppError::NoTeam);
    }
    if cached::<TeamOverview>(app, OVERVIEW).await?.is_some() {
        in_background(app, OVERVIEW, |app| async move { fetch_overview(&app).await });
    } else if is_due(app, OVERVIEW) {
        let outcome = fetch_overview(app).await;
        note(app, OVERVIEW, &outcome);
    }
    let page = cached::<TeamOverview>(app, OVERVIEW).await?;
    let (overview, fetched) = page.map_or((None, None), |(page, at)| (Some(page), Some(app.local(at))));
    Ok(TeamView { overview, fetched, stale: why_not_newer(app, OVERVIEW) })
}

/// Opens one person's page.
///
/// # Errors
///
/// Where it was never fetched and the server does not give it now, or the library cannot be read.
pub async fn open_person(app: &App, request: OpenPerson) -> Result<PersonView, AppError> {
    let OpenPerson { person, journey } = request;
    let key = key_of(person, journey);
    if cached::<PersonCopy>(app, &key).await?.is_none() {
        return person_now(app, person, journey).await;
    }
    in_background(app, &key, move |app| async move { fetch_person(&app, person, journey).await });
    shown(app, &key).await
}

/// The page as the server has it now, for whoever has just changed it.
pub(super) async fn person_now(
    app: &App,
    person: PersonId,
    journey: Option<JourneyId>,
) -> Result<PersonView, AppError> {
    let key = key_of(person, journey);
    let outcome = fetch_person(app, person, journey).await;
    note(app, &key, &outcome);
    outcome?;
    shown(app, &key).await
}

async fn shown(app: &App, key: &str) -> Result<PersonView, AppError> {
    let (answer, at) = cached::<PersonCopy>(app, key).await?.ok_or(AppError::NotFound { what: "page" })?;
    Ok(PersonView { page: answer.page, fetched: app.local(at), stale: why_not_newer(app, key), others: answer.others })
}

/// The numbers of the team's page as a file: its name and its bytes.
///
/// # Errors
///
/// Where the page was never fetched.
pub async fn export(app: &App, format: ExportFormat) -> Result<(String, Vec<u8>), AppError> {
    let page = cached::<TeamOverview>(app, OVERVIEW).await?;
    let (page, _) = page.ok_or(AppError::NotFound { what: "page" })?;
    let name = format!("waymark-team-{}", page.today);
    Ok(match format {
        ExportFormat::Csv => (format!("{name}.csv"), team::csv(&page).into_bytes()),
        ExportFormat::Json => (format!("{name}.json"), serde_json::to_vec_pretty(&page).map_err(input)?),
    })
}

fn key_of(person: PersonId, journey: Option<JourneyId>) -> String {
    let journey = journey.map_or_else(|| "-".to_owned(), |journey| journey.to_string());
    format!("person:{person}:{journey}")
}

async fn fetch_overview(app: &App) -> Result<(), AppError> {
    let _turn = app.team().turn(OVERVIEW).await;
    let page: TeamOverview = Server::of(app).await?.get(&["team", "overview"], &[]).await?;
    keep(app, OVERVIEW, &page, page.as_of).await
}

async fn fetch_person(app: &App, person: PersonId, journey: Option<JourneyId>) -> Result<(), AppError> {
    let key = key_of(person, journey);
    let _turn = app.team().turn(&key).await;
    let query: Vec<(&str, String)> = journey.map(|journey| ("journey", journey.to_string())).into_iter().collect();
    let (id, server) = (person.to_string(), Server::of(app).await?);
    let page: PersonPage = server.get(&["people", &id, "page"], &query).await?;
    let journeys: Vec<PersonJourney> = server.get(&["people", &id, "journeys"], &[]).await?;
    let others = journeys.into_iter().filter(|other| !other.withdrawn && other.journey != page.journey);
    let others = others.map(|other| (other.journey, other.title)).collect();
    let as_of = page.as_of;
    keep(app, &key, &PersonCopy { page, others }, as_of).await
}

async fn keep(app: &App, key: &str, page: &impl Serialize, as_of: Timestamp) -> Result<(), AppError> {
    let body = serde_json::to_string(page).map_err(input)?;
    let mut tx = app.db().await?.begin().await?;
    tx.team_pages().keep(key, body, as_of, app.now().timestamp()).await?;
    tx.commit().await?;
    Ok(())
}

/// The copy of a page. One that an older app kept in another form counts as none.
async fn cached<T: DeserializeOwned>(app: &App, key: &str) -> Result<Option<(T, Timestamp)>, AppError> {
    let page = app.db().await?.team_pages().get(key).await?;
    Ok(page.and_then(|page| Some((serde_json::from_str(&page.body).ok()?, page.fetched_at))))
}

/// Fetches a page without anybody waiting for it, and tells when it is here or why it is not.
fn in_background<F>(app: &App, key: &str, fetch: impl FnOnce(App) -> F + Send + 'static)
where
    F: Future<Output = Result<(), AppError>> + Send,
{
    if !is_due(app, key) {
        return;
    }
    let (app, key) = (app.clone(), key.to_owned());
    tokio::spawn(async move {
        let outcome = fetch(app.clone()).await;
        note(&app, &key, &outcome);
        app.publish(Topic::Team);
    });
}

/// Whether a page is to be asked for; it counts as asked for from then on.
fn is_due(app: &App, key: &str) -> bool {
    let now = app.now().timestamp();
    let mut asked = app.team().asked.lock().unwrap_or_else(PoisonError::into_inner);
    if asked.get(key).is_some_and(|(at, _)| now.duration_since(*at).abs() < FRESH) {
        return false;
    }
    let why = asked.remove(key).and_then(|(_, why)| why);
    asked.insert(key.to_owned(), (now, why));
    true
}

fn note(app: &App, key: &str, outcome: &Result<(), AppError>) {
    let why = outcome.as_ref().err().map(ToString::to_string);
    let mut asked = app.team().asked.lock().unwrap_or_else(PoisonError::into_inner);
    asked.insert(key.to_owned(), (app.now().timestamp(), why));
}

fn why_not_newer(app: &App, key: &str) -> Option<String> {
    let asked = app.team().asked.lock().unwrap_or_else(PoisonError::into_inner);
    asked.get(key).and_then(|(_, why)| why.clone())
}
