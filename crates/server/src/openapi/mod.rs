//! The server's description of itself: `/openapi.json` for programs, `/openapi` for people.

mod document;
mod page;

use axum::{
    body::Bytes,
    extract::State as Server,
    http::header,
    response::{IntoResponse, Response},
};

use crate::{html, operation::Operation, state::State};

/// The description, written once when the server starts: anybody may ask for it, so it must cost nothing.
#[derive(Clone, Debug)]
pub(crate) struct Description {
    json: Bytes,
    page: Bytes,
}

impl Description {
    /// Describes `operations`.
    pub(crate) fn of(operations: &[Operation]) -> Self {
        let document = document::document(operations);
        Self { json: format!("{document:#}").into(), page: page::page(&document).into() }
    }
}

/// `GET /openapi.json`.
pub(crate) async fn json(Server(state): Server<State>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], state.openapi().json.clone()).into_response()
}

/// `GET /openapi`.
pub(crate) async fn page(Server(state): Server<State>) -> Response {
    html::answer(state.openapi().page.clone())
}
