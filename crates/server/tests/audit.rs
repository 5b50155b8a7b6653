//! The audit log of a real server, and hands in its database.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod support;

use sqlx::{AnyPool, AssertSqlSafe};
use support::{COMPANY, Database, Server, databases};

/// A way into the database past the server.
async fn back_door(server: &Server) -> AnyPool {
    sqlx::any::install_default_drivers();
    let url = match &server.database {
        Database::Sqlite => format!("sqlite://{}", server.data.path().join("waymark.db").display()),
        Database::Postgres(url) => url.clone(),
    };
    AnyPool::connect(&url).await.unwrap()
}

#[tokio::test]
async fn what_was_done_is_told_and_hands_in_the_table_are_found() {
    for database in databases() {
        let server = Server::start(database);
        server.import(COMPANY);
        let root = server.join("root@corvane.example").await;
        let ada = server.join("ada@corvane.example").await;
        assert_eq!(ada.client.get("/v1/audit").await.problem(), "forbidden");
        let log = root.client.get("/v1/audit").await.ok(200);
        let actions: Vec<&str> =
            log["rows"].as_array().unwrap().iter().map(|row| row["action"].as_str().unwrap()).collect();
        for action in ["person.roles", "org.imported", "invite.made", "device.joined"] {
            assert!(actions.contains(&action), "{action} is not in {actions:?}");
        }
        assert!(!log.to_string().contains("Ada Hire") && !log.to_string().contains("corvane.example"), "{log}");
        let after = log["rows"][2]["number"].as_i64().unwrap();
        let rest = root.client.get(&format!("/v1/audit?after={after}")).await.ok(200);
        assert_eq!(rest["rows"].as_array().unwrap().len(), actions.len() - 3);

        let whole = server.does(&["audit", "verify"]);
        let note = whole.trim().rsplit(' ').next().unwrap().to_owned();
        server.does(&["audit", "verify", "--expect", &note]);
        let door = back_door(&server).await;
        for (sql, words) in [
            ("UPDATE audit SET outcome = 'x' WHERE number = 2", "row 2 was edited"),
            ("DELETE FROM audit WHERE number = 4", "rows are missing"),
            ("UPDATE audit_head SET number = number + 1", "the log should reach row"),
        ] {
            sqlx::query(AssertSqlSafe(sql)).execute(&door).await.unwrap();
            let output = server.command(&["audit", "verify"]);
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert_eq!(output.status.code(), Some(1), "{said}");
            assert!(said.contains(words), "{said}");
        }
    }
}
