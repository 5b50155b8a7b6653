//! Whether the server lives, whether it can work, and who it is.

use axum::{Json, extract};
use waymark_api::http::{MAX_BATCH, MAX_BATCH_BYTES, OLDEST_VERSION, VERSION, auth::Hello};

use crate::{error::ApiError, state::State, store::About};

/// `GET /live`: the process answers. It asks nobody.
pub(crate) async fn live() -> &'static str {
    "ok\n"
}

/// `GET /ready`: a write reached the database.
pub(crate) async fn ready(extract::State(state): extract::State<State>) -> Result<&'static str, ApiError> {
    let mut tx = state.store().begin().await?;
    sqlx::query("UPDATE server SET name = name").execute(&mut *tx).await.about("the write check")?;
    tx.commit().await.about("the write check")?;
    Ok("ready\n")
}

/// `GET /v1/hello`.
pub(crate) async fn hello(extract::State(state): extract::State<State>) -> Json<Hello> {
    let identity = state.identity();
    Json(Hello {
        server: identity.id,
        name: identity.name.clone(),
        server_epoch: identity.epoch,
        versions: (OLDEST_VERSION..=VERSION).collect(),
        max_batch: MAX_BATCH,
        max_bytes: MAX_BATCH_BYTES,
        sign_in: Vec::new(),
    })
}
