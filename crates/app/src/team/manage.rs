//! What a manager does: each is one request to the server, which decides; the page follows from its answer.

use serde::de::DeserializeOwned;
use serde_json::Value;
use waymark_api::{
    http::{
        journeys::{
            Assign, CompleteOwn, MoveStart, Nudge, Plan, ReopenOwn, ReturnStep as Return, SignOff as Confirm,
            TemplateRow, Waive,
        },
        org::{Invite, MakeInvite, Page, PersonEntry},
    },
    ipc::team::{
        AssignJourney, CompleteFor, InvitePerson, InviteText, LineRow, ListLine, ListTemplates, MoveStartFor,
        NudgePerson, PersonView, ReopenFor, ReturnStep, SignOff, WaiveFor,
    },
    topic::Topic,
};

use super::{
    pages::person_now,
    server::{Server, input},
};
use crate::{App, AppError};

/// Pages of a list that are read, at most.
const PAGES: usize = 50;

/// Confirms a completion.
///
/// # Errors
///
/// Where the server cannot be reached, or something else is true by now.
pub async fn sign_off(app: &App, request: SignOff) -> Result<PersonView, AppError> {
    let SignOff { person, journey, step, completion } = request;
    let id = journey.to_string();
    let body = Confirm { step, completion };
    let _: Value = Server::of(app).await?.post(&["journeys", &id, "signoff"], &body).await?;
    after(app, person_now(app, person, Some(journey)).await)
}

/// "Not yet", with a reason.
///
/// # Errors
///
/// As for [`sign_off`].
pub async fn return_step(app: &App, request: ReturnStep) -> Result<PersonView, AppError> {
    let ReturnStep { person, journey, step, completion, reason } = request;
    let (id, reason) = (journey.to_string(), needed(reason)?);
    let body = Return { step, completion, reason };
    let _: Value = Server::of(app).await?.post(&["journeys", &id, "return"], &body).await?;
    after(app, person_now(app, person, Some(journey)).await)
}

/// Completes a step that the manager performs.
///
/// # Errors
///
/// As for [`sign_off`].
pub async fn complete_for(app: &App, request: CompleteFor) -> Result<PersonView, AppError> {
    let CompleteFor { person, journey, step } = request;
    let id = journey.to_string();
    let _: Value = Server::of(app).await?.post(&["journeys", &id, "complete"], &CompleteOwn { step }).await?;
    after(app, person_now(app, person, Some(journey)).await)
}

/// Takes back what the manager completed.
///
/// # Errors
///
/// As for [`sign_off`]; also where somebody else completed it.
pub async fn reopen_for(app: &App, request: ReopenFor) -> Result<PersonView, AppError> {
    let ReopenFor { person, journey, step, completion } = request;
    let id = journey.to_string();
    let body = ReopenOwn { step, completion };
    let _: Value = Server::of(app).await?.post(&["journeys", &id, "reopen"], &body).await?;
    after(app, person_now(app, person, Some(journey)).await)
}

/// Says that a step does not apply to somebody.
///
/// # Errors
///
/// As for [`sign_off`].
pub async fn waive_for(app: &App, request: WaiveFor) -> Result<PersonView, AppError> {
    let WaiveFor { person, journey, step, reason } = request;
    let (id, reason) = (journey.to_string(), needed(reason)?);
    let body = Waive { step, reason };
    let _: Value = Server::of(app).await?.post(&["journeys", &id, "waive"], &body).await?;
    after(app, person_now(app, person, Some(journey)).await)
}

/// Reminds somebody of a step.
///
/// # Errors
///
/// As for [`sign_off`]; also where they were reminded of it today.
pub async fn nudge_person(app: &App, request: NudgePerson) -> Result<String, AppError> {
    let id = request.journey.to_string();
    let body = Nudge { step: request.step };
    let _: Value = Server::of(app).await?.post(&["journeys", &id, "nudge"], &body).await?;
    Ok("They will see a reminder from you".to_owned())
}

/// What can be assigned.
///
/// # Errors
///
/// Where the server cannot be reached.
pub async fn list_templates(app: &App, _: ListTemplates) -> Result<Vec<TemplateRow>, AppError> {
    all(&Server::of(app).await?, "templates").await
}

/// Who can be given a journey.
///
/// # Errors
///
/// Where the server cannot be reached.
pub async fn list_line(app: &App, _: ListLine) -> Result<Vec<LineRow>, AppError> {
    let server = Server::of(app).await?;
    let people: Vec<PersonEntry> = all(&server, "people").await?;
    let own = server.membership.person;
    let rows = people.into_iter().filter(|one| one.id != own && one.active);
    Ok(rows
        .map(|one| LineRow { person: one.id, name: one.name, team: one.team, start: one.start, joined: one.joined })
        .collect())
}

/// Gives somebody a journey, or says what would follow.
///
/// # Errors
///
/// Where the server cannot be reached or does not allow it.
pub async fn assign_journey(app: &App, request: AssignJourney) -> Result<Plan, AppError> {
    let AssignJourney { person, bundle, template, start, preview } = request;
    let body = Assign { person, bundle, template, start, preview };
    let plan = Server::of(app).await?.post(&["journeys"], &body).await?;
    changed(app, preview);
    Ok(plan)
}

/// Moves somebody's day 1, or says what would follow.
///
/// # Errors
///
/// Where the server cannot be reached or does not allow it.
pub async fn move_start_for(app: &App, request: MoveStartFor) -> Result<Plan, AppError> {
    let MoveStartFor { journey, start, preview } = request;
    let id = journey.to_string();
    let plan = Server::of(app).await?.post(&["journeys", &id, "start"], &MoveStart { start, preview }).await?;
    changed(app, preview);
    Ok(plan)
}

/// Makes an invite.
///
/// # Errors
///
/// Where the server cannot be reached or does not allow it.
pub async fn invite_person(app: &App, request: InvitePerson) -> Result<InviteText, AppError> {
    let body = MakeInvite { person: request.person, hours: None };
    let Invite { code, link, expires } = Server::of(app).await?.post(&["invites"], &body).await?;
    Ok(InviteText { link, code, expires: app.local(expires) })
}

/// All rows of a list, which comes in pages or whole.
async fn all<T: DeserializeOwned>(server: &Server, name: &str) -> Result<Vec<T>, AppError> {
    let mut rows = Vec::new();
    let mut query: Vec<(&str, String)> = Vec::new();
    for _ in 0..PAGES {
        let answer: Value = server.get(&[name], &query).await?;
        if answer.is_array() {
            return serde_json::from_value(answer).map_err(input);
        }
        let page: Page<T> = serde_json::from_value(answer).map_err(input)?;
        rows.extend(page.rows);
        match page.next {
            Some(next) => query = vec![("after", next)],
            None => break,
        }
    }
    Ok(rows)
}

fn needed(reason: String) -> Result<String, AppError> {
    let reason = reason.trim();
    if reason.is_empty() { Err(input("write a reason; the person reads it")) } else { Ok(reason.to_owned()) }
}

fn after(app: &App, view: Result<PersonView, AppError>) -> Result<PersonView, AppError> {
    changed(app, false);
    view
}

/// The team's page is asked for anew by whoever shows it.
fn changed(app: &App, preview: bool) {
    if !preview {
        let mut asked = app.team().asked.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        asked.remove("overview");
        drop(asked);
        app.publish(Topic::Team);
    }
}
