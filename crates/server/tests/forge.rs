//! A merge on a forge, told to the real server over each database: the hire's device hears of it, and so does
//! whoever is sent events.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::time::Duration;

use axum::{Router, body::Bytes, http::HeaderMap};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use hyper::Method;
use serde_json::{Value, json};
use sha2::Sha256;
use support::{COMPANY, Client, Database, Server, databases};
use tokio::sync::mpsc;

const JOURNEY: &str = "---\nschema: waymark.journey/1\nid: lantern\ntitle: Lantern\nversion: 1.0.0\nowner: team:lantern\n\
milestones:\n  - {id: merge, title: First merge, kind: forge.merge}\n---\n\n## Week 1 {#week-1 to=\"day 5\"}\n\n\
- [ ] Get the tools {#tools}\n";

/// For something that happens by itself, on a machine that has much to do.
const PATIENCE: Duration = Duration::from_secs(60);

fn company(database: Database) -> Server {
    let server = Server::start_with(database, &["--allow-private-sinks"]);
    server.import(COMPANY);
    let content = server.data.path().join("content");
    std::fs::create_dir_all(content.join("journeys")).unwrap();
    std::fs::write(content.join("journeys/lantern.md"), JOURNEY).unwrap();
    server.does(&["publish", content.to_str().unwrap(), "--name", "corvane"]);
    server
}

/// A receiver on this machine: what came.
async fn receiver() -> (String, mpsc::UnboundedReceiver<(HeaderMap, Bytes)>) {
    let (sender, received) = mpsc::unbounded_channel();
    let router = Router::new().fallback(async move |headers: HeaderMap, body: Bytes| {
        sender.send((headers, body)).unwrap();
        axum::http::StatusCode::ACCEPTED
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/events?key=hidden", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, received)
}

fn hmac(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().to_vec()
}

/// GitHub tells of a merged pull request.
async fn merged(client: &Client, secret: &str, delivery: &str) -> u16 {
    let body = json!({
        "action": "closed", "number": 4,
        "pull_request": {"number": 4, "title": "Print the port", "body": null, "draft": false, "merged": true,
            "user": {"login": "Ada-Dev", "type": "User"}, "head": {"ref": "port", "sha": "h"}, "merge_commit_sha": "m",
            "closed_at": "2026-01-08T10:00:00Z", "merged_at": "2026-01-08T10:00:00Z"},
        "repository": {"full_name": "acme/api", "fork": false},
    })
    .to_string();
    let hex: String = hmac(secret.as_bytes(), &[body.as_bytes()]).iter().map(|byte| format!("{byte:02x}")).collect();
    let signature = format!("sha256={hex}");
    let headers =
        [("x-github-event", "pull_request"), ("x-github-delivery", delivery), ("x-hub-signature-256", &signature)];
    client.send(Method::POST, "/v1/hooks/github", &headers, body).await.status.as_u16()
}

#[tokio::test]
async fn a_merge_reaches_the_device_and_the_sink() {
    for database in databases() {
        let server = company(database);
        let (petra, ada) = (server.join("petra@corvane.example").await, server.join("ada@corvane.example").await);
        let wish = json!({"person": ada.person, "bundle": "corvane", "template": "lantern", "start": "2026-01-05"});
        petra.client.post("/v1/journeys", &wish).await.ok(201);
        let (url, mut received) = receiver().await;
        let said = server.does(&["sinks", "add", &url, "--type", "dev.waymark.milestone.", "--allow-private-sinks"]);
        let sink_secret = said.lines().find_map(|line| line.strip_prefix("secret whsec_")).unwrap().to_owned();
        let secret = server.does(&["forge", "secret", "github"]).trim().to_owned();
        server.does(&["forge", "set", "github", "owners", "acme"]);
        let unknown = server.command(&["forge", "map", "ada-dev", "nobody@corvane.example", "--forge", "github"]);
        assert_eq!(unknown.status.code(), Some(1));
        server.does(&["forge", "map", "ada-dev", "ada@corvane.example", "--forge", "github"]);

        assert_eq!(merged(&server.client(), "another secret", "d1").await, 401);
        assert_eq!(merged(&server.client(), &secret, "d1").await, 202);
        assert_eq!(merged(&server.client(), &secret, "d2").await, 202, "a replay under another id");
        let (headers, body) = tokio::time::timeout(PATIENCE, received.recv()).await.unwrap().unwrap();
        let event: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(event["type"], "dev.waymark.milestone.reached.v1");
        assert_eq!(event["authid"], "s:github");
        assert_eq!(event["data"]["evidence"], "confirmed");
        assert_eq!(event["data"]["reference"], "github:acme/api#4");
        assert_eq!(event["data"]["at"], "2026-01-08T10:00:00Z");
        let part = |name: &str| headers[name].to_str().unwrap().to_owned();
        let signed = [part("webhook-id"), part("webhook-timestamp")];
        let parts = [signed[0].as_bytes(), b".", signed[1].as_bytes(), b".", &body];
        let expected = STANDARD.encode(hmac(&STANDARD.decode(sink_secret).unwrap(), &parts));
        assert_eq!(part("webhook-signature"), format!("v1,{expected}"));

        let feed = ada.client.get("/v1/feed?after=0").await.ok(200);
        let told = |change: &&Value| change["event"]["type"] == "dev.waymark.milestone.reached.v1";
        let told: Vec<&Value> = feed["changes"].as_array().unwrap().iter().filter(told).collect();
        assert_eq!(told.len(), 1, "{feed}");
        assert_eq!(told[0]["by"], "GitHub");
        assert_eq!(told[0]["event"], event, "the sink and the device got the same");
        let page = petra.client.get(&format!("/v1/people/{}/page", ada.person)).await.ok(200);
        let milestone = &page["milestones"][0];
        assert_eq!((&milestone["reached"], &milestone["evidence"]), (&json!("2026-01-08"), &json!("confirmed")));
        assert!(server.does(&["forge", "list"]).contains("github ada-dev is ada@corvane.example"));
    }
    println!("proved: a forged delivery refused, one told twice counts once");
}

#[tokio::test]
async fn sinks_are_the_admins() {
    for database in databases() {
        let server = company(database);
        let (root, ada) = (server.join("root@corvane.example").await, server.join("ada@corvane.example").await);
        let (url, _received) = receiver().await;
        let wanted = json!({ "url": url });
        assert_eq!(server.client().post("/v1/sinks", &wanted).await.status, 401);
        assert_eq!(ada.client.post("/v1/sinks", &wanted).await.problem(), "forbidden");
        assert_eq!(ada.client.get("/v1/sinks").await.problem(), "forbidden");
        let made = root.client.post("/v1/sinks", &wanted).await.ok(201);
        assert!(made["secret"].as_str().unwrap().starts_with("whsec_"));
        let listed = root.client.get("/v1/sinks").await.ok(200);
        assert_eq!(listed[0]["id"], made["id"]);
        let text = listed.to_string();
        assert!(!text.contains("whsec_") && !text.contains("hidden"), "shown once: {text}");
        for bad in
            [json!({"url": "ftp://a"}), json!({"url": "https://a:b@c.example"}), json!({"url": url, "types": [" "]})]
        {
            assert_eq!(root.client.post("/v1/sinks", &bad).await.problem(), "bad-request", "{bad}");
        }
        let path = format!("/v1/sinks/{}", made["id"].as_str().unwrap());
        assert_eq!(ada.client.delete(&path).await.problem(), "forbidden");
        root.client.delete(&path).await.ok(204);
        assert_eq!(root.client.delete(&path).await.problem(), "not-found");
        assert_eq!(server.command(&["sinks", "resend", "msg_nothing"]).status.code(), Some(1));
    }
}
