//! `GET /v1/export/me`, `DELETE /v1/me`, and the organisation's numbers at `/dashboard`.

use axum::{
    extract::State as Server,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::dashboard_html::html;
use crate::{auth::Caller, error::ApiError, extract::Query, state::State, usecase::me};

/// `GET /v1/export/me`.
pub(crate) async fn export(Server(state): Server<State>, caller: Caller) -> Result<Response, ApiError> {
    let export = me::export(&state, &caller).await?;
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"waymark-export.json\""),
    ];
    Ok((headers, axum::Json(export)).into_response())
}

/// `DELETE /v1/me`.
pub(crate) async fn erase(Server(state): Server<State>, caller: Caller) -> Result<StatusCode, ApiError> {
    me::erase(&state, &caller).await?;
    Ok(StatusCode::ACCEPTED)
}

/// What a link carries.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Link {
    until: i64,
    key: String,
}

/// `GET /dashboard?until=&key=`: a page without script, for whoever has a link that holds.
pub(crate) async fn dashboard(Server(state): Server<State>, Query(link): Query<Link>) -> Result<Response, ApiError> {
    let page = me::dashboard(&state, link.until, &link.key).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // The page has one style sheet of its own and nothing else.
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        ),
    ];
    Ok((headers, html(&page)).into_response())
}
