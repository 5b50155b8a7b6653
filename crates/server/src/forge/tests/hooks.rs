//! What is answered to whom, and what is kept.

use axum::http::StatusCode;
use serde_json::json;

use super::{
    payloads::*,
    world::{SECRET, World, signature},
};
use crate::{
    standard_webhooks::{Message, Secret},
    store::forge::secret,
};

const KEPT: &str = "SELECT forge || ' ' || id || ' ' || kind || ' ' || trust FROM forge_delivery ORDER BY id";

#[tokio::test]
async fn github_must_sign_and_is_answered_at_once() {
    let world = World::new().await;
    let body = github_pull("opened", 4, "ada", "2026-03-02T10:00:00Z").to_string();
    let good = signature(SECRET, body.as_bytes());
    let send = async |id: &str, signature: Option<&str>, body: &str| {
        let mut headers = vec![("x-github-event", "pull_request"), ("x-github-delivery", id)];
        headers.extend(signature.map(|signature| ("x-hub-signature-256", signature)));
        world.post("/v1/hooks/github", &headers, body.as_bytes()).await
    };
    assert_eq!(send("d1", None, &body).await, StatusCode::UNAUTHORIZED);
    assert_eq!(send("d1", Some(&signature("other", body.as_bytes())), &body).await, StatusCode::UNAUTHORIZED);
    assert_eq!(send("d1", Some(&good), &format!("{body} ")).await, StatusCode::UNAUTHORIZED);
    assert!(world.texts(KEPT).await.is_empty(), "nothing of it is kept");
    assert_eq!(send("d1", Some(&good), &body).await, StatusCode::ACCEPTED);
    assert_eq!(send("d1", Some(&good), &body).await, StatusCode::ACCEPTED, "once more is no error");
    assert_eq!(world.texts(KEPT).await, ["github d1 pull_request signed"]);
    assert_eq!(world.texts("SELECT body FROM forge_delivery").await, [body]);
    let star = r#"{"action":"created"}"#;
    assert_eq!(send("d2", Some(&signature(SECRET, star.as_bytes())), star).await, StatusCode::ACCEPTED, "not used");
    let large = "x".repeat(1024 * 1024 + 1);
    let status = send("d3", Some(&signature(SECRET, large.as_bytes())), &large).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn gitlab_signs_or_shows_a_token() {
    let world = World::new().await;
    let body = json!({"object_kind": "pipeline"}).to_string();
    let post = async |headers: &[(&str, &str)]| world.post("/v1/hooks/gitlab", headers, body.as_bytes()).await;
    let timestamp = world.state.now().as_second().to_string();
    let sign = |id: &str, timestamp: &str| {
        let message = Message { id, timestamp, body: body.as_bytes() };
        Secret::parse(SECRET).expect("a secret").sign(message)
    };
    let signed = sign("m1", &timestamp);
    let signed =
        [("webhook-id", "m1"), ("webhook-timestamp", timestamp.as_str()), ("webhook-signature", signed.as_str())];
    assert_eq!(post(&signed).await, StatusCode::ACCEPTED);
    let old_time = (world.state.now().as_second() - 301).to_string();
    let old = sign("m2", &old_time);
    let old = [("webhook-id", "m2"), ("webhook-timestamp", old_time.as_str()), ("webhook-signature", old.as_str())];
    assert_eq!(post(&old).await, StatusCode::UNAUTHORIZED, "a message of six minutes ago");
    let both = [("webhook-id", "m3"), ("webhook-signature", "v1,AAAA"), ("x-gitlab-token", SECRET)];
    assert_eq!(
        post(&both).await,
        StatusCode::UNAUTHORIZED,
        "a signature that does not hold is not made good by a token"
    );
    assert_eq!(post(&[("x-gitlab-token", SECRET), ("idempotency-key", "m4")]).await, StatusCode::ACCEPTED);
    assert_eq!(post(&[("x-gitlab-token", "other"), ("idempotency-key", "m5")]).await, StatusCode::UNAUTHORIZED);
    assert_eq!(post(&[]).await, StatusCode::UNAUTHORIZED);
    let kept = world.texts(KEPT).await;
    assert_eq!(kept, ["gitlab m1  signed", "gitlab m4  token only"]);
}

#[tokio::test]
async fn an_old_secret_holds_for_a_week_after_a_new_one() {
    let world = World::new().await;
    secret::rotate(world.state.store(), "github", "new", world.state.now()).await.expect("a secret");
    let post = async |secret: &str| {
        let signature = signature(secret, b"{}");
        world.post("/v1/hooks/github", &[("x-hub-signature-256", &signature)], b"{}").await
    };
    assert_eq!(post(SECRET).await, StatusCode::ACCEPTED);
    assert_eq!(post("new").await, StatusCode::ACCEPTED);
    world.at("2026-03-09T09:00:01Z");
    assert_eq!(post(SECRET).await, StatusCode::UNAUTHORIZED);
    assert_eq!(post("new").await, StatusCode::ACCEPTED);
}

#[tokio::test]
async fn what_cannot_be_read_is_kept_and_named() {
    let world = World::new().await;
    world.github("pull_request", &json!({"action": "opened"})).await;
    world.github("star", &json!({"action": "created"})).await;
    let outcomes = world.texts("SELECT outcome FROM forge_delivery ORDER BY id").await;
    assert_eq!(
        outcomes,
        ["could not be read: the field /pull_request is missing or not what it should be", "not used: star created",]
    );
    let form = "payload=%7B%22action%22%3A%22created%22%7D";
    let signature = signature(SECRET, form.as_bytes());
    let headers = [("x-github-event", "watch"), ("x-hub-signature-256", signature.as_str())];
    assert_eq!(world.post("/v1/hooks/github", &headers, form.as_bytes()).await, StatusCode::ACCEPTED);
    world.work().await;
    let outcome = world.texts("SELECT outcome FROM forge_delivery WHERE kind = 'watch'").await;
    assert_eq!(outcome, ["not used: watch created"], "a webhook that sends forms is understood");
}
