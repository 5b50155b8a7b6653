//! What every request meets before a handler: told to the real server.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod support;

use std::time::{Duration, Instant};

use axum::http::Method;
use serde_json::{Value, json};
use support::{COMPANY, Database, Server, databases};

fn company(options: &[&str]) -> Server {
    let server = Server::start_with(Database::Sqlite, options);
    server.import(COMPANY);
    server
}

#[tokio::test]
async fn whatever_is_wrong_with_a_request_is_answered_as_a_problem() {
    for database in databases() {
        let server = Server::start(database);
        server.import(COMPANY);
        let ada = server.join("ada@corvane.example").await;
        refuses(&ada.client).await;
    }
}

async fn refuses(client: &support::Client) {
    let json = &[("content-type", "application/json")][..];
    let deep = format!("{{\"session\":{}{}}}", "[".repeat(40), "]".repeat(40));
    let large = format!("{{\"session\":\"{}\"}}", "x".repeat(70_000));
    let revoke = "/v1/auth/revoke";
    for (method, path, headers, body, problem) in [
        (Method::POST, revoke, json, "{", "bad-request"),
        (Method::POST, revoke, json, "{}", "bad-request"),
        (Method::POST, revoke, json, "{\"session\":\"x\",\"admin\":true}", "bad-request"),
        (Method::POST, revoke, json, "{\"session\":\"x\",\"session\":\"y\"}", "bad-request"),
        (Method::POST, revoke, json, "{\"session\":7}", "bad-request"),
        (Method::POST, revoke, json, "\u{0}", "bad-request"),
        (Method::POST, revoke, json, &deep, "bad-request"),
        (Method::POST, revoke, json, &large, "too-large"),
        (Method::POST, revoke, &[("content-type", "text/plain")], "{\"session\":\"x\"}", "wrong-type"),
        (Method::POST, revoke, &[], "{\"session\":\"x\"}", "wrong-type"),
        (Method::GET, "/v1/sessions?mine=1", &[], "", "bad-request"),
        (Method::GET, "/v1/sessions?person=ada", &[], "", "bad-request"),
        (Method::GET, "/v1/people?after=%00", &[], "", "bad-request"),
        (Method::POST, revoke, json, "{\"session\":\"\\u0000\"}", "not-found"),
        (
            Method::POST,
            "/v1/auth/refresh",
            json,
            "{\"refresh\":\"\\u0000\",\"rotation\":\"\\u0000\",\"signature\":\"\"}",
            "bad-request",
        ),
        (
            Method::POST,
            "/v1/auth/refresh",
            json,
            "{\"refresh\":\"\\u0000\",\"rotation\":\"r\",\"signature\":\"\"}",
            "signed-out",
        ),
        (Method::GET, "/v1/me/", &[], "", "not-found"),
        (Method::GET, "//v1/me", &[], "", "not-found"),
        (Method::GET, "/v1/nothing", &[], "", "not-found"),
        (Method::PUT, "/v1/me", &[], "", "not-found"),
        (Method::DELETE, "/v1/sessions/%ff", &[], "", "not-found"),
        (Method::DELETE, "/v1/sessions/%00'--", &[], "", "not-found"),
    ] {
        let answer = client.send(method.clone(), path, headers, body.to_owned()).await;
        assert_eq!(answer.problem(), problem, "{method} {path} {}", body.get(..40).unwrap_or(body));
        for (name, value) in [("cache-control", "no-store"), ("x-content-type-options", "nosniff")] {
            assert_eq!(answer.headers[name], value);
        }
        assert!(!answer.headers.contains_key("location"));
    }
    client.get("/v1/me").await.ok(200);
}

#[tokio::test]
async fn codes_that_open_nothing_and_tokens_are_limited_and_joining_is_not() {
    let server = company(&[]);
    let mut ada = server.join("ada@corvane.example").await;
    for _ in 0..12 {
        server.join("ben@corvane.example").await;
    }
    for n in 0..60 {
        let pair = ada.ask_refresh(&format!("r{n}")).await.ok(200);
        ada.take(&pair);
    }
    let refused = ada.ask_refresh("r60").await;
    assert_eq!(refused.problem(), "slow-down");
    let seconds: u32 = refused.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert_eq!(refused.json()["retry_after"], seconds);
    ada.client.get("/v1/me").await.ok(200);

    let (client, guess) = (server.client(), json!({ "code": "7".repeat(26) }));
    for _ in 0..10 {
        assert_eq!(client.post("/v1/invites/look", &guess).await.problem(), "not-found");
    }
    assert_eq!(client.post("/v1/invites/look", &guess).await.problem(), "slow-down");
    let right = json!({ "code": server.invite("olga@corvane.example") });
    assert_eq!(client.post("/v1/invites/look", &right).await.problem(), "slow-down", "also for the right one");

    let free = company(&["--no-rate-limits"]);
    for _ in 0..30 {
        assert_eq!(free.client().post("/v1/invites/look", &guess).await.problem(), "not-found");
    }
}

#[tokio::test]
async fn the_log_and_the_numbers_hold_nobodys_name_and_the_disk_no_secret() {
    let server = company(&["--log", "json"]);
    let code = server.invite("ada@corvane.example");
    let client = server.client();
    let mut ada = support::Device::new("Ada's laptop").join(&client, &code).await;
    let mut secrets = vec![code.clone(), code.replace('-', ""), ada.access.clone(), ada.refresh.clone()];
    let pair = ada.ask_refresh("r1").await.ok(200);
    ada.take(&pair);
    secrets.extend([ada.access.clone(), ada.refresh.clone()]);
    ada.client.get("/v1/me").await.ok(200);
    ada.client.delete(&format!("/v1/sessions/{}", ada.person)).await.problem();
    let numbers = client.get("/metrics").await;
    let text = String::from_utf8(numbers.bytes.to_vec()).unwrap();
    for line in [
        "waymark_http_requests_total{method=\"GET\",route=\"/v1/me\",status=\"200\"} 1",
        "waymark_http_requests_total{method=\"DELETE\",route=\"/v1/sessions/{id}\",status=\"404\"} 1",
        "waymark_http_request_seconds_count{route=\"/v1/me\"} 1",
        "waymark_connections_open 1",
        "waymark_db_connections{state=\"open\"}",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
    let log = server.log();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    assert!(lines.iter().any(|line| line["route"] == "/v1/sessions/{id}" && line["status"] == 404), "{log}");
    assert!(lines.iter().any(|line| line["message"] == "audit" && line["action"] == "device.joined"), "{log}");
    for personal in ["Ada", "corvane.example", "127.0.0.1:", &ada.person, &ada.device_id] {
        assert!(!log.contains(personal) && !text.contains(personal), "{personal} is in\n{log}{text}");
    }
    let mut files = 0;
    for file in std::fs::read_dir(server.data.path()).unwrap() {
        let file = file.unwrap();
        if file.file_type().unwrap().is_dir() {
            continue;
        }
        let bytes = std::fs::read(file.path()).unwrap();
        files += 1;
        for secret in &secrets {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "a secret is on the disk");
        }
    }
    assert!(files >= 3, "database, its log, and the log");
}

#[tokio::test]
async fn the_server_ends_in_order_when_it_is_asked() {
    for database in databases() {
        let mut server = Server::start(database);
        let client = server.client();
        client.get("/ready").await;
        assert_eq!(client.get("/ready").await.status, 200);
        let start = Instant::now();
        let signal = |name: &str| {
            let pid = server.pid().to_string();
            assert!(std::process::Command::new("kill").args([name, &pid]).status().unwrap().success());
        };
        signal("-TERM");
        while client.get("/ready").await.status == 200 {
            assert!(start.elapsed() < Duration::from_secs(4), "it should not be ready any more");
        }
        assert_eq!(client.get("/live").await.status, 200, "it still answers while proxies notice");
        signal("-TERM");
        assert_eq!(server.wait(), Some(0));
        assert!(start.elapsed() < Duration::from_secs(5), "the second signal does not wait");
    }
}

#[tokio::test]
async fn the_description_names_every_operation_and_the_page_is_readable_without_scripts() {
    let server = Server::start(Database::Sqlite);
    let document = server.client().get("/openapi.json").await.ok(200);
    assert_eq!(document["openapi"], "3.1.0");
    let enrol = &document["paths"]["/v1/enrol"]["post"];
    assert_eq!(enrol["requestBody"]["content"]["application/json"]["schema"]["$ref"], "#/components/schemas/Enrol");
    assert_eq!(document["components"]["schemas"]["Enrol"]["additionalProperties"], false);
    assert_eq!(enrol["responses"]["410"]["description"], "`invite-used`");
    let text = document.to_string();
    for (_, reference) in text.match_indices("\"#/components/schemas/").map(|(at, _)| (at, &text[at + 22..])) {
        let name = reference.split('"').next().unwrap();
        assert!(document["components"]["schemas"][name].is_object(), "{name} is nowhere");
    }
    let page = server.client().get("/openapi").await;
    let html = String::from_utf8(page.bytes.to_vec()).unwrap();
    assert!(html.contains("/v1/sessions/{id}") && html.contains("id=\"Enrol\""));
    for foreign in ["<script", "http://", "https://", "src="] {
        assert!(!html.replace("https://json-schema.org", "").contains(foreign), "{foreign}");
    }
}
