//! `kill -9` at random moments: what was acknowledged is there.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
    sync::OnceLock,
    thread,
    time::Duration,
};

use jiff::Timestamp;
use waymark_core::{event::Event, id::EventId};
use waymark_store::Db;

use crate::support::*;

const CHILD: &str = "WAYMARK_TEST_KILL_CHILD";
const TOO_EARLY: &str = "WAYMARK_TEST_KILL_TOO_EARLY";
const KILLS: u32 = 100;

/// Does nothing in an ordinary run. As the child of the test below it ticks steps for ever and writes
/// each id to the pipe once it is saved.
#[test]
fn child_that_ticks_steps_until_it_is_killed() {
    let Some(path) = std::env::var_os(CHILD) else { return };
    let too_early = std::env::var_os(TOO_EARLY).is_some();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let db = Db::open(Path::new(&path), OPTIONS).await.unwrap();
        if db.membership().get().await.unwrap().is_none() {
            join(&db).await;
        }
        let template = template("first-week", &["vpn"]);
        let journey = match db.journeys().list().await.unwrap().first() {
            Some(journey) => journey.id,
            None => assign(&db, &template).await,
        };
        for n in 0.. {
            // Random for each process: a killed one must not meet the ids of the one before.
            let id = EventId::new(uuid::Uuid::from_u128(rand_seed() << 32 | n));
            let event = Event { id, ..completed(journey, &format!("step-{}", n % 7)) };
            let acknowledge = || writeln!(std::io::stdout(), "saved {id}").unwrap();
            if too_early {
                acknowledge();
            }
            record(&db, std::slice::from_ref(&event), PLAIN).await.unwrap();
            if !too_early {
                acknowledge();
            }
        }
    });
}

/// The moment and the process, mixed; good enough to tell two children apart.
fn rand_seed() -> u128 {
    static SEED: OnceLock<u128> = OnceLock::new();
    *SEED.get_or_init(|| {
        #[expect(clippy::disallowed_methods, reason = "the moments of the kills are to differ from run to run")]
        let time = Timestamp::now().as_nanosecond() as u64;
        u128::from(time ^ u64::from(std::process::id()).rotate_left(40))
    })
}

/// When the child says that a step is saved.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Acknowledges {
    AfterCommit,
    /// The seeded bug: a test that does not find it finds nothing.
    BeforeCommit,
}

fn spawn(path: &Path, acknowledges: Acknowledges) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["kill::child_that_ticks_steps_until_it_is_killed", "--exact", "--nocapture", "--test-threads=1"])
        .env(CHILD, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    if acknowledges == Acknowledges::BeforeCommit {
        command.env(TOO_EARLY, "1");
    }
    command.spawn().unwrap()
}

/// Starts a child, kills it at a random moment, and returns what it acknowledged.
fn kill_one(path: &Path, acknowledges: Acknowledges, seed: &mut u64) -> Vec<EventId> {
    let mut child = spawn(path, acknowledges);
    let stdout = child.stdout.take().unwrap();
    let reader = thread::spawn(move || {
        BufReader::new(stdout)
            .lines()
            .map_while(Result::ok)
            // A line that the kill cut short is no acknowledgement.
            .filter_map(|line| line.rsplit_once("saved ")?.1.parse::<EventId>().ok())
            .collect()
    });
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    thread::sleep(Duration::from_micros(*seed >> 40 & 0x1_ffff));
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

/// Where a busy machine kills most children before they said anything, this many times as many are killed.
const PATIENCE: u32 = 10;

/// Kills children one after the other, at least `kills` of them and until `enough` says so of the numbers of
/// acknowledged and of lost steps; returns how many steps were acknowledged, and which were lost.
fn kill_many(
    kills: u32,
    acknowledges: Acknowledges,
    enough: impl Fn(usize, usize) -> bool,
) -> (usize, BTreeSet<EventId>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("waymark.db");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut seed = rand_seed() as u64;
    let (mut acknowledged, mut lost) = (BTreeSet::new(), BTreeSet::new());
    for round in 0..kills * PATIENCE {
        if round >= kills && enough(acknowledged.len(), lost.len()) {
            break;
        }
        acknowledged.extend(kill_one(&path, acknowledges, &mut seed));
        runtime.block_on(async {
            let db = Db::open(&path, OPTIONS).await.unwrap();
            assert_eq!(db.check().await.unwrap(), None, "the file is whole");
            let stored: BTreeSet<EventId> = db.events().all().await.unwrap().iter().map(|event| event.id).collect();
            lost.extend(acknowledged.difference(&stored).copied());
            db.close().await;
        });
    }
    runtime.block_on(async {
        let db = Db::open(&path, OPTIONS).await.unwrap();
        assert_projections_equal_fold(&db).await;
        db.close().await;
    });
    (acknowledged.len(), lost)
}

#[test]
fn every_acknowledged_step_survives_a_hundred_kills() {
    let (acknowledged, lost) = kill_many(KILLS, Acknowledges::AfterCommit, |acknowledged, _| acknowledged > 50);
    assert!(lost.is_empty(), "saved and lost: {lost:?}");
    assert!(acknowledged > 50, "the kills came too early to prove anything: {acknowledged} steps");
    let _ = writeln!(std::io::stderr(), "{KILLS} kills or more: {acknowledged} steps acknowledged, 0 lost");
}

#[test]
fn the_kills_find_an_acknowledgement_that_comes_too_early() {
    let (acknowledged, lost) = kill_many(KILLS / 4, Acknowledges::BeforeCommit, |_, lost| lost > 0);
    assert!(!lost.is_empty(), "{acknowledged} early acknowledgements and none was found out");
}
