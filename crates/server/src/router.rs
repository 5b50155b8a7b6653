//! Every route, in one place.

use axum::{
    Router,
    routing::{get, post},
};

use crate::{error::ApiError, routes, state::State};

/// All routes over `state`.
pub(crate) fn router(state: State) -> Router {
    Router::new()
        .route("/live", get(routes::hello::live))
        .route("/ready", get(routes::hello::ready))
        .route("/v1/hello", get(routes::hello::hello))
        .route("/v1/hooks/github", post(routes::hooks::github))
        .route("/v1/hooks/gitlab", post(routes::hooks::gitlab))
        .route("/v1/hooks/cdevents", post(routes::hooks::cdevents))
        .fallback(async || ApiError::not_found())
        .with_state(state)
}
