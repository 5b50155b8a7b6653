//! `kill -9` on either side, through a proxy that breaks things: the real server program, and devices that run the
//! exchange as the app does (`proof.md`, section 5), over SQLite and PostgreSQL; and three servers over one PostgreSQL
//! that crashes itself. At the end, every fact that a device recorded is in the server's database once, in the
//! device's order.
//!
//! `WAYMARK_KILLS` and `WAYMARK_KILL_EVENTS` make more of it (1,000 and 20,000 before a release),
//! `WAYMARK_KILL_SEED` another run.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests fail by panicking and say what they counted")]

mod company;
#[path = "../../crates/server/tests/support/database.rs"]
#[allow(unreachable_pub, reason = "the server's own tests use the same file")]
mod database;
mod device;
mod dice;
mod proxy;
mod replicas;

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use company::Company;
use database::{Database, databases};
use device::Device;
use dice::Dice;
use waymark_sync::team::{
    client::{ServerAddress, TeamClient},
    machine::Wake,
};

const DEVICES: u64 = 3;
/// How long everything may take to settle after the last kill.
const PATIENCE: Duration = Duration::from_secs(180);

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_kill_loses_or_doubles_a_fact() {
    kill(Database::Sqlite, number("WAYMARK_KILLS", 20), number("WAYMARK_KILL_EVENTS", 200)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_kill_over_postgresql_loses_or_doubles_a_fact() {
    let (kills, events) = (number("WAYMARK_KILLS_POSTGRES", 20), number("WAYMARK_KILL_EVENTS_POSTGRES", 200));
    for database in databases().into_iter().skip(1) {
        kill(database, kills, events).await;
    }
}

/// Kills servers and devices while facts come in, and compares at the end.
async fn kill(database: Database, kills: u64, events: u64) {
    let (seed, name) = (number("WAYMARK_KILL_SEED", 1), database.to_string());
    let mut dice = Dice::new(seed);
    let Some(mut company) = Company::found(seed, database, 1).await else { return };
    let mut devices = Vec::new();
    for _ in 0..DEVICES {
        devices.push(Device::start(company.join("ada").await, &company.proxy.url));
    }
    let (mut recorded, mut of_server, mut of_devices) = (0, 0, 0);
    for round in 1..=kills {
        // Facts come in while the server is up, while it dies and while it is down.
        while recorded < events * round / kills {
            let device = &devices[dice.below(DEVICES) as usize];
            device.disk.lock().unwrap().record(&company.hash);
            device.wake(Wake::Recorded);
            recorded += 1;
            if dice.below(3) == 0 {
                tokio::time::sleep(Duration::from_millis(dice.below(20))).await;
            }
        }
        if dice.below(2) == 0 {
            company.servers[0].kill();
            of_server += 1;
            tokio::time::sleep(Duration::from_millis(dice.below(20))).await;
            company.servers[0].start_again().await.unwrap();
        } else {
            let at = dice.below(DEVICES) as usize;
            let device = devices.swap_remove(at);
            devices.push(device.kill().await);
            of_devices += 1;
        }
        // Whoever waits after a failure is asked by its person, or most kills would hit silence.
        devices.iter().for_each(|device| device.wake(Wake::Person));
        tokio::time::sleep(Duration::from_millis(dice.below(60))).await;
    }
    settle(&devices).await;
    company.servers[0].kill();
    let there = company.compare(devices.iter().map(|device| Arc::clone(&device.disk)), seed).await;
    assert_eq!(there, events, "seed {seed}");
    let (answers, requests) = company.proxy.cuts();
    assert!(answers > 0 && requests > 0 && of_server > 0 && of_devices > 0, "nothing was broken in this run");
    println!(
        "proved: over {name} {kills} kills ({of_server} of the server, {of_devices} of devices), {requests} requests and {answers} \
         answers cut, {events} events, 0 lost, 0 doubled, order kept on {DEVICES} devices"
    );
}

/// Waits until every fact has its answer.
async fn settle(devices: &[Device]) {
    let began = Instant::now();
    loop {
        let waiting: Vec<usize> = devices.iter().map(|device| device.disk.lock().unwrap().waiting()).collect();
        if waiting.iter().all(|count| *count == 0) {
            return;
        }
        assert!(began.elapsed() < PATIENCE, "after {PATIENCE:?} these facts still wait: {waiting:?}");
        devices.iter().for_each(|device| device.wake(Wake::Person));
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// The control: who records anew what got no answer has it twice, or this proxy cuts nothing that matters.
#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_records_anew_what_got_no_answer_doubles() {
    let Some(company) = Company::found(7, Database::Sqlite, 1).await else { return };
    let disk = company.join("ada").await;
    let client = TeamClient::new(ServerAddress::parse(&company.proxy.url).unwrap()).unwrap();
    let (access, mut last) = (disk.lock().unwrap().access(), 0);
    let mut doubtful = 0;
    for wanted in 1..=100 {
        loop {
            let (_, event) = disk.lock().unwrap().fresh(&company.hash, wanted, last + 1);
            match client.send_batch(Some(&access), [event.as_slice()].into_iter()).await {
                Ok(answer) => {
                    last = answer.cursor.last;
                    if answer.results[0].outcome.name() == "accepted" {
                        break;
                    }
                }
                Err(_) => doubtful += 1,
            }
        }
    }
    let mut times: HashMap<String, u32> = HashMap::new();
    for (_, body) in company.kept().await.into_values().flatten() {
        let event: serde_json::Value = serde_json::from_str(&body).unwrap();
        *times.entry(event["data"]["note"].to_string()).or_default() += 1;
    }
    let doubled = times.iter().filter(|(note, times)| note.starts_with("\"fact") && **times > 1).count();
    assert!(
        doubled > 0,
        "the proxy cut {:?}, {doubtful} answers did not come, and nothing was doubled",
        company.proxy.cuts()
    );
    println!("control: a device that records anew what got no answer doubled {doubled} of 100");
}
