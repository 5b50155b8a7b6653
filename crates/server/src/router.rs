//! Every route, in one place.

use axum::{Router, routing::get};

use crate::{error::ApiError, routes, state::State};

/// All routes over `state`.
pub(crate) fn router(state: State) -> Router {
    Router::new()
        .route("/live", get(routes::hello::live))
        .route("/ready", get(routes::hello::ready))
        .route("/v1/hello", get(routes::hello::hello))
        .fallback(async || ApiError::not_found())
        .with_state(state)
}
