//! Every route, in one place.

use axum::{Router, middleware};

use crate::{
    error::ApiError,
    guard::{guard, observe},
    operation::Operation,
    routes,
    state::State,
};

/// Every operation of the contract. The router and `/openapi.json` are made of this list and of nothing else.
pub(crate) fn operations() -> Vec<Operation> {
    [
        routes::front::operations(),
        routes::hello::operations(),
        routes::auth::operations(),
        routes::oidc::operations(),
        routes::sessions::operations(),
        routes::people::operations(),
        routes::org::operations(),
        routes::audit::operations(),
        routes::events::operations(),
        routes::bundles::operations(),
        routes::team::operations(),
        routes::me::operations(),
        routes::hooks::operations(),
        routes::sinks::operations(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// All routes over `state`.
pub(crate) fn router(state: State) -> Router {
    let mut router = Router::new();
    for operation in operations() {
        let guarded = middleware::from_fn_with_state((state.clone(), operation.rules), guard);
        router = router.route(operation.path, operation.answer.layer(guarded));
    }
    router
        .fallback(async || ApiError::not_found())
        .method_not_allowed_fallback(async || ApiError::not_found())
        .layer(middleware::from_fn_with_state(state.clone(), observe))
        .with_state(state)
}
