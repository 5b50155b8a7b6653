//! Captured suites of Markdown implementations.

use std::{fs, path::Path};

use anyhow::Context as _;

use super::{Score, output};
use crate::paths;

/// Runs every suite in a folder and prints a table for each.
pub(super) fn all(folder: &Path) -> anyhow::Result<Score> {
    let mut total = Score::default();
    let entries = fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))?;
    let mut suites: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    // `probe.json` records three renderers beside one another and expects nothing.
    suites.retain(|path| path.extension().is_some_and(|ending| ending == "json") && !path.ends_with("probe.json"));
    suites.sort();
    for suite in suites {
        println!("\n{}", suite.file_stem().unwrap_or_default().to_string_lossy());
        total.add(run(&suite)?);
    }
    Ok(total)
}

/// Runs one suite and prints its table.
pub(super) fn run(suite: &Path) -> anyhow::Result<Score> {
    let program = paths::built("debug", "examples/conformance");
    let text = output(&program, &[suite])?;
    let (table, last) = text.trim_end().rsplit_once('\n').unwrap_or(("", text.trim_end()));
    println!("{table}");
    score(last).with_context(|| format!("{} did not end with its score: {last}", suite.display()))
}

/// Reads `N passed, M failed`.
fn score(line: &str) -> Option<Score> {
    let (passed, failed) = line.strip_suffix(" failed")?.split_once(" passed, ")?;
    Some(Score { passed: passed.parse().ok()?, failed: failed.parse().ok()? })
}
