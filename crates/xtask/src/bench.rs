//! `cargo xtask bench`: the figures of the app that ships, each beside the floor and its budget.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::Args;
use serde::Serialize;
use serde_json::Value;

use crate::{
    build, deps, desktop, paths,
    progress::step,
    report::{kilobytes, markdown, table},
    ui,
};

/// A real site of about 450 pages, where the corpus is at hand.
const CORPUS: &str = "../shared/corpus/docs/argo-cd";
/// Pages of the site that is made where it is not.
const PAGES: usize = 460;

/// What is measured.
#[derive(Args)]
pub(crate) struct Options {
    /// A folder with a documentation site, instead of the usual one.
    #[arg(long)]
    docs: Option<PathBuf>,
}

/// One line of the result.
#[derive(Serialize)]
struct Figure {
    what: &'static str,
    app: String,
    floor: String,
    budget: String,
    within: bool,
}

/// Builds both programs as they ship, measures them on the private desktop, prints and keeps the table.
///
/// A figure over its budget is marked in the table and does not make the command fail: a measurement
/// depends on the machine, and whoever reads it has to judge.
pub(crate) fn run(options: Options) -> anyhow::Result<()> {
    deps::ensure(deps::Need::Window)?;
    let sizes = ui::build(&ui::WAYMARK, false)?;
    ui::build(&ui::FLOOR, false)?;
    let [app, floor] = build::with_floor()?;
    let driver = build::driver("bench")?;
    let docs = match options.docs {
        Some(docs) => docs,
        None if Path::new(CORPUS).is_dir() => PathBuf::from(CORPUS),
        None => made_up_site()?,
    };
    let busy = load();
    let out = paths::target().join("bench");
    step(
        "measuring (nothing else should run on this machine)",
        "look at the logs in target/bench, then run `cargo xtask bench` again",
        |step| {
            let mut bench = desktop::command(&out, &driver);
            bench.arg(&app).arg(&floor).arg(paths::absolute(&docs));
            step.run(bench).map(drop)
        },
    )?;
    let measured: Value =
        serde_json::from_slice(&fs::read(out.join("measured.json"))?).context("the bench left no measurements")?;
    let figures = figures(&measured, &sizes)?;
    publish(&figures, &measured, busy)
}

fn figures(measured: &Value, sizes: &ui::Sizes) -> anyhow::Result<Vec<Figure>> {
    let series = |path: &str| -> anyhow::Result<Vec<f64>> {
        let values = measured
            .pointer(path)
            .and_then(Value::as_array)
            .with_context(|| format!("nothing was measured under {path}"))?;
        Ok(values.iter().filter_map(Value::as_f64).collect())
    };
    let one = |path: &str| {
        measured.pointer(path).and_then(Value::as_f64).with_context(|| format!("nothing was measured under {path}"))
    };
    let beside = |what, path: &str, limit: f64, show: fn(f64) -> String| -> anyhow::Result<Figure> {
        let (app, floor) = (median(&series(&format!("{path}/app"))?), median(&series(&format!("{path}/floor"))?));
        let ratio = app / floor;
        Ok(Figure {
            what,
            app: format!("{} ({ratio:.2} ×)", show(app)),
            floor: show(floor),
            budget: format!("≤ {limit} × the floor"),
            within: ratio <= limit,
        })
    };
    let durable = percentile(&series("/ticks/durable")?, 95.0);
    let shown = percentile(&series("/ticks/shown")?, 95.0);
    let (pages, read) = (one("/folder/pages")?, one("/folder/read")?);
    Ok(vec![
        beside("start to first interactive screen, median", "/starts", 1.5, milliseconds)?,
        beside("memory (PSS of all processes) after the tour, median", "/memory", 1.25, megabytes)?,
        Figure {
            what: "tick a step: click to durable commit to painted, p95",
            app: format!("{} (ticked on screen after {})", milliseconds(durable), milliseconds(shown)),
            floor: String::new(),
            budget: "≤ 50 ms".to_owned(),
            within: durable <= 50.0,
        },
        Figure {
            what: "interface wasm that the start loads, after optimisation",
            app: kilobytes(sizes.wasm),
            floor: String::new(),
            budget: format!("≤ {}", kilobytes(ui::WASM_BUDGET)),
            within: sizes.optimised && sizes.wasm <= ui::WASM_BUDGET,
        },
        Figure {
            what: "open a folder of 450 pages, until it can be read",
            app: format!(
                "{:.2} s for {pages} pages (found after {:.2} s, on disk after {:.2} s)",
                read / 1000.0,
                one("/folder/scanned")? / 1000.0,
                one("/folder/added")? / 1000.0
            ),
            floor: String::new(),
            budget: "≤ 3 s".to_owned(),
            within: read <= 3000.0,
        },
    ])
}

/// Prints the table and keeps it, with every single measurement, in `target/bench.json` and `.md`.
fn publish(figures: &[Figure], measured: &Value, busy: f64) -> anyhow::Result<()> {
    let head = ["what", "Waymark", "floor", "reach", ""].map(str::to_owned).to_vec();
    let row = |figure: &Figure| {
        vec![
            figure.what.to_owned(),
            figure.app.clone(),
            figure.floor.clone(),
            figure.budget.clone(),
            if figure.within { "reached" } else { "missed" }.to_owned(),
        ]
    };
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(figures.iter().map(row)).collect();
    let machine = machine(busy);
    println!("\n{}\n{machine}", table(&rows));
    let target = paths::target();
    fs::write(target.join("bench.md"), format!("{}\n{machine}\n", markdown(&rows)))?;
    let all = serde_json::json!({ "machine": machine, "figures": figures, "measured": measured });
    fs::write(target.join("bench.json"), serde_json::to_vec_pretty(&all)?)?;
    println!("kept in {} and bench.md beside it", paths::absolute(&target.join("bench.json")).display());
    Ok(())
}

/// How many programs wanted to run in the last minute, besides the measured one.
fn load() -> f64 {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(f64::NAN)
}

/// Cores, processor, kernel, and how busy the machine was: a figure means nothing without them.
fn machine(busy: f64) -> String {
    let line = |file: &str, key: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        text.lines()
            .find(|line| line.starts_with(key))
            .and_then(|line| line.split_once(':'))
            .map(|(_, value)| value.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processor = line("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let warning =
        if busy > cores as f64 / 2.0 { "; other programs were running, so every time here is too long" } else { "" };
    format!(
        "machine: {cores} cores, {processor}, {} {}, load {busy:.1} before measuring{warning}",
        std::env::consts::OS,
        kernel.trim()
    )
}

/// A site as large as the real one, for machines without the corpus.
fn made_up_site() -> anyhow::Result<PathBuf> {
    let site = paths::target().join("bench-site");
    let docs = site.join("docs");
    fs::create_dir_all(&docs)?;
    fs::write(site.join("mkdocs.yml"), "site_name: A large site\nplugins:\n  - techdocs-core\n")?;
    fs::write(
        docs.join("index.md"),
        "# A large site\n\nMade up by `cargo xtask bench`, because the real one is not on this machine.\n",
    )?;
    for page in 1..PAGES {
        let mut text = format!("# Page {page}\n\nSee [the next one](page-{:03}.md).\n", page % (PAGES - 1) + 1);
        for section in 1..=8 {
            text.push_str(&format!(
                "\n## Section {section}\n\nA paragraph with **weight**, `code` and a [link](index.md#section-{section}).\n\n\
                 | Setting | Value |\n|---|---|\n| replicas | {section} |\n| timeout | {page} s |\n\n\
                 ```yaml\nkind: Service\nmetadata:\n  name: page-{page}-{section}\n```\n\n!!! note\n    Something to keep in mind.\n"
            ));
        }
        fs::write(docs.join(format!("page-{page:03}.md")), text)?;
    }
    Ok(site)
}

fn median(values: &[f64]) -> f64 {
    percentile(values, 50.0)
}

/// The smallest value that this share of all values does not exceed.
fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (share / 100.0 * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

fn milliseconds(value: f64) -> String {
    if value < 100.0 { format!("{value:.1} ms") } else { format!("{value:.0} ms") }
}

fn megabytes(value: f64) -> String {
    format!("{:.0} MB", value / 1e6)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let values: Vec<f64> = (1..=120).map(f64::from).collect();
        assert_eq!(percentile(&values, 95.0), 114.0);
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert!(percentile(&[], 95.0).is_nan(), "nothing measured is no figure");
    }

    #[test]
    fn a_missing_measurement_is_an_error() {
        let sizes = ui::Sizes {
            wasm_before: 1,
            wasm: 1,
            later: BTreeMap::new(),
            parts: BTreeMap::new(),
            javascript: 1,
            css: 1,
            optimised: true,
        };
        assert!(figures(&serde_json::json!({ "starts": {} }), &sizes).is_err());
    }
}
