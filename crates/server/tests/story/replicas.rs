//! Two servers over one PostgreSQL: a device that switches between them, and one that waits for news at the
//! other one.

use serde_json::{Value, json};
use tempfile::TempDir;
use waymark_core::id::JourneyId;

use crate::{
    support::{COMPANY, Database, Server, databases},
    tale::{Laptop, publish_only},
};

/// Batches that go to both servers at once.
const BATCHES: usize = 20;

#[test]
fn a_device_between_two_servers_loses_and_doubles_nothing() {
    let Some(database) = databases().into_iter().find(|database| matches!(database, Database::Postgres(_))) else {
        // `databases` has said so on standard error, and fails in a release run.
        return;
    };
    tokio::runtime::Runtime::new().unwrap().block_on(tell(database));
}

async fn tell(database: Database) {
    let one = Server::start(database.clone());
    one.import(COMPANY);
    publish_only(&one);
    let two = Server::run(TempDir::new().unwrap(), database, "127.0.0.1:0", &[]);
    let petra = one.join("petra@corvane.example").await;
    let desktop = two.join("ada@corvane.example").await;
    let mut ada = Laptop::new(one.join("ada@corvane.example").await);
    let there = ada.at_server(&two);
    let wish =
        json!({ "person": ada.person(), "bundle": "platform", "template": "first-weeks", "start": "2026-01-05" });
    let plan = petra.client.post("/v1/journeys", &wish).await.ok(201);
    let journey: JourneyId = plan["journey"].as_str().unwrap().parse().unwrap();

    let reading = tokio::spawn(async move {
        let (mut after, mut numbers) = (0, Vec::new());
        // Content, the assignment, and each fact.
        while numbers.len() < 2 + BATCHES * 3 {
            let feed = desktop.client.get(&format!("/v1/feed?after={after}&wait=5")).await.ok(200);
            let rows = feed["changes"].as_array().unwrap();
            numbers.extend(rows.iter().map(|row| row["number"].as_u64().unwrap()));
            after = feed["next"].as_u64().unwrap();
        }
        numbers
    });
    for _ in 0..BATCHES {
        let steps = ["tools", "guide", "meet"];
        let batch: Vec<Value> = steps.iter().map(|step| ada.done(journey, step).1).collect();
        let (here, other) = tokio::join!(ada.send(&batch), there.send(&batch));
        let mut words: Vec<Vec<String>> = Vec::new();
        for answer in [here.ok(200), other.ok(200)] {
            let results = answer["results"].as_array().unwrap();
            words.push(results.iter().map(|result| result["status"].as_str().unwrap().to_owned()).collect());
        }
        words.sort();
        assert_eq!(words, [vec!["accepted"; 3], vec!["duplicate"; 3]], "one of the two servers takes the batch");
    }
    let numbers = reading.await.unwrap();
    let expected: Vec<u64> = (1..=numbers.len() as u64).collect();
    assert_eq!(numbers, expected, "a reader misses no number and sees none twice");
    let export = ada.client().get("/v1/export/me").await.ok(200);
    assert_eq!(export["facts"].as_array().unwrap().len(), 1 + BATCHES * 3);
    println!("proved: {} facts sent to both servers at once, 0 lost, 0 doubled", BATCHES * 3);
}
