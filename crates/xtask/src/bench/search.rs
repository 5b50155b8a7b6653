//! What an answer takes at each key, beside lunr.

use anyhow::Context as _;
use serde_json::Value;

use super::figure::{Figure, Measured, megabytes, milliseconds};
use crate::{paths, progress::step};

/// What the 95th percentile may take, in milliseconds, up to so many sections.
const REACHES: [(f64, f64); 2] = [(100_000.0, 5.0), (f64::INFINITY, 12.0)];

/// Fills an index with 32,000 sections and one with 320,000, and types into both.
pub(super) fn measure() -> anyhow::Result<(Vec<Figure>, Measured)> {
    let kept = paths::absolute(&paths::target().join("bench/search.json"));
    let next = "run `cargo bench -p waymark-search` and mend what it names";
    step("searching 32,000 and 320,000 sections, beside lunr", next, |step| {
        std::fs::create_dir_all(kept.parent().context("a file lies in a folder")?)?;
        let mut cargo = paths::cargo();
        cargo.args(["bench", "--package", "waymark-search", "--bench", "keystrokes", "--", "--json"]).arg(&kept);
        for line in step.run(cargo)?.lines().filter(|line| line.starts_with("SKIPPED")) {
            step.note(line);
        }
        Ok(())
    })?;
    let bytes = std::fs::read(&kept).context("the search left no measurements")?;
    let measured = Measured(serde_json::from_slice(&bytes).context("the search's measurements cannot be read")?);
    Ok((figures(&measured)?, measured))
}

fn figures(measured: &Measured) -> anyhow::Result<Vec<Figure>> {
    let sizes = measured.0.pointer("/sizes").and_then(Value::as_array).context("the search was not measured")?;
    anyhow::ensure!(!sizes.is_empty(), "the search was not measured");
    let corpus = measured.0.pointer("/corpus").and_then(Value::as_str).unwrap_or_default();
    let lunr = Measured(measured.0.pointer("/lunr").cloned().unwrap_or_default());
    let skipped = lunr.0.pointer("/skipped").and_then(Value::as_str);
    let mut figures = Vec::new();
    for (place, size) in sizes.iter().cloned().map(Measured).enumerate() {
        let (sections, p95) = (size.one("/sections")?, size.one("/wall/p95")?);
        let reach = REACHES.iter().find(|(up_to, _)| sections < *up_to).map_or(f64::NAN, |(_, reach)| *reach);
        // lunr keeps its index in memory and is asked for the smaller number of sections only.
        let (time_beside, size_beside) = match (place, skipped) {
            (0, Some(why)) => (format!("SKIPPED: no lunr: {why}"), String::new()),
            (0, None) => (
                format!(
                    "{} / {} (lunr, {} sections)",
                    milliseconds(lunr.one("/wall/p50")?),
                    milliseconds(lunr.one("/wall/p95")?),
                    lunr.one("/sections")?
                ),
                format!("{:.2} × (lunr)", lunr.one("/index")? / lunr.one("/markdown")?),
            ),
            _ => ("lunr is asked for the smaller number only".to_owned(), String::new()),
        };
        figures.push(Figure {
            what: format!("search at each key, {sections} sections of {corpus}, median / p95"),
            app: format!(
                "{} / {} (of processor time {})",
                milliseconds(size.one("/wall/p50")?),
                milliseconds(p95),
                milliseconds(size.one("/busy/p95")?)
            ),
            beside: time_beside,
            reach: format!("p95 ≤ {reach} ms"),
            within: p95 <= reach,
        });
        let (index, markdown) = (size.one("/index")?, size.one("/markdown")?);
        figures.push(Figure {
            what: format!("index of {sections} sections, of its Markdown"),
            app: format!(
                "{:.2} × ({} of {}, filled in {:.1} s)",
                index / markdown,
                megabytes(index),
                megabytes(markdown),
                size.one("/filled")?
            ),
            beside: size_beside,
            reach: "≤ 1 ×".to_owned(),
            within: index <= markdown,
        });
    }
    Ok(figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_size_has_its_own_reach_and_an_absent_peer_is_said() {
        let size = |sections: u32, p95: f64, index: u32| {
            serde_json::json!({
                "sections": sections, "markdown": 100, "index": index, "filled": 1.0,
                "wall": { "p50": 1.0, "p95": p95 }, "busy": { "p95": 1.0 },
            })
        };
        let measured = serde_json::json!({
            "corpus": "sites", "sizes": [size(32_000, 5.5, 90), size(320_000, 5.5, 110)], "lunr": { "skipped": "no node" },
        });
        let figures = figures(&Measured(measured)).expect("all is there");
        let within: Vec<bool> = figures.iter().map(|figure| figure.within).collect();
        assert_eq!(within, [false, true, true, false]);
        assert!(figures[0].beside.starts_with("SKIPPED"), "{}", figures[0].beside);
    }
}
