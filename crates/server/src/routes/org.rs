//! The organisation by hand, for admins: `/v1/people/{id}`, `/v1/teams`.

use axum::{extract::State as Server, http::StatusCode};
use waymark_api::http::{
    org::{AddPerson, AddTeam, ChangeTeam, PersonDetail, PersonFields, TeamEntry},
    problem::ProblemKind,
};
use waymark_core::id::PersonId;

use crate::{
    auth::{Caller, Role},
    error::ApiError,
    extract::{Json, Path},
    operation::{Operation, Who},
    state::State,
    store::teams::{self as store_teams, TeamRow},
    usecase::{
        org::{Writer, edit, teams},
        people,
    },
};

/// People and teams, one at a time.
pub(crate) fn operations() -> Vec<Operation> {
    vec![
        Operation::post("/v1/people", add)
            .about("Adds somebody; they sign in once somebody invites them.", Who::Admin)
            .takes::<AddPerson>()
            .gives::<PersonDetail>(201)
            .fails(&[ProblemKind::Conflict]),
        Operation::get("/v1/people/{id}", show)
            .about("Everything that an admin keeps of a person; nothing of their journeys.", Who::Admin)
            .gives::<PersonDetail>(200),
        Operation::patch("/v1/people/{id}", change)
            .about("Changes somebody, ends their time here, or brings them back.", Who::Admin)
            .takes::<PersonFields>()
            .gives::<PersonDetail>(200)
            .fails(&[ProblemKind::Conflict]),
        Operation::get("/v1/teams", list_teams)
            .about("All teams, and which one is part of which.", Who::Admin)
            .gives::<Vec<TeamEntry>>(200),
        Operation::post("/v1/teams", add_team)
            .about("Adds a team.", Who::Admin)
            .takes::<AddTeam>()
            .gives::<TeamEntry>(201)
            .fails(&[ProblemKind::Conflict]),
        Operation::patch("/v1/teams/{name}", change_team)
            .about("Renames a team or puts it below another one; its people go along.", Who::Admin)
            .takes::<ChangeTeam>()
            .gives::<TeamEntry>(200)
            .fails(&[ProblemKind::Conflict]),
        Operation::delete("/v1/teams/{name}", end_team)
            .about("Takes a team away that nobody is in.", Who::Admin)
            .fails(&[ProblemKind::Conflict]),
    ]
}

/// Does something to the organisation as an admin, and wakes whoever waits for news.
async fn as_admin<T, E: Into<ApiError>>(
    state: &State,
    caller: &Caller,
    act: impl AsyncFnOnce(Writer<'_>) -> Result<T, E>,
) -> Result<T, ApiError> {
    caller.must_be(Role::Admin)?;
    let actor = format!("p:{}", caller.person);
    let done = act(Writer { actor: &actor, now: state.now(), facts: state.facts() }).await.map_err(Into::into)?;
    // Who else is told (a new manager, a line that moved) is not known here; whoever waits asks once more.
    state.facts().wakes.wake_everybody();
    Ok(done)
}

/// `POST /v1/people`.
pub(crate) async fn add(
    Server(state): Server<State>,
    caller: Caller,
    Json(wish): Json<AddPerson>,
) -> Result<(StatusCode, axum::Json<PersonDetail>), ApiError> {
    let row = as_admin(&state, &caller, async |writer| edit::add(state.store(), writer, wish).await).await?;
    Ok((StatusCode::CREATED, axum::Json(people::detail(&state, &row.id).await?)))
}

/// `GET /v1/people/{id}`.
pub(crate) async fn show(
    Server(state): Server<State>,
    caller: Caller,
    Path(id): Path<PersonId>,
) -> Result<axum::Json<PersonDetail>, ApiError> {
    caller.must_be(Role::Admin)?;
    Ok(axum::Json(people::detail(&state, &id.to_string()).await?))
}

/// `PATCH /v1/people/{id}`.
pub(crate) async fn change(
    Server(state): Server<State>,
    caller: Caller,
    Path(id): Path<PersonId>,
    Json(wish): Json<PersonFields>,
) -> Result<axum::Json<PersonDetail>, ApiError> {
    let id = id.to_string();
    as_admin(&state, &caller, async |writer| edit::change(state.store(), writer, &id, wish).await).await?;
    Ok(axum::Json(people::detail(&state, &id).await?))
}

/// `GET /v1/teams`.
pub(crate) async fn list_teams(
    Server(state): Server<State>,
    caller: Caller,
) -> Result<axum::Json<Vec<TeamEntry>>, ApiError> {
    caller.must_be(Role::Admin)?;
    Ok(axum::Json(store_teams::list(state.store().read()).await?.into_iter().map(entry).collect()))
}

/// `POST /v1/teams`.
pub(crate) async fn add_team(
    Server(state): Server<State>,
    caller: Caller,
    Json(wish): Json<AddTeam>,
) -> Result<(StatusCode, axum::Json<TeamEntry>), ApiError> {
    let row = as_admin(&state, &caller, async |writer| teams::add(state.store(), writer, wish).await).await?;
    Ok((StatusCode::CREATED, axum::Json(entry(row))))
}

/// `PATCH /v1/teams/{name}`.
pub(crate) async fn change_team(
    Server(state): Server<State>,
    caller: Caller,
    Path(name): Path<String>,
    Json(wish): Json<ChangeTeam>,
) -> Result<axum::Json<TeamEntry>, ApiError> {
    let row = as_admin(&state, &caller, async |writer| teams::change(state.store(), writer, &name, wish).await).await?;
    Ok(axum::Json(entry(row)))
}

/// `DELETE /v1/teams/{name}`.
pub(crate) async fn end_team(
    Server(state): Server<State>,
    caller: Caller,
    Path(name): Path<String>,
) -> Result<StatusCode, ApiError> {
    as_admin(&state, &caller, async |writer| teams::end(state.store(), writer, &name).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn entry(row: TeamRow) -> TeamEntry {
    TeamEntry { name: row.name, parent: row.parent, people: u32::try_from(row.people).unwrap_or(u32::MAX) }
}
