//! A manager's line: `/v1/team/overview`, `/v1/templates`, `/v1/people/{id}/…`, `/v1/journeys/…`.

use axum::{
    Json as Out,
    extract::State as Server,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use waymark_api::http::journeys::{Assign, MoveStart, Nudge, Plan, Recorded, ReturnStep, SignOff, TemplateRow, Waive};
use waymark_core::id::{JourneyId, PersonId};

use crate::{
    auth::Caller,
    error::ApiError,
    extract::{Json, Path, Query},
    state::State,
    usecase::{assign, manage, page, team},
};

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
