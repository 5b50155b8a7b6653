//! Joining and staying signed in.

use axum::{extract::State as Server, http::StatusCode};
use waymark_api::http::auth::{Enrol, Enrolled, InviteCard, LookAtInvite, Refresh, Revoke, Tokens};

use crate::{
    auth::Caller,
    error::ApiError,
    extract::Json,
    state::State,
    usecase::{enrol, invite, refresh, sessions},
};

/// `POST /v1/invites/look`.
pub(crate) async fn look(
    Server(state): Server<State>,
    Json(body): Json<LookAtInvite>,
) -> Result<axum::Json<InviteCard>, ApiError> {
    Ok(axum::Json(invite::look(&state, &body.code).await?))
}

/// `POST /v1/enrol`.
pub(crate) async fn enrol(
    Server(state): Server<State>,
    Json(body): Json<Enrol>,
) -> Result<axum::Json<Enrolled>, ApiError> {
    Ok(axum::Json(enrol::enrol(&state, &body).await?))
}

/// `POST /v1/auth/refresh`.
pub(crate) async fn refresh(
    Server(state): Server<State>,
    Json(body): Json<Refresh>,
) -> Result<axum::Json<Tokens>, ApiError> {
    Ok(axum::Json(refresh::refresh(&state, &body).await?))
}

/// `POST /v1/auth/revoke`.
pub(crate) async fn revoke(
    Server(state): Server<State>,
    caller: Caller,
    Json(body): Json<Revoke>,
) -> Result<StatusCode, ApiError> {
    sessions::end(&state, &caller, &body.session).await?;
    Ok(StatusCode::NO_CONTENT)
}
