//! Joining, staying signed in and leaving, told to the real server over each database.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod support;

use serde_json::{Value, json};
use support::{COMPANY, Database, Device, Server, databases};

/// A server with the company in it.
fn company(database: Database) -> Server {
    let server = Server::start(database);
    assert_eq!(server.import(COMPANY), "8 new, 0 changed, 0 as before, 0 left\n");
    server
}

#[tokio::test]
async fn an_invite_is_looked_at_and_used_once_however_it_is_typed() {
    for database in databases() {
        let server = company(database);
        let (client, code) = (server.client(), server.invite("ADA@corvane.example"));
        let typed = code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "L");
        let card = client.post("/v1/invites/look", &json!({ "code": typed })).await.ok(200);
        assert_eq!(card["name"], "Ada Hire");
        assert_eq!(card["manager"], "Petra Novak");
        assert_eq!(card["roles"], json!(["hire"]));
        assert_eq!(card["server_name"], "Corvane");
        let ada = Device::new("Ada's laptop").join(&client, &typed).await;
        let me = ada.client.get("/v1/me").await.ok(200);
        assert_eq!((me["name"].as_str(), me["line"].as_u64()), (Some("Ada Hire"), Some(0)));
        let other = Device::new("a stranger's").enrol_body(&code);
        let again = client.post("/v1/enrol", &other).await;
        assert_eq!((again.status.as_u16(), again.problem().as_str()), (410, "invite-used"));
        assert_eq!(client.post("/v1/invites/look", &json!({ "code": code })).await.problem(), "invite-used");
        let nobodys = json!({ "code": "0".repeat(26) });
        assert_eq!(client.post("/v1/invites/look", &nobodys).await.problem(), "not-found");
        assert_eq!(client.post("/v1/invites/look", &json!({ "code": "0ABC" })).await.problem(), "bad-request");
    }
}

#[tokio::test]
async fn an_app_that_was_killed_while_joining_asks_again_until_the_tokens_are_used() {
    for database in databases() {
        let server = company(database);
        let (client, code) = (server.client(), server.invite("ada@corvane.example"));
        let device = Device::new("Ada's laptop");
        let first = device.clone().join(&client, &code).await;
        let second = device.clone().join(&client, &code).await;
        assert_eq!(first.device_id, second.device_id);
        assert_eq!(first.client.get("/v1/me").await.problem(), "sign-in", "the tokens that were lost do not hold");
        second.client.get("/v1/me").await.ok(200);
        assert_eq!(client.post("/v1/enrol", &device.enrol_body(&code)).await.problem(), "invite-used");
    }
    println!("proved: an app killed while joining gets in by asking again");
}

#[tokio::test]
async fn a_rotation_is_told_again_until_its_pair_is_used_and_reuse_ends_the_family() {
    for database in databases() {
        let server = company(database);
        let mut ada = server.join("ada@corvane.example").await;
        let old = ada.clone();
        let pair = ada.ask_refresh("r1").await.ok(200);
        assert_eq!(ada.ask_refresh("r1").await.ok(200), pair, "the same rotation gets the same pair");
        assert_eq!(old.client.get("/v1/me").await.problem(), "sign-in", "the old access token is gone");
        ada.take(&pair);
        ada.client.get("/v1/me").await.ok(200);
        // The next rotation goes on from there.
        let next = ada.ask_refresh("r2").await.ok(200);
        ada.take(&next);
        ada.client.get("/v1/me").await.ok(200);

        let reuse = old.ask_refresh("r1").await;
        assert_eq!((reuse.status.as_u16(), reuse.problem().as_str()), (401, "signed-out"));
        assert_eq!(ada.client.get("/v1/me").await.problem(), "sign-in", "the family is dead");
        assert_eq!(ada.ask_refresh("r3").await.problem(), "signed-out");

        let root = server.join("root@corvane.example").await;
        let log = root.client.get("/v1/audit").await.ok(200);
        let reused = |row: &Value| row["action"] == "session.token-reused" && row["outcome"] == "family ended";
        assert!(log["rows"].as_array().unwrap().iter().any(reused), "{log}");
    }
    println!("proved: a lost rotation is told again, a token used again ends its family");
}

#[tokio::test]
async fn another_rotation_of_a_used_token_and_another_devices_signature_are_refused() {
    for database in databases() {
        let server = company(database);
        let ada = server.join("ada@corvane.example").await;
        let thief = Device::new("a thief's").refresh_body(&ada.refresh, "r0");
        assert_eq!(ada.client.post("/v1/auth/refresh", &thief).await.problem(), "signed-out");
        ada.client.get("/v1/me").await.ok(200);
        ada.ask_refresh("r1").await.ok(200);
        assert_eq!(ada.ask_refresh("r2").await.problem(), "signed-out", "two hold the old token");
        assert_eq!(ada.ask_refresh("r1").await.problem(), "signed-out", "and so nobody gets on");
    }
    println!("proved: another device's signature is refused");
}

#[tokio::test]
async fn sessions_are_listed_and_ended_by_their_owner_and_by_an_admin() {
    for database in databases() {
        let server = company(database);
        let laptop = server.join("ada@corvane.example").await;
        let tablet = server.join("ada@corvane.example").await;
        let ben = server.join("ben@corvane.example").await;
        let root = server.join("root@corvane.example").await;
        let rows = laptop.client.get("/v1/sessions").await.ok(200)["rows"].clone();
        let id = |current: bool| {
            let row = rows.as_array().unwrap().iter().find(|row| row["current"] == current).unwrap();
            row["id"].as_str().unwrap().to_owned()
        };
        let path = format!("/v1/sessions/{}", id(false));
        let foreign = ben.client.delete(&path).await;
        let missing = ben.client.delete("/v1/sessions/0192f0c4-7d1e-7b3a-9a55-6f0c2f3f9e11").await;
        assert_eq!((foreign.status, &foreign.bytes), (missing.status, &missing.bytes));
        laptop.client.delete(&path).await.ok(204);
        assert_eq!(tablet.client.get("/v1/me").await.problem(), "sign-in");
        assert_eq!(laptop.client.delete(&path).await.problem(), "not-found");
        // The tablet joins again: it is cut off, so it gets another id. The laptop signs itself out and keeps its own.
        let again = tablet.device.clone().join(&server.client(), &server.invite("ada@corvane.example")).await;
        assert_ne!(again.device_id, tablet.device_id);
        laptop.client.post("/v1/auth/revoke", &json!({ "session": id(true) })).await.ok(204);
        let again = laptop.device.clone().join(&server.client(), &server.invite("ada@corvane.example")).await;
        assert_eq!(again.device_id, laptop.device_id);

        let of = |person: &str| format!("/v1/sessions?person={person}");
        let bens = root.client.get(&of(&ben.person)).await.ok(200)["rows"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(again.client.get(&of(&ben.person)).await.problem(), "not-found");
        root.client.delete(&format!("/v1/sessions/{bens}")).await.ok(204);
        assert_eq!(ben.client.get("/v1/me").await.problem(), "sign-in");
    }
}

#[tokio::test]
async fn a_change_of_manager_and_leaving_hold_from_the_next_request_on() {
    for database in databases() {
        let server = company(database);
        let petra = server.join("petra@corvane.example").await;
        let omar = server.join("omar@corvane.example").await;
        let ada = server.join("ada@corvane.example").await;
        let invite = json!({ "person": ada.person });
        let names = |answer: Value| -> Vec<String> {
            let rows = answer["rows"].as_array().unwrap().clone();
            rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(
            petra.client.post("/v1/invites", &invite).await.ok(201)["link"]
                .as_str()
                .unwrap()
                .find("waymark://join?server=http%3A%2F%2F127.0.0.1"),
            Some(0)
        );
        assert_eq!(omar.client.post("/v1/invites", &invite).await.problem(), "not-found");
        assert_eq!(ada.client.post("/v1/invites", &invite).await.problem(), "forbidden");

        let moved = COMPANY.replace("Ada Hire,Platform,petra", "Ada Hire,Data,omar");
        assert_eq!(server.import(&moved), "0 new, 1 changed, 7 as before, 0 left\n");
        assert_eq!(petra.client.post("/v1/invites", &invite).await.problem(), "not-found");
        omar.client.post("/v1/invites", &invite).await.ok(201);
        assert!(!names(petra.client.get("/v1/people").await.ok(200)).contains(&"Ada Hire".to_owned()));
        assert!(names(omar.client.get("/v1/people").await.ok(200)).contains(&"Ada Hire".to_owned()));

        let without: String =
            moved.lines().filter(|line| !line.starts_with("ada@")).map(|line| format!("{line}\n")).collect();
        assert_eq!(server.import(&without), "0 new, 0 changed, 7 as before, 1 left\n");
        assert_eq!(ada.client.get("/v1/me").await.problem(), "sign-in");
        assert_eq!(ada.ask_refresh("r1").await.problem(), "signed-out");
        assert!(server.does(&["org", "list"]).contains("ada@corvane.example\tAda Hire\tData\thire\tleft\n"));
        assert_eq!(server.import(&moved), "0 new, 1 changed, 7 as before, 0 left\n", "back again under the same id");
        let back = ada.device.clone().join(&server.client(), &server.invite("ada@corvane.example")).await;
        assert_eq!(back.person, ada.person);
    }
}

#[tokio::test]
async fn a_manager_cannot_invite_somebody_with_more_rights() {
    for database in databases() {
        let server = company(database);
        let (omar, wim) = (server.join("omar@corvane.example").await, server.join("wim@corvane.example").await);
        let invite = json!({ "person": wim.person });
        assert_eq!(omar.client.post("/v1/invites", &invite).await.problem(), "forbidden");
        let root = server.join("root@corvane.example").await;
        root.client.post("/v1/invites", &invite).await.ok(201);
        for hours in [0, 169] {
            let invite = json!({ "person": wim.person, "hours": hours });
            assert_eq!(root.client.post("/v1/invites", &invite).await.problem(), "bad-request");
        }
    }
}

#[tokio::test]
async fn a_table_with_a_problem_changes_nothing() {
    for database in databases() {
        let server = company(database);
        let before = server.does(&["org", "list"]);
        let file = server.data.path().join("people.csv");
        let path = file.to_str().unwrap();
        std::fs::write(&file, "key,name,manager_key,start_date\nx@y,X,z@y,2026-13-01\nx@y,Y,,\n").unwrap();
        let output = server.command(&["org", "import", path]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(1), "{said}");
        for words in ["line 2, column start_date", "line 2, column manager_key", "line 3, column key", "3 to put right"]
        {
            assert!(said.contains(words), "{said}");
        }
        assert_eq!(server.does(&["org", "list"]), before);
    }
}
