//! The team server under load: facts that come in, a manager's page, and clients that mean harm.

use std::process::Command;

use anyhow::Context as _;
use serde_json::json;

use super::figure::{Figure, Measured, milliseconds};
use crate::{paths, progress::step};

/// Facts in a second that must come in, by the database's name.
const INGEST: [(&str, f64); 2] = [("SQLite", 10_000.0), ("PostgreSQL", 5_000.0)];
/// The part of the bare insert loop that must be reached.
const OF_BARE: f64 = 0.5;
/// What the 95th percentile of a manager's page may take, in milliseconds.
const PAGE: f64 = 100.0;
/// Until the last bad client is gone, in seconds; what a good one may wait, in milliseconds; memory idle and under
/// the attack, in MiB.
const SLOW: (f64, f64, f64, f64) = (20.0, 100.0, 40.0, 150.0);

/// Batches through the whole server, beside a bare insert loop on the same database.
pub(super) fn ingest() -> anyhow::Result<(Vec<Figure>, Measured)> {
    let said = said("facts coming in over HTTP, beside bare inserts", &["databases", "--", "ingest"])?;
    measured(&said, "ingest, ", |line| {
        let (database, rate) = (part(line, 1), number(line, "devices: ")?);
        let (bare, ratio) = (number(line, "bare inserts ")?, number(line, "ratio ")?);
        let (_, reach) = INGEST.iter().find(|(name, _)| *name == database).context("an unknown database")?;
        Ok(Figure {
            what: format!("ingest, {database}, batches of 100"),
            app: format!("{rate:.0} events/s (batch p95 {})", milliseconds(number(line, "p95 ")?)),
            beside: format!("{bare:.0} events/s (bare inserts; {ratio:.2} ×)"),
            reach: format!("≥ {reach:.0} events/s, ≥ {OF_BARE} ×"),
            within: rate >= *reach && ratio >= OF_BARE,
        })
    })
}

/// The page of a manager with 500 people in a large organisation.
pub(super) fn overview() -> anyhow::Result<(Vec<Figure>, Measured)> {
    let said = said("a manager's page among 1,000,000 facts", &["databases", "--", "overview"])?;
    measured(&said, "overview, ", |line| {
        let p95 = number(line, "p95 ")?;
        let (database, line_of, events) = (part(line, 1), part(line, 2), part(line, 3));
        Ok(Figure {
            what: format!("a manager's page, {database}, {line_of}, {}", events.split(':').next().unwrap_or_default()),
            app: format!("{} / {}", milliseconds(number(line, "p50 ")?), milliseconds(p95)),
            beside: "–".to_owned(),
            reach: format!("p95 ≤ {PAGE} ms"),
            within: p95 <= PAGE,
        })
    })
}

/// 3,000 clients that are silent, drip or do not read, and a good one among them.
pub(super) fn slow_clients() -> anyhow::Result<(Vec<Figure>, Measured)> {
    let said = said("3,000 slow clients, beside plain axum", &["slow_clients"])?;
    let rows: Vec<Vec<&str>> = said.lines().filter(|line| line.starts_with("| ")).map(cells).collect();
    let bad: Vec<&Vec<&str>> = rows.iter().filter(|row| row.get(3).is_some_and(|last| last.ends_with(" s"))).collect();
    anyhow::ensure!(!bad.is_empty(), "the bench printed no table");
    let stayed: u32 = bad.iter().filter_map(|row| row[2].parse::<u32>().ok()).sum();
    let last = bad.iter().filter_map(|row| number(row[3], "").ok()).fold(0.0, f64::max);
    let control = rows.iter().find(|row| row[0].starts_with("control")).context("the bench printed no control")?;
    let good = said.lines().find(|line| line.starts_with("good client: ")).context("no good client")?;
    let memory = said.lines().find(|line| line.starts_with("memory: ")).context("no memory")?;
    let (p99, failed) = (number(good, "p99 ")?, number(good, "requests, ")?);
    let (idle, most) = (number(memory, "memory: ")?, number(memory, "idle, ")?);
    let (until, wait, most_idle, most_busy) = SLOW;
    let held = control[1] == control[2];
    let clients = Figure {
        what: "3,000 slow clients: the last one gone; a good client's p99".to_owned(),
        app: format!("{last:.1} s, {stayed} left; {}, {failed:.0} refused", milliseconds(p99)),
        beside: format!("axum::serve holds {} of {}", control[2], control[1]),
        reach: format!("≤ {until} s, 0 left; ≤ {wait} ms"),
        within: stayed == 0 && last <= until && p99 <= wait && failed == 0.0 && held,
    };
    let memory = Figure {
        what: "the server's memory, idle; with 3,000 slow clients".to_owned(),
        app: format!("{idle:.1} MiB; {most:.1} MiB"),
        beside: "–".to_owned(),
        reach: format!("≤ {most_idle} MiB; ≤ {most_busy} MiB"),
        within: idle <= most_idle && most <= most_busy,
    };
    Ok((vec![clients, memory], Measured(json!({ "lines": said.lines().collect::<Vec<_>>() }))))
}

/// Runs a bench of the server and gives what it printed. That a figure is missed is for the table to say.
fn said(title: &str, bench: &[&str]) -> anyhow::Result<String> {
    let next = "run `cargo bench -p waymark-server` and mend what it names";
    step(title, next, |step| {
        let mut cargo: Command = paths::cargo();
        cargo.args(["bench", "--locked", "--package", "waymark-server", "--bench"]).args(bench);
        let (_, said) = step.run_to_end(cargo)?;
        for line in said.lines().filter(|line| line.starts_with("SKIPPED")) {
            step.note(line);
        }
        let last: Vec<&str> = said.lines().rev().take(10).collect();
        let measured = ["ingest, ", "overview, ", "memory: "].iter().any(|head| said.contains(head));
        anyhow::ensure!(measured, "nothing was measured\n{}", last.into_iter().rev().collect::<Vec<_>>().join("\n"));
        Ok(said)
    })
}

/// A figure of each line with this head.
fn measured(
    said: &str,
    head: &str,
    figure: impl Fn(&str) -> anyhow::Result<Figure>,
) -> anyhow::Result<(Vec<Figure>, Measured)> {
    let lines: Vec<&str> = said.lines().filter(|line| line.starts_with(head)).collect();
    let figures = lines.iter().map(|line| figure(line)).collect::<anyhow::Result<_>>()?;
    Ok((figures, Measured(json!({ "lines": lines }))))
}

/// The number after these words.
fn number(line: &str, words: &str) -> anyhow::Result<f64> {
    let rest = line.split_once(words).map(|(_, rest)| rest);
    let digits = rest.and_then(|rest| rest.split(|c: char| !c.is_ascii_digit() && c != '.').next());
    digits.and_then(|digits| digits.parse().ok()).with_context(|| format!("no number after `{words}` in `{line}`"))
}

/// What lies between two commas.
fn part(line: &str, at: usize) -> &str {
    line.split(", ").nth(at).unwrap_or_default()
}

fn cells(line: &str) -> Vec<&str> {
    line.trim_matches('|').split('|').map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const INGESTED: &str = "ingest, SQLite, batches of 100, 4 devices: 12345 events/s (batch p50 20.1 ms, p95 40.2 ms); \
                            bare inserts 30000 events/s; ratio 0.41";
    const SHOWN: &str = "overview, SQLite, 500 of 10000 hires, 1000000 events: p50 20.0 ms, p95 31.5 ms, max 50.0 ms";

    #[test]
    fn lines_of_the_benches_are_read() {
        assert_eq!(number(INGESTED, "devices: ").expect("a rate"), 12_345.0);
        assert_eq!(number(INGESTED, "p95 ").expect("a time"), 40.2);
        assert_eq!(number(INGESTED, "ratio ").expect("a ratio"), 0.41);
        assert_eq!((part(INGESTED, 1), part(SHOWN, 2)), ("SQLite", "500 of 10000 hires"));
        assert_eq!(number(SHOWN, "p95 ").expect("a time"), 31.5);
        assert_eq!(cells("| Silent | 1000 | 0 | 10.2 s |"), ["Silent", "1000", "0", "10.2 s"]);
        assert!(number(SHOWN, "p99 ").is_err());
    }
}
