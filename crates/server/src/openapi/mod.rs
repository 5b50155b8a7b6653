//! The server's description of itself: `/openapi.json` for programs, `/openapi` for people.

mod document;
mod page;

use axum::{
    extract::State as Server,
    http::header,
    response::{IntoResponse, Response},
};

use crate::{error::ApiError, operation::Operation, state::State, store::About as _};

pub(crate) use document::document;

/// `GET /openapi.json`.
pub(crate) async fn json(Server(state): Server<State>) -> Result<Response, ApiError> {
    let text = serde_json::to_string_pretty(state.openapi()).about("description")?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

/// `GET /openapi`.
pub(crate) async fn page(Server(state): Server<State>) -> Response {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, policy)];
    (headers, page::page(state.openapi())).into_response()
}

/// The description of `operations`.
pub(crate) fn describe(operations: &[Operation]) -> serde_json::Value {
    document(operations)
}
