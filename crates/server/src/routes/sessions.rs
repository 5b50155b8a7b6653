//! Where a person is signed in.

use axum::{extract::State as Server, http::StatusCode};
use serde::Deserialize;
use waymark_api::http::{auth::SessionRow, org::Page, problem::ProblemKind};
use waymark_core::id::PersonId;

use crate::{
    auth::Caller,
    error::ApiError,
    extract::{Path, Query},
    operation::{Operation, Who},
    state::State,
    usecase::sessions,
};

/// Where a person is signed in.
pub(crate) fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/v1/sessions", list)
            .about("Where one is signed in; of `person` for an admin.", Who::SignedIn)
            .query(&[("person", "whose; one's own without"), ("after", "`next` of the page before")])
            .gives::<Page<SessionRow>>(200)
            .fails(&[ProblemKind::NotFound]),
        Operation::delete("/v1/sessions/{id}", end)
            .about("Ends a session: one's own, or anybody's for an admin.", Who::SignedIn),
    ]
}

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
