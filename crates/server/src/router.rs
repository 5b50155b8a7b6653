//! Every route, in one place.

use axum::{
    Router,
    routing::{delete, get, post, put},
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
        .route("/v1/events", post(routes::events::post))
        .route("/v1/events/cursor", get(routes::events::cursor))
        .route("/v1/feed", get(routes::events::feed))
        .route("/v1/invites", post(routes::people::invite))
        .route("/v1/invites/look", post(routes::auth::look))
        .route("/v1/enrol", post(routes::auth::enrol))
        .route("/v1/auth/refresh", post(routes::auth::refresh))
        .route("/v1/auth/revoke", post(routes::auth::revoke))
        .route("/v1/sessions", get(routes::sessions::list))
        .route("/v1/sessions/{id}", delete(routes::sessions::end))
        .route("/v1/me", get(routes::people::me).delete(routes::me::erase))
        .route("/v1/export/me", get(routes::me::export))
        .route("/dashboard", get(routes::me::dashboard))
        .route("/v1/people", get(routes::people::list))
        .route("/v1/sinks", get(routes::sinks::list).post(routes::sinks::make))
        .route("/v1/sinks/{id}", delete(routes::sinks::remove))
        .route("/v1/audit", get(routes::audit::list))
        .route("/v1/bundles", get(routes::bundles::list))
        .route("/v1/bundles/{digest}", get(routes::bundles::archive))
        .route("/v1/bundles/{name}/{version}", put(routes::bundles::put))
        .route("/v1/templates", get(routes::team::templates))
        .route("/v1/team/overview", get(routes::team::overview))
        .route("/v1/people/{id}/page", get(routes::team::person))
        .route("/v1/people/{id}/journeys", get(routes::team::journeys))
        .route("/v1/journeys", post(routes::team::assign))
        .route("/v1/journeys/{id}/signoff", post(routes::team::sign_off))
        .route("/v1/journeys/{id}/return", post(routes::team::return_step))
        .route("/v1/journeys/{id}/waive", post(routes::team::waive))
        .route("/v1/journeys/{id}/start", post(routes::team::move_start))
        .route("/v1/journeys/{id}/nudge", post(routes::team::nudge))
        .fallback(async || ApiError::not_found())
        .with_state(state)
}
