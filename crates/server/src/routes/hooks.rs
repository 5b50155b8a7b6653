//! `POST /v1/hooks/{github,gitlab,cdevents}`: what forges tell. Checked, kept, answered; a job reads it later.

use std::time::Duration;

use axum::{
    body::{Body, to_bytes},
    extract,
    http::{HeaderMap, StatusCode},
};
use waymark_api::http::problem::ProblemKind;

use crate::{
    auth::digest,
    error::ApiError,
    forge::{Source, Trust, authentic, settings},
    guard::Rules,
    operation::{Operation, Who},
    standard_webhooks::{self, Message},
    state::State,
    store::forge::delivery::{self, Delivery},
};

/// Bytes of a delivery, at most. GitHub sends up to 25 MB, nearly all of it commits and texts of which we use
/// nothing; what is larger is found by the poll of the API.
const MOST_BYTES: usize = 1024 * 1024;
/// For the whole body.
const BODY_TIME: Duration = Duration::from_secs(15);

/// What forges tell.
pub(crate) fn operations() -> Vec<Operation> {
    let rules = Rules { body: MOST_BYTES, ..Rules::USUAL };
    let hook = |operation: Operation, about| {
        operation
            .about(about, Who::Holder)
            .takes_as("application/json", None)
            .gives_empty(202)
            .fails(&[ProblemKind::SignIn])
            .rules(rules)
    };
    vec![
        hook(Operation::post("/v1/hooks/github", github), "A delivery of GitHub, signed by the webhook's secret."),
        hook(Operation::post("/v1/hooks/gitlab", gitlab), "A delivery of GitLab, signed or with the webhook's token."),
        hook(Operation::post("/v1/hooks/cdevents", cdevents), "A CDEvent, signed as Standard Webhooks."),
    ]
}

/// `POST /v1/hooks/github`.
pub(crate) async fn github(
    extract::State(state): extract::State<State>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, ApiError> {
    let body = read(body).await?;
    let secrets = settings::secrets(state.store(), Source::GitHub, state.now()).await?;
    let trust = authentic::github(&secrets, text(&headers, "x-hub-signature-256"), &body).ok_or_else(unsigned)?;
    let id = text(&headers, "x-github-delivery");
    keep(&state, Source::GitHub, id, text(&headers, "x-github-event"), trust, &body).await
}

/// `POST /v1/hooks/gitlab`.
pub(crate) async fn gitlab(
    extract::State(state): extract::State<State>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, ApiError> {
    let body = read(body).await?;
    let secrets = settings::secrets(state.store(), Source::GitLab, state.now()).await?;
    let trust = match signed(&headers, &body) {
        Some((message, signatures)) => authentic::standard(&secrets, message, signatures, state.now()),
        None => authentic::token(&secrets, text(&headers, "x-gitlab-token")),
    };
    let trust = trust.ok_or_else(unsigned)?;
    // The signature covers `webhook-id`, and `Idempotency-Key` is the same. `X-Gitlab-Event-UUID` is not: it is
    // equal for all hooks of one event.
    let id = text(&headers, standard_webhooks::ID).or_else(|| text(&headers, "idempotency-key"));
    keep(&state, Source::GitLab, id, text(&headers, "x-gitlab-event"), trust, &body).await
}

/// `POST /v1/hooks/cdevents`.
pub(crate) async fn cdevents(
    extract::State(state): extract::State<State>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, ApiError> {
    let body = read(body).await?;
    let secrets = settings::secrets(state.store(), Source::CdEvents, state.now()).await?;
    let (message, signatures) = signed(&headers, &body).ok_or_else(unsigned)?;
    let trust = authentic::standard(&secrets, message, signatures, state.now()).ok_or_else(unsigned)?;
    keep(&state, Source::CdEvents, Some(message.id), None, trust, &body).await
}

/// Keeps a delivery that comes from the forge. 202 for everything: GitLab switches a hook off that is answered
/// with an error, so what is not used is no error.
async fn keep(
    state: &State,
    source: Source,
    id: Option<&str>,
    kind: Option<&str>,
    trust: Trust,
    body: &[u8],
) -> Result<StatusCode, ApiError> {
    let body = String::from_utf8_lossy(body).into_owned();
    let delivery = Delivery {
        forge: source.to_string(),
        // Without an id, the same bytes are the same delivery.
        id: id.filter(|id| !id.is_empty()).map_or_else(|| digest(&body), |id| id.chars().take(200).collect()),
        kind: kind.unwrap_or_default().chars().take(200).collect(),
        body,
        trust: trust.word().to_owned(),
        received: state.now().as_millisecond(),
    };
    if !delivery::keep(state.store(), &delivery).await? {
        tracing::debug!(forge = delivery.forge, "a delivery came again");
    }
    Ok(StatusCode::ACCEPTED)
}

/// What Standard Webhooks sign, and the signatures; `None` where the request carries none.
fn signed<'a>(headers: &'a HeaderMap, body: &'a [u8]) -> Option<(Message<'a>, &'a str)> {
    let signatures = text(headers, standard_webhooks::SIGNATURE)?;
    let id = text(headers, standard_webhooks::ID).unwrap_or_default();
    let timestamp = text(headers, standard_webhooks::TIMESTAMP).unwrap_or_default();
    Some((Message { id, timestamp, body }, signatures))
}

async fn read(body: Body) -> Result<Vec<u8>, ApiError> {
    let whole = tokio::time::timeout(BODY_TIME, to_bytes(body, MOST_BYTES)).await;
    let slow = |_| ApiError::new(ProblemKind::BadRequest, "The body took longer than 15 s.");
    let large = |_| ApiError::new(ProblemKind::TooLarge, "A delivery has at most 1 MiB.");
    Ok(whole.map_err(slow)?.map_err(large)?.to_vec())
}

fn unsigned() -> ApiError {
    ApiError::new(
        ProblemKind::SignIn,
        "The delivery carries no signature that holds. Compare the webhook's secret with `waymark-server forge secret`.",
    )
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
