//! What a manager did since the backup comes back by whom it concerns, over both databases.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod support;

use std::fs;

use serde_json::{Value, json};
use support::{COMPANY, Database, Server, databases};
use tempfile::TempDir;

const JOURNEY: &str = "---\nschema: waymark.journey/1\nid: first-weeks\ntitle: First weeks\nversion: 1.0.0\n\
    owner: team:platform\n---\n\n## Week 1 {#week-1}\n\n- [ ] Get the tools {#tools}\n- [ ] Read the guide {#guide}\n";

fn publish(server: &Server) {
    let dir = server.data.path().join("platform/journeys");
    fs::create_dir_all(&dir).unwrap();
    fs::write(dir.join("first-weeks.md"), JOURNEY).unwrap();
    server.does(&["publish", server.data.path().join("platform").to_str().unwrap()]);
}

/// Sets the database back to before `journey`, as the database's kind does it.
async fn restore(server: Server, backup: &str) -> Server {
    if server.database == Database::Sqlite {
        let data: TempDir = server.kill().0;
        Server::offline(&data, &["restore", backup]);
        return Server::run(data, Database::Sqlite, "127.0.0.1:0", &[]);
    }
    // PostgreSQL's own tools restore it, and then the epoch is raised; what they would lack is taken away here.
    let door = server.back_door().await;
    for table in ["event", "journey"] {
        sqlx::query(sqlx::AssertSqlSafe(format!("DELETE FROM {table}"))).execute(&door).await.unwrap();
    }
    server.does(&["restore"]);
    let (data, database) = server.kill();
    Server::run(data, database, "127.0.0.1:0", &[])
}

fn receipts(feed: &Value) -> Vec<String> {
    let changes = feed["changes"].as_array().unwrap();
    changes.iter().filter_map(|change| Some(change["receipt"].as_str()?.to_owned())).collect()
}

/// The ids of facts in a feed.
fn facts(feed: &Value) -> Vec<String> {
    let changes = feed["changes"].as_array().unwrap();
    changes.iter().filter_map(|change| Some(change["event"]["id"].as_str()?.to_owned())).collect()
}

#[tokio::test]
async fn what_a_manager_did_since_the_backup_comes_back_by_whom_it_concerns() {
    for database in databases() {
        let server = Server::start(database);
        server.import(COMPANY);
        publish(&server);
        let [mut ada, mut ben, mut petra] = [
            server.join("ada@corvane.example").await,
            server.join("ben@corvane.example").await,
            server.join("petra@corvane.example").await,
        ];
        let backups = tempfile::tempdir().unwrap();
        let backup = backups.path().join("yesterday").to_str().unwrap().to_owned();
        if server.database == Database::Sqlite {
            server.does(&["backup", &backup]);
        }

        // Since then: an assignment and a waiver.
        let wish = json!({ "person": ada.person, "bundle": "platform", "template": "first-weeks",
                           "start": "2026-01-05", "preview": false });
        let plan = petra.client.post("/v1/journeys", &wish).await.ok(201);
        let journey = plan["journey"].as_str().unwrap().to_owned();
        let waiver = json!({ "step": "tools", "reason": "has them" });
        petra.client.post(&format!("/v1/journeys/{journey}/waive"), &waiver).await.ok(200);
        let before = ada.client.get("/v1/feed").await.ok(200);
        let (kept, known) = (receipts(&before), facts(&before));
        assert_eq!((kept.len(), known.len()), (2, 2), "{before}");

        let server = restore(server, &backup).await;
        for one in [&mut ada, &mut ben, &mut petra] {
            let mut body = one.device.refresh_body(&one.refresh, "after");
            body["device"] = json!(one.device_id);
            let pair = server.client().post("/v1/auth/refresh", &body).await.ok(200);
            one.client = server.client();
            one.take(&pair);
        }
        let lacking = ada.client.get("/v1/feed").await.ok(200);
        assert_eq!(facts(&lacking), [""; 0], "the backup lacks them");

        // The second stands on the first, and comes before it here; a third is nobody's.
        let mut forged = kept[0].clone();
        forged.replace_range(4..5, if &forged[4..5] == "A" { "B" } else { "A" });
        let sent = json!({ "receipts": [kept[1], kept[0], forged] });
        let strangers = ben.client.post("/v1/feed/receipts", &sent).await.ok(200);
        assert_eq!((&strangers["taken"], &strangers["passed_over"]), (&json!(0), &json!(3)), "they are Ada's");
        let given = ada.client.post("/v1/feed/receipts", &sent).await.ok(200);
        assert_eq!((&given["taken"], &given["known"], &given["passed_over"]), (&json!(2), &json!(0), &json!(1)));
        let again = ada.client.post("/v1/feed/receipts", &sent).await.ok(200);
        assert_eq!((&again["taken"], &again["known"], &again["passed_over"]), (&json!(0), &json!(2), &json!(1)));
        let many = json!({ "receipts": vec![&kept[0]; 101] });
        assert_eq!(ada.client.post("/v1/feed/receipts", &many).await.problem(), "bad-request");

        let after = ada.client.get("/v1/feed").await.ok(200);
        assert_eq!((receipts(&after), facts(&after)), (kept, known), "as they were");
        let page = petra.client.get(&format!("/v1/people/{}/page", ada.person)).await.ok(200);
        assert_eq!(page["timeline"][0]["waived"], true, "the manager sees it again: {page}");
        assert!(server.does(&["audit", "verify"]).contains("rows"));
        println!("proved: 2 facts of a manager are back over {}", server.database);
    }
}
