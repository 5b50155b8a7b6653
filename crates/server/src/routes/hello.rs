//! Whether the server lives, whether it can work, and who it is.

use std::time::Duration;

use axum::{
    Json, extract,
    http::header,
    response::{IntoResponse, Response},
};
use waymark_api::http::{MAX_BATCH, MAX_BATCH_BYTES, OLDEST_VERSION, VERSION, auth::Hello, oidc, problem::ProblemKind};

use crate::{
    error::ApiError,
    guard::{Address, Place, Rules},
    openapi,
    operation::{Operation, Who},
    state::State,
    store::{About, StoreError},
};

/// What is answered to anybody.
pub(crate) fn operations() -> Vec<Operation> {
    let free = Rules { place: Place::Free, ..Rules::USUAL };
    vec![
        Operation::get("/live", live)
            .about("Whether the process lives.", Who::Anyone)
            .gives_as(200, "text/plain")
            .rules(free),
        Operation::get("/ready", ready)
            .about("Whether a write reaches the database; not any more once the server is about to end.", Who::Anyone)
            .gives_as(200, "text/plain")
            .rules(free),
        Operation::get("/metrics", metrics)
            .about("Numbers for Prometheus; answered to this machine only.", Who::Anyone)
            .gives_as(200, METRICS_TYPE)
            .fails(&[ProblemKind::NotFound])
            .rules(free),
        Operation::get("/v1/hello", hello)
            .about("What a device must know before it says who it is.", Who::Anyone)
            .gives::<Hello>(200),
        Operation::get("/openapi.json", openapi::json)
            .about("This description.", Who::Anyone)
            .gives_as(200, "application/json"),
        Operation::get("/openapi", openapi::page)
            .about("This description as a page.", Who::Anyone)
            .gives_as(200, "text/html"),
    ]
}

const METRICS_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// `GET /live`: the process answers. It asks nobody.
pub(crate) async fn live() -> &'static str {
    "ok\n"
}

/// `GET /ready`: a write reached the database.
pub(crate) async fn ready(extract::State(state): extract::State<State>) -> Result<&'static str, ApiError> {
    if state.is_stopping() {
        return Err(ApiError::busy("The server is about to end."));
    }
    let mut tx = state.store().begin().await?;
    sqlx::query("UPDATE server SET name = name").execute(&mut *tx).await.about("the write check")?;
    tx.commit().await.about("the write check")?;
    Ok("ready\n")
}

/// `GET /metrics`. Whoever is not on this machine, as seen through trusted proxies, hears that it is not there.
pub(crate) async fn metrics(
    extract::State(state): extract::State<State>,
    Address(address): Address,
) -> Result<Response, ApiError> {
    if !address.is_loopback() {
        return Err(ApiError::not_found());
    }
    let text = state.metrics().text(state.store());
    let text = text.map_err(|source| StoreError::Stored { what: "number", source: Box::new(source) })?;
    Ok(([(header::CONTENT_TYPE, METRICS_TYPE)], text).into_response())
}

/// How long a greeting waits for what the identity provider says about itself, where that is not known yet.
const PROVIDER: Duration = Duration::from_secs(2);

/// `GET /v1/hello`.
pub(crate) async fn hello(extract::State(state): extract::State<State>) -> Json<Hello> {
    let identity = state.identity();
    let mut sign_in = Vec::new();
    if let Some(provider) = state.provider() {
        sign_in.push(oidc::BROWSER.to_owned());
        // Whoever greets the server does not wait for somebody else's.
        if tokio::time::timeout(PROVIDER, provider.has_device_flow()).await == Ok(true) {
            sign_in.push(oidc::CODE.to_owned());
        }
    }
    Json(Hello {
        server: identity.id,
        name: identity.name.clone(),
        server_epoch: identity.epoch,
        versions: (OLDEST_VERSION..=VERSION).collect(),
        max_batch: MAX_BATCH,
        max_bytes: MAX_BATCH_BYTES,
        sign_in,
    })
}
