//! `GET /v1/export/me`, `DELETE /v1/me`, and the organisation's numbers at `/dashboard`.

use axum::{
    extract::State as Server,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::dashboard_html;
use waymark_api::http::problem::ProblemKind;

use crate::{
    auth::Caller,
    error::ApiError,
    extract::Query,
    html,
    operation::{Operation, Who},
    state::State,
    usecase::me,
};

/// What is known about the caller, and the organisation's numbers.
pub(crate) fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/v1/export/me", export)
            .about("Everything that the server knows about the caller.", Who::SignedIn)
            .gives_as(200, "application/json"),
        Operation::delete("/v1/me", erase)
            .about("Forgets the caller; tombstones stay.", Who::SignedIn)
            .gives_empty(202),
        Operation::get("/dashboard", dashboard)
            .about("The organisation's numbers, for whoever has a link that the server's admin made.", Who::Holder)
            .query(&[("until", "until when the link holds"), ("key", "what proves the link")])
            .gives_as(200, "text/html")
            .fails(&[ProblemKind::NotFound]),
    ]
}

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
    Ok(([(header::CACHE_CONTROL, "no-store")], html::answer(dashboard_html::dashboard(&page))).into_response())
}
