//! What bad input costs.

use std::{path::Path, process::Command};

use anyhow::Context as _;
use serde::Deserialize;

use super::figure::{Figure, Measured, median, megabytes, milliseconds};
use crate::progress::step;

/// Milliseconds for one page.
const TIME: f64 = 250.0;
/// Bytes over the idle app.
const MEMORY: u64 = 64 * 1024 * 1024;

/// One case, as `speed` measures it.
#[derive(Deserialize)]
struct Case {
    name: String,
    took: Vec<f64>,
    over: u64,
    said: String,
}

#[derive(Deserialize)]
struct Hostile {
    pages: Vec<Case>,
    attacks: Option<Case>,
    bundles: Vec<Case>,
}

/// Gives everything hostile to the app without its window, each case to a process of its own. Answers also
/// with a row for each page.
pub(super) fn measure(speed: &Path) -> anyhow::Result<(Vec<Figure>, Vec<Vec<String>>, Measured)> {
    let next = "a case that ends its process is a bug: run `target/release/speed hostile` by hand";
    let measured = step("giving it bad input", next, |step| {
        let mut command = Command::new(speed);
        command.arg("hostile");
        let said = step.run(command)?;
        for line in said.lines().filter(|line| line.starts_with("SKIPPED")) {
            step.note(line);
        }
        Measured::in_last_line(&said)
    })?;
    let all = Hostile::deserialize(&measured.0).context("the figures of bad input cannot be read")?;
    Ok((figures(&all), rows(&all), measured))
}

fn figures(all: &Hostile) -> Vec<Figure> {
    let groups = [
        ("bad pages and configurations", all.pages.iter().collect::<Vec<_>>()),
        ("the corpus of attacks, each document", all.attacks.iter().collect()),
        ("hostile bundles", all.bundles.iter().collect()),
    ];
    groups.into_iter().map(|(what, cases)| group(what, &cases)).collect()
}

fn group(what: &str, cases: &[&Case]) -> Figure {
    let slowest = cases.iter().max_by(|a, b| median(&a.took).total_cmp(&median(&b.took)));
    let hungriest = cases.iter().max_by_key(|case| case.over);
    let (app, within) = match slowest.zip(hungriest) {
        Some((slowest, hungriest)) => {
            let (time, memory) = (median(&slowest.took), hungriest.over);
            let text =
                format!("{} ({}), {} ({})", milliseconds(time), slowest.name, megabytes(memory as f64), hungriest.name);
            (text, time <= TIME && memory <= MEMORY)
        }
        None => ("SKIPPED: the corpus is absent".to_owned(), true),
    };
    let count =
        cases.iter().map(|case| case.said.strip_suffix(" documents").and_then(|count| count.parse().ok()).unwrap_or(1));
    Figure {
        what: format!("{what}: the slowest and the hungriest of {}", count.sum::<u64>()),
        app,
        beside: "the idle app".to_owned(),
        reach: format!("≤ {TIME} ms, ≤ 64 MiB more"),
        within,
    }
}

/// Every page by itself: name, time, memory, what is said.
fn rows(all: &Hostile) -> Vec<Vec<String>> {
    let head = ["bad input", "median", "slowest", "memory over idle", "said", ""].map(str::to_owned).to_vec();
    let row = |case: &Case| {
        let within = median(&case.took) <= TIME && case.over <= MEMORY;
        let slowest = case.took.iter().copied().fold(0.0, f64::max);
        vec![
            case.name.clone(),
            milliseconds(median(&case.took)),
            milliseconds(slowest),
            megabytes(case.over as f64),
            case.said.chars().take(60).collect(),
            if within { "reached" } else { "missed" }.to_owned(),
        ]
    };
    std::iter::once(head).chain(all.pages.iter().chain(&all.attacks).map(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(name: &str, took: f64, over: u64) -> Case {
        Case { name: name.to_owned(), took: vec![took], over, said: "shown".to_owned() }
    }

    #[test]
    fn a_group_is_as_good_as_its_worst() {
        let (slow, hungry, good) =
            (case("slow", 251.0, 0), case("hungry", 1.0, MEMORY + 1), case("good", 250.0, MEMORY));
        assert!(group("x", &[&good]).within);
        assert!(!group("x", &[&good, &slow]).within && !group("x", &[&hungry, &good]).within);
        assert!(group("x", &[&good, &hungry]).app.contains("(good)"), "the slowest is named");
        assert!(group("x", &[]).app.starts_with("SKIPPED"));
    }
}
