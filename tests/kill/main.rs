//! `kill -9` on either side, through a proxy that breaks things: the real server program, and devices that run the
//! exchange as the app does (`proof.md`, section 5). At the end, every fact that a device recorded is in the
//! server's database once, in the device's order.
//!
//! `WAYMARK_KILLS` and `WAYMARK_KILL_EVENTS` make more of it (1,000 and 20,000 before a release),
//! `WAYMARK_KILL_SEED` another run.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod device;
mod dice;
mod proxy;

use std::{
    collections::HashMap,
    fs,
    io::Write as _,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use device::{Device, Disk};
use dice::Dice;
use proxy::Proxy;
use sqlx::{Connection as _, SqliteConnection};
use waymark_core::content::{parse_journey, template_hash};
use waymark_sync::team::{
    client::{ServerAddress, TeamClient},
    machine::Wake,
};
use waymark_tests::{TeamServer, server_program};

const DEVICES: u64 = 3;
/// How long everything may take to settle after the last kill.
const PATIENCE: Duration = Duration::from_secs(180);
const PEOPLE: &str =
    "key,name,manager_key,roles,start_date,zone\nada@corvane.example,Ada Okafor,,hire,2026-01-19,UTC\n";
const TEMPLATE: &str = "---\nschema: waymark.journey/1\nid: killed\ntitle: First weeks\nversion: 1.0.0\n\
    owner: team:platform\n---\n\n## Week 1 {#week-1}\n\n- [ ] Get the tools {#tools}\n";

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// A server with Ada and a journey, its proxy, and what the journey's template is known by; `None` where no server
/// was built.
async fn company(seed: u64) -> Option<(TeamServer, Proxy, String)> {
    if server_program().is_none() {
        let _ = writeln!(std::io::stderr(), "SKIPPED: kill -9; waymark-server is not built");
        return None;
    }
    let server = TeamServer::with(&["--no-rate-limits"]).await.unwrap();
    let table = server.data().with_file_name("people.csv");
    fs::write(&table, PEOPLE).unwrap();
    server.command(&["org", "import", &table.to_string_lossy()]).unwrap();
    let folder = server.data().with_file_name("killed");
    fs::create_dir_all(folder.join("journeys")).unwrap();
    fs::write(folder.join("journeys/killed.md"), TEMPLATE).unwrap();
    server.command(&["publish", &folder.to_string_lossy()]).unwrap();
    let template = parse_journey("journeys/killed.md", TEMPLATE).0.unwrap();
    let proxy = Proxy::start(server.url().trim_start_matches("http://").to_owned(), seed).await;
    Some((server, proxy, template_hash(&template)))
}

/// A new device of Ada's.
async fn join(server: &TeamServer, proxy: &Proxy) -> Arc<Mutex<Disk>> {
    let said = server.command(&["invite", "ada@corvane.example"]).unwrap();
    let code = said.lines().find_map(|line| line.strip_prefix("code  ")).unwrap();
    Disk::join(&TeamClient::new(ServerAddress::parse(&proxy.url).unwrap()).unwrap(), code).await
}

/// What the server's database has of its devices, by device, in the order in which it took effect: ids and bytes.
async fn kept(server: &TeamServer) -> HashMap<String, Vec<(String, String)>> {
    let url = format!("sqlite://{}", server.data().join("waymark.db").display());
    let mut database = SqliteConnection::connect(&url).await.unwrap();
    let sql = "SELECT device, id, body FROM event WHERE device IS NOT NULL AND feed IS NOT NULL ORDER BY feed";
    let rows: Vec<(String, String, String)> = sqlx::query_as(sql).fetch_all(&mut database).await.unwrap();
    let mut kept: HashMap<String, Vec<(String, String)>> = HashMap::new();
    for (device, id, body) in rows {
        kept.entry(device).or_default().push((id, body));
    }
    kept
}

#[tokio::test(flavor = "multi_thread")]
async fn no_kill_loses_or_doubles_a_fact() {
    let (kills, events) = (number("WAYMARK_KILLS", 20), number("WAYMARK_KILL_EVENTS", 200));
    let seed = number("WAYMARK_KILL_SEED", 1);
    let mut dice = Dice::new(seed);
    let Some((mut server, proxy, hash)) = company(seed).await else { return };
    let mut devices = Vec::new();
    for _ in 0..DEVICES {
        devices.push(Device::start(join(&server, &proxy).await, &proxy.url));
    }
    let (mut recorded, mut of_server, mut of_devices) = (0, 0, 0);
    for round in 1..=kills {
        // Facts come in while the server is up, while it dies and while it is down.
        while recorded < events * round / kills {
            let device = &devices[dice.below(DEVICES) as usize];
            device.disk.lock().unwrap().record(&hash);
            device.wake(Wake::Recorded);
            recorded += 1;
            if dice.below(3) == 0 {
                tokio::time::sleep(Duration::from_millis(dice.below(20))).await;
            }
        }
        if dice.below(2) == 0 {
            server.kill();
            of_server += 1;
            tokio::time::sleep(Duration::from_millis(dice.below(20))).await;
            server.start_again().await.unwrap();
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
    server.kill();

    let kept = kept(&server).await;
    let mut there = 0;
    for device in &devices {
        let disk = device.disk.lock().unwrap();
        assert_eq!(disk.odd, Vec::<String>::new(), "seed {seed}: a crash looks like something else");
        let none = Vec::new();
        let ids: Vec<String> =
            kept.get(&disk.device().to_string()).unwrap_or(&none).iter().map(|(id, _)| id.clone()).collect();
        assert_eq!(ids, disk.recorded(), "seed {seed}: each fact once, in the device's order");
        there += ids.len() as u64;
    }
    assert_eq!((there, kept.len() as u64), (events, DEVICES), "seed {seed}: nothing else is there");
    let (answers, requests) = proxy.cuts();
    assert!(answers > 0 && requests > 0 && of_server > 0 && of_devices > 0, "nothing was broken in this run");
    println!(
        "proved: {kills} kills ({of_server} of the server, {of_devices} of devices), {requests} requests and {answers} \
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
    let Some((server, proxy, hash)) = company(7).await else { return };
    let disk = join(&server, &proxy).await;
    let client = TeamClient::new(ServerAddress::parse(&proxy.url).unwrap()).unwrap();
    let (access, mut last) = (disk.lock().unwrap().access(), 0);
    let mut doubtful = 0;
    for wanted in 1..=100 {
        loop {
            let (_, event) = disk.lock().unwrap().fresh(&hash, wanted, last + 1);
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
    for (_, body) in kept(&server).await.into_values().flatten() {
        let event: serde_json::Value = serde_json::from_str(&body).unwrap();
        *times.entry(event["data"]["note"].to_string()).or_default() += 1;
    }
    let doubled = times.iter().filter(|(note, times)| note.starts_with("\"fact") && **times > 1).count();
    assert!(doubled > 0, "the proxy cut {:?}, {doubtful} answers did not come, and nothing was doubled", proxy.cuts());
    println!("control: a device that records anew what got no answer doubled {doubled} of 100");
}
