//! `/v1/sinks`: where events are sent on to. For admins.

use axum::{extract::State as Server, http::StatusCode};
use waymark_api::http::sinks::{MakeSink, NewSink, SinkRow};

use crate::{
    auth::{Caller, Role},
    error::ApiError,
    extract::{Json, Path},
    operation::{Operation, Who},
    state::State,
    usecase::sinks::manage,
};

/// Where events are sent on to.
pub(crate) fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/v1/sinks", list).about("All sinks.", Who::Admin).gives::<Vec<SinkRow>>(200),
        Operation::post("/v1/sinks", make)
            .about("Adds a sink; its secret is told once.", Who::Admin)
            .takes::<MakeSink>()
            .gives::<NewSink>(201),
        Operation::delete("/v1/sinks/{id}", remove).about("Removes a sink.", Who::Admin),
    ]
}

/// `GET /v1/sinks`.
pub(crate) async fn list(Server(state): Server<State>, caller: Caller) -> Result<axum::Json<Vec<SinkRow>>, ApiError> {
    caller.must_be(Role::Admin)?;
    Ok(axum::Json(manage::list(state.store()).await?))
}

/// `POST /v1/sinks`.
pub(crate) async fn make(
    Server(state): Server<State>,
    caller: Caller,
    Json(wanted): Json<MakeSink>,
) -> Result<(StatusCode, axum::Json<NewSink>), ApiError> {
    caller.must_be(Role::Admin)?;
    let actor = format!("p:{}", caller.person);
    let made = manage::make(state.store(), state.targets(), &actor, &wanted, state.now()).await?;
    Ok((StatusCode::CREATED, axum::Json(made)))
}

/// `DELETE /v1/sinks/{id}`.
pub(crate) async fn remove(
    Server(state): Server<State>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    caller.must_be(Role::Admin)?;
    let gone = manage::remove(state.store(), &format!("p:{}", caller.person), &id, state.now()).await?;
    if gone { Ok(StatusCode::NO_CONTENT) } else { Err(ApiError::not_found()) }
}
