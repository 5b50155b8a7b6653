//! Where a person is signed in.

use axum::{extract::State as Server, http::StatusCode};
use serde::Deserialize;
use waymark_api::http::{auth::SessionRow, org::Page};
use waymark_core::id::PersonId;

use crate::{
    auth::Caller,
    error::ApiError,
    extract::{Path, Query},
    state::State,
    usecase::sessions,
};

/// Whose, and from where on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Which {
    person: Option<PersonId>,
    #[serde(default)]
    after: String,
}

/// `GET /v1/sessions`: one's own; of `?person=` for an admin.
pub(crate) async fn list(
    Server(state): Server<State>,
    caller: Caller,
    Query(which): Query<Which>,
) -> Result<axum::Json<Page<SessionRow>>, ApiError> {
    let person = which.person.map(|person| person.to_string());
    Ok(axum::Json(sessions::list(&state, &caller, person.as_deref(), &which.after).await?))
}

/// `DELETE /v1/sessions/{id}`.
pub(crate) async fn end(
    Server(state): Server<State>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    sessions::end(&state, &caller, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
