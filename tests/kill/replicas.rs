//! Three servers over one PostgreSQL, devices that never stop recording, one server killed and the database crashed
//! (`proof.md`, section 7). What an acknowledgement promised holds, and writing is possible again soon.
//!
//! `WAYMARK_STORMS` makes more rounds of it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::sync::oneshot;
use waymark_sync::team::machine::Wake;

use crate::{
    PATIENCE,
    company::Company,
    database::{Cluster, Database, skipped},
    device::Device,
    dice::Dice,
    number, settle,
};

const SERVERS: usize = 3;
/// Whose devices they are, two of each.
const PEOPLE: [&str; 6] = ["ada", "ben", "cleo", "ada", "ben", "cleo"];
/// How long a device waits between two facts.
const PACE: Duration = Duration::from_millis(25);
/// How soon writing must be possible again, where figures count.
const BACK: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread")]
async fn three_servers_and_their_database_crash_under_load() {
    let (storms, seed) = (number("WAYMARK_STORMS", 1), number("WAYMARK_KILL_SEED", 1));
    let cluster = match tokio::task::spawn_blocking(Cluster::start).await.unwrap() {
        Ok(cluster) => cluster,
        Err(reason) => return skipped(&reason),
    };
    let Some(mut company) = Company::found(seed, Database::Postgres(cluster.fresh()), SERVERS).await else { return };
    let mut cluster = Some(cluster);
    let mut devices = Vec::new();
    for who in PEOPLE {
        devices.push(Device::start(company.join(who).await, &company.proxy.url));
    }
    let devices: Arc<[Device]> = devices.into();
    let quiet = Arc::new(AtomicBool::new(false));
    let load = tokio::spawn(load(Arc::clone(&devices), company.hash.clone(), Arc::clone(&quiet)));
    let began = Instant::now();

    let mut dice = Dice::new(seed);
    let (mut after_server, mut after_database) = (Vec::new(), Vec::new());
    written(&devices, began).await;
    for _ in 0..storms {
        let victim = &mut company.servers[dice.below(SERVERS as u64) as usize];
        let start = Instant::now();
        victim.kill();
        after_server.push(written(&devices, start).await);
        victim.start_again().await.unwrap();

        let (down, gone) = oneshot::channel();
        let start = Instant::now();
        let mut whole = cluster.take().unwrap();
        let crash = tokio::task::spawn_blocking(move || {
            whole.crash(|| down.send(()).unwrap());
            whole
        });
        gone.await.unwrap();
        after_database.push(written(&devices, start).await);
        cluster = Some(crash.await.unwrap());
    }
    quiet.store(true, Ordering::Relaxed);
    load.await.unwrap();
    let seconds = began.elapsed().as_secs_f64();
    settle(&devices).await;
    let facts = company.compare(devices.iter().map(|device| Arc::clone(&device.disk)), seed).await;
    let most = |times: &[Duration]| times.iter().max().copied().unwrap_or_default();
    let (server, database) = (most(&after_server), most(&after_database));
    assert!(facts > storms * 50, "{facts} facts are no load");
    // Anybody's machine may be busy; where the figure is asked for, it counts.
    if std::env::var_os("WAYMARK_PROVE").is_some() {
        assert!(server <= BACK && database <= BACK, "writing was possible again after {server:?} and {database:?}");
    }
    println!(
        "proved: {SERVERS} servers over one PostgreSQL, {} devices, {facts} facts at {:.0}/s, {storms} servers killed and \
         {storms} crashes of the database: 0 acknowledged lost, 0 doubled, writes back after {:.1} s and {:.1} s at most",
        PEOPLE.len(),
        facts as f64 / seconds,
        server.as_secs_f64(),
        database.as_secs_f64()
    );
}

/// Records on every device, and asks those that wait after a failure, until it is quiet.
async fn load(devices: Arc<[Device]>, hash: String, quiet: Arc<AtomicBool>) {
    let mut round = 0_u32;
    while !quiet.load(Ordering::Relaxed) {
        round += 1;
        for device in devices.iter() {
            device.disk.lock().unwrap().record(&hash);
            device.wake(if round.is_multiple_of(8) { Wake::Person } else { Wake::Recorded });
        }
        tokio::time::sleep(PACE).await;
    }
}

/// Waits until every device has an answer to a fact that it records from now on; how long that is since `start`.
async fn written(devices: &[Device], start: Instant) -> Duration {
    let next: Vec<u64> = devices.iter().map(|device| device.disk.lock().unwrap().last() + 1).collect();
    loop {
        let answered = |(device, number): (&Device, &u64)| device.disk.lock().unwrap().is_answered(*number);
        if devices.iter().zip(&next).all(answered) {
            return start.elapsed();
        }
        assert!(start.elapsed() < PATIENCE, "nothing was written for {PATIENCE:?}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
