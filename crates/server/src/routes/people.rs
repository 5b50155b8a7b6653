//! Who is who: the caller, the people they may see, and invites for them.

use axum::{extract::State as Server, http::StatusCode};
use serde::Deserialize;
use waymark_api::http::{
    auth::Me,
    org::{Invite, MakeInvite, Page, PersonEntry},
};

use crate::{
    auth::Caller,
    error::ApiError,
    extract::{Json, Query},
    state::State,
    usecase::{invite, people},
};

/// From where on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct After {
    #[serde(default)]
    after: String,
}

/// `GET /v1/me`.
pub(crate) async fn me(Server(state): Server<State>, caller: Caller) -> Result<axum::Json<Me>, ApiError> {
    Ok(axum::Json(people::me(&state, &caller).await?))
}

/// `GET /v1/people`.
pub(crate) async fn list(
    Server(state): Server<State>,
    caller: Caller,
    Query(page): Query<After>,
) -> Result<axum::Json<Page<PersonEntry>>, ApiError> {
    Ok(axum::Json(people::list(&state, &caller, &page.after).await?))
}

/// `POST /v1/invites`.
pub(crate) async fn invite(
    Server(state): Server<State>,
    caller: Caller,
    Json(body): Json<MakeInvite>,
) -> Result<(StatusCode, axum::Json<Invite>), ApiError> {
    Ok((StatusCode::CREATED, axum::Json(invite::make_as(&state, &caller, &body).await?)))
}
