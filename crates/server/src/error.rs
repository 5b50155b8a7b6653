//! What a request is answered with where it cannot be done, and an error with its causes in words.

use std::error::Error;

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use waymark_api::http::{
    PROBLEM_TYPE,
    problem::{Problem, ProblemKind},
};

use crate::store::StoreError;

/// A request that cannot be done.
#[derive(Debug, thiserror::Error)]
#[error("{kind:?}: {detail}")]
pub(crate) struct ApiError {
    /// What the client acts on.
    pub kind: ProblemKind,
    /// What was attempted and what to do.
    pub detail: String,
    /// Seconds until it is worth trying again.
    pub retry_after: Option<u32>,
}

impl ApiError {
    /// An error with a text for people.
    pub(crate) fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), retry_after: None }
    }

    /// Too many requests; there is a place again after so many seconds.
    pub(crate) fn slow_down(seconds: u32) -> Self {
        let detail = format!("Too many requests. Try again in {seconds} s.");
        Self { retry_after: Some(seconds), ..Self::new(ProblemKind::SlowDown, detail) }
    }

    /// The server cannot work now. The time to come again is spread, so that everybody does not come back in the
    /// same second.
    pub(crate) fn busy(detail: &str) -> Self {
        Self { retry_after: Some(2 + rand::random::<u32>() % 8), ..Self::new(ProblemKind::Unavailable, detail) }
    }

    /// The one answer for what is not there and for what is not the caller's to see.
    pub(crate) fn not_found() -> Self {
        Self::new(ProblemKind::NotFound, "There is no such thing here.")
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        if error.is_temporary() {
            tracing::warn!(error = &error as &dyn Error, "the database cannot work now");
            let detail = "The server cannot reach or write its database. What you did is kept on your device.";
            return Self::busy(detail);
        }
        tracing::error!(error = &error as &dyn Error, "a request failed");
        Self::new(ProblemKind::Fault, "The server has a fault; its log says more.")
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let name = serde_json::to_value(self.kind).ok();
        let name = name.as_ref().and_then(serde_json::Value::as_str).unwrap_or("fault");
        let problem = Problem {
            kind: format!("urn:waymark:problem:{name}"),
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            detail: self.detail,
            retry_after: self.retry_after,
        };
        let mut response = (status, Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_TYPE));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// An error with its causes, in one line. Drivers say a cause in the error as well; it is there once.
pub(crate) fn chain(error: &dyn Error) -> String {
    let (mut text, mut cause) = (error.to_string(), error.source());
    while let Some(inner) = cause {
        let said = inner.to_string();
        if !text.ends_with(&said) {
            text.push_str(": ");
            text.push_str(&said);
        }
        cause = inner.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    #[test]
    fn a_cause_that_was_said_is_not_said_again() {
        let error = anyhow!("(code: 26) file is not a database")
            .context("error of the driver: (code: 26) file is not a database");
        let error = error.context("could not open the file");
        let said = "could not open the file: error of the driver: (code: 26) file is not a database";
        assert_eq!(chain(error.as_ref()), said);
        assert_eq!(chain(anyhow!("no").context("it failed").as_ref()), "it failed: no");
    }
}
