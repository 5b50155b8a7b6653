//! What is measured in the real window, beside a bare one.

use std::{fs, path::Path};

use anyhow::Context as _;

use super::{
    Content, Part,
    figure::{Figure, Measured, both, both_or_skipped, median, megabytes, milliseconds, percentile},
};
use crate::{build, deps, desktop, paths, progress::step, report::kilobytes, ui};

/// Builds both programs as they ship and measures them on the private desktop.
pub(super) fn measure(parts: &[Part], content: &Content) -> anyhow::Result<(Vec<Figure>, Measured)> {
    deps::ensure(deps::Need::Window)?;
    let sizes = ui::build(&ui::WAYMARK, false)?;
    ui::build(&ui::FLOOR, false)?;
    let [app, floor] = build::with_floor()?;
    let driver = build::driver("bench")?;
    let out = paths::target().join("bench");
    let shown: Vec<&str> = parts.iter().filter(|part| **part != Part::Size).map(|part| part.name()).collect();
    if !shown.is_empty() {
        step(
            "measuring in the window (nothing else should run on this machine)",
            "look at the logs in target/bench, then run `cargo xtask bench` again",
            |step| {
                let mut bench = desktop::command(&out, &driver);
                bench.arg(&app).arg(&floor).args([&content.site, &content.many].map(|folder| paths::absolute(folder)));
                bench.args(&shown);
                for line in step.run(bench)?.lines().filter(|line| line.starts_with("SKIPPED")) {
                    step.note(line);
                }
                Ok(())
            },
        )?;
    }
    let measured = if shown.is_empty() { Measured(serde_json::json!({})) } else { read(&out)? };
    let mut figures = Vec::new();
    for part in parts {
        figures.extend(figures_of(*part, &measured, &sizes)?);
    }
    Ok((figures, measured))
}

fn read(out: &Path) -> anyhow::Result<Measured> {
    let bytes = fs::read(out.join("measured.json")).context("the bench left no measurements")?;
    Ok(Measured(serde_json::from_slice(&bytes).context("the measurements cannot be read")?))
}

/// The figures of one part.
fn figures_of(part: Part, measured: &Measured, sizes: &ui::Sizes) -> anyhow::Result<Vec<Figure>> {
    Ok(match part {
        Part::Start => vec![beside(
            measured,
            "start to first interactive screen, median",
            "/starts",
            Limit { times: 1.5, show: milliseconds },
        )?],
        Part::Memory => vec![beside(
            measured,
            "memory (PSS of all processes) after the tour, median",
            "/memory",
            Limit { times: 1.25, show: megabytes },
        )?],
        Part::Tick => vec![tick(measured)?],
        Part::Size => vec![Figure {
            what: "interface wasm that the start loads, after optimisation".to_owned(),
            app: kilobytes(sizes.wasm),
            beside: String::new(),
            reach: format!("≤ {}", kilobytes(ui::WASM_BUDGET)),
            within: sizes.optimised && sizes.wasm <= ui::WASM_BUDGET,
        }],
        Part::Folder => vec![folder(measured)?],
        Part::Page => pages(measured)?,
        Part::Palette => vec![palette(measured)?],
        Part::Search
        | Part::Sites
        | Part::Hostile
        | Part::Ingest
        | Part::Overview
        | Part::SlowClients
        | Part::Backlog => Vec::new(),
    })
}

/// How many times the floor is allowed, and how values are said.
struct Limit {
    times: f64,
    show: fn(f64) -> String,
}

fn beside(measured: &Measured, what: &str, path: &str, limit: Limit) -> anyhow::Result<Figure> {
    let app = median(&measured.series(&format!("{path}/app"))?);
    let floor = median(&measured.series(&format!("{path}/floor"))?);
    let (ratio, Limit { times, show }) = (app / floor, limit);
    Ok(Figure {
        what: what.to_owned(),
        app: format!("{} ({ratio:.2} ×)", show(app)),
        beside: format!("{} (a bare window)", show(floor)),
        reach: format!("≤ {times} × the floor"),
        within: ratio <= times,
    })
}

fn tick(measured: &Measured) -> anyhow::Result<Figure> {
    let durable = measured.series("/ticks/durable")?;
    let shown = percentile(&measured.series("/ticks/shown")?, 95.0);
    Ok(Figure {
        what: "tick a step: click to durable commit to painted, median / p95".to_owned(),
        app: format!("{} (ticked on screen after {})", both(&durable), milliseconds(shown)),
        beside: String::new(),
        reach: "p95 ≤ 50 ms".to_owned(),
        within: percentile(&durable, 95.0) <= 50.0,
    })
}

fn folder(measured: &Measured) -> anyhow::Result<Figure> {
    let (pages, read) = (measured.one("/folder/pages")?, measured.one("/folder/read")?);
    Ok(Figure {
        what: "open a folder of 450 pages, until it can be read".to_owned(),
        app: format!(
            "{:.2} s for {pages} pages (found after {:.2} s, on disk after {:.2} s)",
            read / 1000.0,
            measured.one("/folder/scanned")? / 1000.0,
            measured.one("/folder/added")? / 1000.0
        ),
        beside: String::new(),
        reach: "≤ 3 s".to_owned(),
        within: read <= 3000.0,
    })
}

fn pages(measured: &Measured) -> anyhow::Result<Vec<Figure>> {
    let (page, page_floor) = (measured.series("/pages/rendered/app")?, measured.series("/pages/rendered/floor")?);
    let (long, long_floor) = (measured.series("/pages/long/app")?, measured.series("/pages/long/floor")?);
    let first = median(&measured.series("/pages/long_first")?);
    let from = measured.0.pointer("/pages/long_from").and_then(serde_json::Value::as_str).unwrap_or_default();
    let kilobytes = kilobytes(measured.one("/pages/long_bytes")? as u64);
    Ok(vec![
        Figure {
            what: format!("open a page that was rendered before: click to painted, {} pages, median / p95", page.len()),
            app: both(&page),
            beside: both_or_skipped(&page_floor, "the same HTML in the bare engine"),
            reach: "p95 ≤ 50 ms".to_owned(),
            within: percentile(&page, 95.0) <= 50.0,
        },
        Figure {
            what: format!("open a page of {kilobytes} ({from}): click to first paint, median / p95"),
            app: format!("{} (rendered now, the first time: {})", both(&long), milliseconds(first)),
            beside: both_or_skipped(&long_floor, "the same HTML in the bare engine"),
            reach: "p95 ≤ 300 ms".to_owned(),
            within: percentile(&long, 95.0) <= 300.0,
        },
    ])
}

fn palette(measured: &Measured) -> anyhow::Result<Figure> {
    let (keys, floor) = (measured.series("/keys/painted/app")?, measured.series("/keys/painted/floor")?);
    let pages = measured.one("/keys/pages")?;
    Ok(Figure {
        what: format!("key in the palette to painted results, {} keys over {pages} pages, median / p95", keys.len()),
        app: both(&keys),
        beside: both_or_skipped(&floor, "the same lists in the bare engine"),
        reach: "p95 ≤ 50 ms".to_owned(),
        within: percentile(&keys, 95.0) <= 50.0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_measurement_is_an_error() {
        let sizes = ui::Sizes {
            wasm_before: 1,
            wasm: 1,
            later: Default::default(),
            parts: Default::default(),
            javascript: 1,
            css: 1,
            optimised: true,
        };
        let nothing = Measured(serde_json::json!({ "starts": {} }));
        for part in [Part::Start, Part::Memory, Part::Tick, Part::Folder, Part::Page, Part::Palette] {
            assert!(figures_of(part, &nothing, &sizes).is_err(), "{part:?}");
        }
    }

    #[test]
    fn what_is_over_its_reach_is_missed_and_an_absent_floor_is_said() {
        let keys =
            |p95: f64| serde_json::json!({ "keys": { "pages": 9, "painted": { "app": [1.0, p95], "floor": [] } } });
        let slow = palette(&Measured(keys(51.0))).expect("it was measured");
        assert!(!slow.within && slow.beside.starts_with("SKIPPED"), "{slow:?}");
        assert!(palette(&Measured(keys(49.0))).expect("it was measured").within);
    }
}
