//! Around everything: a number and a line for each answer, its headers, and an answer even where a handler fell.

use std::{panic::AssertUnwindSafe, time::Instant};

use axum::{
    extract::{MatchedPath, Request, State as Server},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use futures_util::FutureExt as _;
use waymark_api::http::problem::ProblemKind;

use crate::{error::ApiError, state::State};

/// Headers of every answer that does not say otherwise. Nothing of ours is a page but `/openapi` and the
/// dashboard, which bring a policy of their own.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Runs a request and notes what came of it: the route as it is written in the router, never the address itself,
/// which holds ids.
pub(crate) async fn observe(Server(state): Server<State>, request: Request, next: Next) -> Response {
    let start = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let mut response = AssertUnwindSafe(next.run(request)).catch_unwind().await.unwrap_or_else(|_| {
        tracing::error!(%method, route, "a handler panicked");
        ApiError::new(ProblemKind::Fault, "The server has a fault; its log says more.").into_response()
    });
    let (status, took) = (response.status().as_u16(), start.elapsed());
    state.metrics().answered(method.as_str(), &route, status, took);
    tracing::info!(%method, route, status, ms = took.as_millis() as u64, "request");
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::ETAG) {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    response
}
