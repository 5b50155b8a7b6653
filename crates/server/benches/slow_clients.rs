//! Clients that say nothing, say it slowly or do not listen, 3,000 at once, against the real server; a good client
//! among them; and `axum::serve` beside it as the control, which must hold all of its bad clients, or the attack
//! is none.
//!
//! `cargo bench -p waymark-server --bench slow_clients`; it fails where a figure of `proof.md`, section 7, is missed.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench fails by panicking and speaks on standard output"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use support::{COMPANY, Database, Server};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::JoinSet,
};

/// How a client is bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Bad {
    Silent,
    DrippingHeader,
    DrippingBody,
    SlowReader,
}

/// How many of each.
const ATTACK: [(Bad, usize); 4] =
    [(Bad::Silent, 1_000), (Bad::DrippingHeader, 1_000), (Bad::DrippingBody, 500), (Bad::SlowReader, 500)];
/// The same against the control.
const CONTROL: [(Bad, usize); 2] = [(Bad::Silent, 100), (Bad::DrippingHeader, 100)];
/// Between two requests of the good client: below the 600 a minute that a device may ask at all.
const PACE: Duration = Duration::from_millis(60);
/// How long it is watched.
const WATCH: Duration = Duration::from_secs(30);

/// Holds one connection as long as the server lets it; how long that was, and `None` where it outlived the watch.
async fn hold(kind: Bad, to: SocketAddr) -> (Bad, Option<Duration>) {
    let start = Instant::now();
    let work = async {
        let Ok(mut stream) = TcpStream::connect(to).await else { return };
        match kind {
            Bad::Silent => {}
            Bad::DrippingHeader => drop(stream.write_all(b"GET /live HTTP/1.1\r\nHost: x\r\nX-Slow: ").await),
            Bad::DrippingBody => {
                let head = "POST /v1/enrol HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n";
                drop(stream.write_all(head.as_bytes()).await);
            }
            Bad::SlowReader => {
                // Asks for more than any buffer holds, and reads nothing of it.
                let ask = "GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(500);
                drop(stream.write_all(ask.as_bytes()).await);
            }
        }
        let mut buffer = [0; 1_024];
        loop {
            let drips = matches!(kind, Bad::DrippingHeader | Bad::DrippingBody);
            if kind == Bad::SlowReader {
                // Looks without taking anything out: the end shows as an error.
                tokio::time::sleep(Duration::from_millis(250)).await;
                if stream.write_all(b"\r\n").await.is_err() || matches!(stream.take_error(), Ok(Some(_)) | Err(_)) {
                    return;
                }
                continue;
            }
            match tokio::time::timeout(Duration::from_secs(1), stream.read(&mut buffer)).await {
                Ok(Ok(0) | Err(_)) => return,
                Ok(Ok(_)) => {}
                Err(_) if drips && stream.write_all(b"a").await.is_err() => return,
                Err(_) => {}
            }
        }
    };
    let ended = tokio::time::timeout(WATCH, work).await;
    (kind, ended.ok().map(|()| start.elapsed()))
}

/// Starts an attack, spread over a second.
fn attack(kinds: &[(Bad, usize)], to: SocketAddr) -> JoinSet<(Bad, Option<Duration>)> {
    let mut clients = JoinSet::new();
    for (kind, count) in kinds {
        for number in 0..*count {
            let (kind, wait) = (*kind, Duration::from_micros(1_000_000 * number as u64 / *count as u64));
            clients.spawn(async move {
                tokio::time::sleep(wait).await;
                hold(kind, to).await
            });
        }
    }
    clients
}

/// Resident memory of a process in MiB, from `/proc`.
fn memory(pid: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1_024.0
}

#[tokio::main]
async fn main() {
    rlimit::increase_nofile_limit(16_384).unwrap();
    let server = Server::start(Database::Sqlite);
    server.import(COMPANY);
    let ada = server.join("ada@corvane.example").await;
    let to: SocketAddr = server.url.strip_prefix("http://").unwrap().parse().unwrap();
    let idle = memory(server.pid());

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let control_at = listener.local_addr().unwrap();
    let app = axum::Router::new().route("/live", axum::routing::get(async || "ok"));
    tokio::spawn(async move { axum::serve(listener, app).await });

    let start = Instant::now();
    let (mut bad, mut control) = (attack(&ATTACK, to), attack(&CONTROL, control_at));
    let (mut waits, mut failed, mut most) = (Vec::new(), 0, idle);
    while start.elapsed() < WATCH {
        // A new connection for each request: that is what a full house would refuse.
        let asked = Instant::now();
        let client = server.client().with_token(&ada.access);
        match tokio::time::timeout(Duration::from_secs(5), client.get("/v1/me")).await {
            Ok(answer) if answer.status == 200 => waits.push(asked.elapsed()),
            _ => failed += 1,
        }
        most = most.max(memory(server.pid()));
        tokio::time::sleep(PACE).await;
    }
    let mut ended: std::collections::BTreeMap<Bad, Vec<Option<Duration>>> = std::collections::BTreeMap::new();
    while let Some(client) = bad.join_next().await {
        let (kind, after) = client.unwrap();
        ended.entry(kind).or_default().push(after);
    }
    let mut held = 0;
    while let Some(client) = control.join_next().await {
        held += usize::from(client.unwrap().1.is_none());
    }
    waits.sort();
    assert!(!waits.is_empty(), "{failed} good requests, and none came through");
    let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize].as_secs_f64() * 1_000.0;
    let (mut left, mut last) = (0, Duration::ZERO);
    println!(
        "| bad clients | at once | still there after {} s | the last one left after |\n|---|---|---|---|",
        WATCH.as_secs()
    );
    for (kind, times) in &ended {
        let stayed = times.iter().filter(|time| time.is_none()).count();
        let longest = times.iter().flatten().max().copied().unwrap_or_default();
        println!("| {kind:?} | {} | {stayed} | {:.1} s |", times.len(), longest.as_secs_f64());
        (left, last) = (left + stayed, last.max(longest));
    }
    println!("| control: `axum::serve`, silent and dripping | 200 | {held} | – |");
    println!(
        "\ngood client: {} requests, {failed} failed, p50 {:.1} ms, p99 {:.1} ms, most {:.1} ms",
        waits.len(),
        at(0.5),
        at(0.99),
        at(1.0)
    );
    println!("memory: {idle:.1} MiB idle, {most:.1} MiB at most");
    let numbers = String::from_utf8(server.client().get("/metrics").await.bytes.to_vec()).unwrap();
    numbers.lines().filter(|line| line.starts_with("waymark_connections")).for_each(|line| println!("{line}"));
    assert_eq!(held, 200, "the control must hold them, or this is no attack");
    assert_eq!((left, failed), (0, 0), "all gone, and nobody good refused");
    assert!(last <= Duration::from_secs(20) && at(0.99) <= 100.0, "the figures of proof.md");
    assert!(idle <= 40.0 && most <= 150.0, "the figures of the issue");
}
