//! Backup and restore of a real server.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod support;

use std::fs;

use serde_json::json;
use support::{COMPANY, Database, Server, databases};

async fn epoch(server: &Server) -> u64 {
    server.client().get("/v1/hello").await.ok(200)["server_epoch"].as_u64().unwrap()
}

#[tokio::test]
async fn a_server_comes_back_as_it_was_with_a_new_epoch_and_nobody_is_locked_out() {
    let server = Server::start(Database::Sqlite);
    server.import(COMPANY);
    let archive = server.data.path().join("bundles/0123abcd");
    fs::create_dir_all(archive.parent().unwrap()).unwrap();
    fs::write(&archive, b"an archive").unwrap();
    let mut ada = server.join("ada@corvane.example").await;
    let backups = tempfile::tempdir().unwrap();
    let file = backups.path().join("monday.waymark");
    let path = file.to_str().unwrap().to_owned();
    let said = server.does(&["backup", &path]);
    assert!(said.contains("1 published archives"), "{said}");
    assert!(!server.command(&["backup", &path]).status.success(), "a backup is never written over");

    // Since then: a rotation, somebody who joined, somebody who was cut off, an invite.
    let old = ada.clone();
    let pair = ada.ask_refresh("r1").await.ok(200);
    ada.take(&pair);
    let ben = server.join("ben@corvane.example").await;
    let code = server.invite("olga@corvane.example");
    fs::remove_file(&archive).unwrap();

    let drilled = server.does(&["restore", &path, "--drill"]);
    assert!(drilled.contains("the drill went well; nothing was changed"), "{drilled}");
    let running = server.command(&["restore", &path]);
    assert!(!running.status.success());
    assert!(String::from_utf8_lossy(&running.stderr).contains("stop it first"));
    assert_eq!(epoch(&server).await, 1);
    ben.client.get("/v1/me").await.ok(200);

    let mut data = server.kill().0;
    for round in 2..4 {
        let restored = Server::offline(&data, &["restore", &path]);
        assert!(restored.contains(&format!("epoch {round}")), "{restored}");
        let server = Server::run(data, Database::Sqlite, "127.0.0.1:0", &[]);
        assert_eq!(epoch(&server).await, round);
        assert_eq!(fs::read(server.data.path().join("bundles/0123abcd")).unwrap(), b"an archive");
        assert!(server.does(&["audit", "verify"]).contains("rows"));
        let client = server.client();
        assert_eq!(client.post("/v1/invites/look", &json!({ "code": code })).await.problem(), "not-found");
        assert_eq!(client.with_token(&ada.access).get("/v1/me").await.problem(), "sign-in");

        // Ada's token is of after the backup; her device's key is of before.
        let mut body = ada.device.refresh_body(&ada.refresh, &format!("after-{round}"));
        assert_eq!(client.post("/v1/auth/refresh", &body).await.problem(), "signed-out", "without saying who");
        body["device"] = json!(ada.device_id);
        let pair = client.post("/v1/auth/refresh", &body).await.ok(200);
        assert_eq!(client.post("/v1/auth/refresh", &body).await.ok(200), pair, "told again as ever");
        let mut here = ada.clone();
        here.client = client.clone();
        here.take(&pair);
        assert_eq!(here.client.get("/v1/me").await.ok(200)["name"], "Ada Hire");

        let mut stranger = support::Device::new("x").refresh_body("any", "r");
        stranger["device"] = json!(ada.device_id);
        assert_eq!(client.post("/v1/auth/refresh", &stranger).await.problem(), "signed-out");
        here.client.get("/v1/me").await.ok(200);
        let mut unknown = ben.device.refresh_body(&ben.refresh, "r");
        unknown["device"] = json!(ben.device_id);
        assert_eq!(client.post("/v1/auth/refresh", &unknown).await.problem(), "signed-out", "joined after the backup");
        let mut second = old.device.refresh_body("another unknown one", "r");
        second["device"] = json!(ada.device_id);
        assert_eq!(client.post("/v1/auth/refresh", &second).await.problem(), "signed-out", "once for each restore");
        data = server.kill().0;
    }
    println!("proved: restored twice, epochs 2 and 3, nobody locked out");
}

#[tokio::test]
async fn a_damaged_backup_is_named_and_the_database_stays() {
    let server = Server::start(Database::Sqlite);
    server.import(COMPANY);
    let backups = tempfile::tempdir().unwrap();
    let good = backups.path().join("good");
    server.does(&["backup", good.to_str().unwrap()]);
    let bytes = fs::read(&good).unwrap();
    let data = server.kill().0;
    let before = fs::read(data.path().join("waymark.db")).unwrap();
    let mut refused = 0;
    for (name, damage) in [
        ("empty", Vec::new()),
        ("cut", bytes[..bytes.len() / 2].to_vec()),
        ("text", b"PK not a backup".to_vec()),
        ("zeroed", [&bytes[..8_192], &[0; 4_096][..], &bytes[12_288..]].concat()),
        ("a database without a label", before.clone()),
    ] {
        let file = backups.path().join("bad");
        fs::write(&file, damage).unwrap();
        let output = Server::offline_output(&data, &["restore", file.to_str().unwrap()]);
        assert!(!output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stdout));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(said.matches(file.to_str().unwrap()).count(), 1, "{name}: {said}");
        if ["cut", "zeroed"].contains(&name) {
            assert!(said.contains("cannot be restored: "), "{name}: {said}");
        } else {
            let plain = "is no backup of a Waymark server; name a file that `waymark-server backup` wrote";
            assert!(said.contains(plain) && !said.contains("code:"), "{name}: {said}");
        }
        let causes: Vec<&str> = said.trim().split(": ").collect();
        let distinct: std::collections::BTreeSet<&str> = causes.iter().copied().collect();
        assert_eq!(causes.len(), distinct.len(), "{name}: nothing is said twice: {said}");
        assert_eq!(fs::read(data.path().join("waymark.db")).unwrap(), before, "{name}");
        refused += 1;
    }
    assert_eq!(refused, 5);
    println!("proved: {refused} of 5 damaged backups refused, the database untouched");
}

#[tokio::test]
async fn for_a_postgresql_the_command_line_says_what_to_do_and_raises_the_epoch() {
    for database in databases() {
        if matches!(database, Database::Sqlite) {
            continue;
        }
        let server = Server::start(database);
        let output = server.command(&["backup", "/tmp/never-written"]);
        assert!(String::from_utf8_lossy(&output.stderr).contains("pg_dump"));
        assert!(server.does(&["restore"]).contains("the epoch is 2"));
        let (data, database) = server.kill();
        let server = Server::run(data, database, "127.0.0.1:0", &[]);
        assert_eq!(epoch(&server).await, 2);
    }
}
