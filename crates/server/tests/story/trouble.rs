//! A database that cannot be written for a while: everybody hears so and when to come again, what can be read is read,
//! nothing that was answered is lost, and nothing has to be started again.

use std::{fs, io::Write as _, path::Path, process::Command};

use serde_json::{Value, json};
use tempfile::TempDir;
use waymark_core::id::JourneyId;

use crate::{
    support::{COMPANY, Database, Server, database::rows, databases},
    tale::{Laptop, publish_only},
};

/// Somebody with a journey on a server.
struct Scene {
    server: Server,
    ada: Laptop,
    journey: JourneyId,
    accepted: usize,
}

impl Scene {
    async fn over(data: TempDir, database: Database) -> Self {
        let server = Server::run(data, database, "127.0.0.1:0", &["--no-rate-limits"]);
        server.import(COMPANY);
        publish_only(&server);
        let petra = server.join("petra@corvane.example").await;
        let ada = Laptop::new(server.join("ada@corvane.example").await);
        let wish =
            json!({ "person": ada.person(), "bundle": "platform", "template": "first-weeks", "start": "2026-01-05" });
        let plan = petra.client.post("/v1/journeys", &wish).await.ok(201);
        let journey = plan["journey"].as_str().unwrap().parse().unwrap();
        Self { server, ada, journey, accepted: 0 }
    }

    /// Two facts that the device has recorded.
    fn batch(&mut self) -> Vec<Value> {
        ["tools", "guide"].map(|step| self.ada.done(self.journey, step).1).into()
    }

    /// Sends a batch; whether it was taken. What was not is answered with a reason and a time.
    async fn is_taken(&mut self, batch: &[Value]) -> bool {
        let answer = self.ada.send(batch).await;
        if answer.status == 503 {
            assert_eq!(answer.problem(), "unavailable");
            let seconds: u32 = answer.headers["retry-after"].to_str().unwrap().parse().unwrap();
            assert!((1..=60).contains(&seconds), "{seconds}");
            return false;
        }
        assert_eq!(answer.status, 200, "{answer:?}\n{}", self.server.log());
        let answer = answer.json();
        let results = answer["results"].as_array().unwrap();
        assert!(results.iter().all(|result| result["status"] == "accepted"), "{answer}");
        self.accepted += results.len();
        true
    }

    /// What a server does that cannot write.
    async fn reads(&self) {
        let client = self.ada.client();
        assert_eq!(client.get("/live").await.status, 200);
        client.get(&format!("/v1/people/{}/page", self.ada.person())).await.ok(200);
    }

    /// What was answered is there, once.
    async fn has_everything(&self) {
        let export = self.ada.client().get("/v1/export/me").await.ok(200);
        assert_eq!(export["facts"].as_array().unwrap().len(), 1 + self.accepted);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postgresql_that_turns_read_only() {
    let Some(database) = databases().into_iter().find(|database| matches!(database, Database::Postgres(_))) else {
        // `databases` has said so on standard error, and fails in a release run.
        return;
    };
    let Database::Postgres(url) = database.clone() else { unreachable!("looked for above") };
    let name = rows(&url, "SELECT current_database()").remove(0).remove(0);
    let mut scene = Scene::over(TempDir::new().unwrap(), database).await;
    let first = scene.batch();
    assert!(scene.is_taken(&first).await);
    // As where a standby takes over: connections end, and those that are made anew only read.
    rows(&url, &format!("ALTER DATABASE {name} SET default_transaction_read_only = on"));
    let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                  WHERE datname = current_database() AND pid <> pg_backend_pid()";
    rows(&url, others);
    let second = scene.batch();
    for _ in 0..5 {
        assert!(!scene.is_taken(&second).await);
    }
    scene.reads().await;
    assert_eq!(scene.ada.client().get("/ready").await.problem(), "unavailable");
    // It can be written again, and nobody cuts the connections that cannot.
    rows(&url, &format!("ALTER DATABASE {name} RESET default_transaction_read_only"));
    assert!(scene.is_taken(&second).await, "the first attempt after that");
    scene.has_everything().await;
    println!("proved: a PostgreSQL that turns read-only: 503 with a time to come again, reads go on, 0 facts lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_under_the_server() {
    let place = TempDir::new().unwrap();
    let Some(_disk) = Mounted::over(place.path()) else {
        let line = "SKIPPED: a full disk under the server: this account may not mount a file system\n";
        let _ = std::io::stderr().write_all(line.as_bytes());
        return;
    };
    let mut scene = Scene::over(TempDir::new_in(place.path()).unwrap(), Database::Sqlite).await;
    // The first use of a token is written down, so a new one cannot be used where nothing can be written.
    let first = scene.batch();
    assert!(scene.is_taken(&first).await);
    let filler = place.path().join("filler");
    let mut file = fs::File::create(&filler).unwrap();
    for block in [[0_u8; 4096].as_slice(), &[0]] {
        while file.write_all(block).is_ok() {}
    }
    drop(file);
    // What the database's own files have room for still goes in.
    let refused = loop {
        let batch = scene.batch();
        if !scene.is_taken(&batch).await {
            break batch;
        }
        assert!(scene.accepted < 20_000, "the disk does not fill");
    };
    for _ in 0..5 {
        assert!(!scene.is_taken(&refused).await);
    }
    // Whether it is ready depends: the smallest of writes may still fit.
    scene.reads().await;
    fs::remove_file(&filler).unwrap();
    assert!(scene.is_taken(&refused).await, "the first attempt after that");
    scene.has_everything().await;
    let facts = scene.accepted;
    drop(scene);
    println!("proved: a full disk: 503 with a time to come again, reads go on, {facts} facts, 0 lost");
}

/// A small file system of its own.
struct Mounted<'a>(&'a Path);

impl<'a> Mounted<'a> {
    /// Mounts one; `None` where this account may not.
    fn over(folder: &'a Path) -> Option<Self> {
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=8m", "tmpfs"]).arg(folder).output();
        mount.is_ok_and(|output| output.status.success()).then_some(Self(folder))
    }
}

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0).status();
    }
}
