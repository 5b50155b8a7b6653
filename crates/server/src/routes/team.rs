//! A manager's line: `/v1/team/overview`, `/v1/templates`, `/v1/people/{id}/…`, `/v1/journeys/…`.

use axum::{
    Json as Out,
    extract::State as Server,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use waymark_api::http::{
    journeys::{
        Assign, CompleteOwn, MoveStart, Nudge, Plan, Recorded, ReopenOwn, ReturnStep, SignOff, TemplateRow, Waive,
    },
    problem::ProblemKind,
};
use waymark_core::{
    id::{JourneyId, PersonId},
    team::{PersonPage, TeamOverview},
};

use crate::{
    auth::Caller,
    error::ApiError,
    extract::{Json, Path, Query},
    operation::{Operation, Who},
    state::State,
    usecase::{assign, manage, page, perform, team},
};

/// The manager's half.
pub(crate) fn operations() -> Vec<Operation> {
    let line = Who::ManagerOrAdmin;
    vec![
        Operation::get("/v1/team/overview", overview)
            .about("The onboarding of the caller's line on one page.", line)
            .gives::<TeamOverview>(200),
        Operation::get("/v1/templates", templates)
            .about("What can be given to somebody.", line)
            .gives::<Vec<TemplateRow>>(200),
        Operation::get("/v1/people/{id}/page", person)
            .about(
                "One person's page: their own, or of somebody in the caller's line, who is told of it.",
                Who::SignedIn,
            )
            .query(&[("journey", "which of their journeys; the one under way without")])
            .gives::<PersonPage>(200),
        Operation::get("/v1/people/{id}/journeys", journeys)
            .about("The journeys of oneself, or of somebody in the caller's line.", Who::SignedIn)
            .gives_as(200, "application/json"),
        Operation::post("/v1/journeys", assign)
            .about("Gives somebody a journey, or says what would follow.", line)
            .takes::<Assign>()
            .gives::<Plan>(201)
            .fails(&[ProblemKind::NotFound]),
        Operation::post("/v1/journeys/{id}/signoff", sign_off)
            .about("Confirms a completion.", line)
            .takes::<SignOff>()
            .gives::<Recorded>(200)
            .fails(&[ProblemKind::Conflict]),
        Operation::post("/v1/journeys/{id}/return", return_step)
            .about("Opens a step again, with a reason that the person reads.", line)
            .takes::<ReturnStep>()
            .gives::<Recorded>(200)
            .fails(&[ProblemKind::Conflict]),
        Operation::post("/v1/journeys/{id}/complete", complete)
            .about("The caller did a step that is the manager's or the buddy's.", line)
            .takes::<CompleteOwn>()
            .gives::<Recorded>(200)
            .fails(&[ProblemKind::Conflict]),
        Operation::post("/v1/journeys/{id}/reopen", reopen)
            .about("Takes back what the caller completed; both facts are kept.", line)
            .takes::<ReopenOwn>()
            .gives::<Recorded>(200)
            .fails(&[ProblemKind::Conflict]),
        Operation::post("/v1/journeys/{id}/waive", waive)
            .about("Says that a step does not apply to this person.", line)
            .takes::<Waive>()
            .gives::<Recorded>(200)
            .fails(&[ProblemKind::Conflict]),
        Operation::post("/v1/journeys/{id}/start", move_start)
            .about("Moves day 1, or says what would follow.", line)
            .takes::<MoveStart>()
            .gives::<Plan>(200),
        Operation::post("/v1/journeys/{id}/nudge", nudge)
            .about("Reminds the person of a step, once in a working day.", line)
            .takes::<Nudge>()
            .fails(&[ProblemKind::Conflict]),
    ]
}

/// JSON that no cache keeps: it is about people.
fn private(value: impl Serialize) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], Out(value)).into_response()
}

/// `GET /v1/team/overview`.
pub(crate) async fn overview(Server(state): Server<State>, caller: Caller) -> Result<Response, ApiError> {
    Ok(private(team::team_overview(&state, &caller).await?))
}

/// `GET /v1/templates`.
pub(crate) async fn templates(Server(state): Server<State>, caller: Caller) -> Result<Out<Vec<TemplateRow>>, ApiError> {
    Ok(Out(assign::templates(&state, &caller).await?))
}

/// Which journey.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Which {
    /// The one under way without.
    #[serde(default)]
    journey: Option<JourneyId>,
}

/// `GET /v1/people/{id}/page?journey=`.
pub(crate) async fn person(
    Server(state): Server<State>,
    caller: Caller,
    Path(person): Path<PersonId>,
    Query(which): Query<Which>,
) -> Result<Response, ApiError> {
    Ok(private(page::page(&state, &caller, person, which.journey).await?))
}

/// `GET /v1/people/{id}/journeys`.
pub(crate) async fn journeys(
    Server(state): Server<State>,
    caller: Caller,
    Path(person): Path<PersonId>,
) -> Result<Response, ApiError> {
    Ok(private(page::journeys(&state, &caller, person).await?))
}

/// `POST /v1/journeys`: 201, or 200 for a preview.
pub(crate) async fn assign(
    Server(state): Server<State>,
    caller: Caller,
    Json(wish): Json<Assign>,
) -> Result<(StatusCode, Out<Plan>), ApiError> {
    let plan = assign::assign(&state, &caller, wish).await?;
    let status = if plan.recorded.is_some() { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Out(plan)))
}

/// `POST /v1/journeys/{id}/signoff`.
pub(crate) async fn sign_off(
    Server(state): Server<State>,
    caller: Caller,
    Path(journey): Path<JourneyId>,
    Json(wish): Json<SignOff>,
) -> Result<Out<Recorded>, ApiError> {
    Ok(Out(manage::sign_off(&state, &caller, journey, wish).await?))
}

/// `POST /v1/journeys/{id}/return`.
pub(crate) async fn return_step(
    Server(state): Server<State>,
    caller: Caller,
    Path(journey): Path<JourneyId>,
    Json(wish): Json<ReturnStep>,
) -> Result<Out<Recorded>, ApiError> {
    Ok(Out(manage::return_step(&state, &caller, journey, wish).await?))
}

/// `POST /v1/journeys/{id}/complete`.
pub(crate) async fn complete(
    Server(state): Server<State>,
    caller: Caller,
    Path(journey): Path<JourneyId>,
    Json(wish): Json<CompleteOwn>,
) -> Result<Out<Recorded>, ApiError> {
    Ok(Out(perform::complete(&state, &caller, journey, wish).await?))
}

/// `POST /v1/journeys/{id}/reopen`.
pub(crate) async fn reopen(
    Server(state): Server<State>,
    caller: Caller,
    Path(journey): Path<JourneyId>,
    Json(wish): Json<ReopenOwn>,
) -> Result<Out<Recorded>, ApiError> {
    Ok(Out(perform::reopen(&state, &caller, journey, wish).await?))
}

/// `POST /v1/journeys/{id}/waive`.
pub(crate) async fn waive(
    Server(state): Server<State>,
    caller: Caller,
    Path(journey): Path<JourneyId>,
    Json(wish): Json<Waive>,
) -> Result<Out<Recorded>, ApiError> {
    Ok(Out(manage::waive(&state, &caller, journey, wish).await?))
}

/// `POST /v1/journeys/{id}/start`.
pub(crate) async fn move_start(
    Server(state): Server<State>,
    caller: Caller,
    Path(journey): Path<JourneyId>,
    Json(wish): Json<MoveStart>,
) -> Result<Out<Plan>, ApiError> {
    Ok(Out(manage::move_start(&state, &caller, journey, wish).await?))
}

/// `POST /v1/journeys/{id}/nudge`.
pub(crate) async fn nudge(
    Server(state): Server<State>,
    caller: Caller,
    Path(journey): Path<JourneyId>,
    Json(wish): Json<Nudge>,
) -> Result<StatusCode, ApiError> {
    manage::nudge(&state, &caller, journey, wish).await?;
    Ok(StatusCode::NO_CONTENT)
}
