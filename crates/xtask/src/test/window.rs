//! The tests of the real window, one after the other: they share a display and a session bus.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::{
    AGAIN, FEATURES, Options, SELECTION, environment,
    outcome::{self, Outcome, Tally},
};
use crate::{desktop, paths, progress::step};

/// What the app and its tests are built with; the app itself is the same as for all other tests.
const WINDOW_FEATURES: &str = "waymark/e2e,waymark-tests/window";

/// Builds the app and its tests, runs them, and runs once more what failed.
pub(super) fn run(options: &Options) -> anyhow::Result<Tally> {
    let app = step("building the app and the team server for tests", AGAIN, |step| {
        let mut cargo = paths::cargo();
        cargo.arg("build").args(SELECTION).args([
            "--features",
            FEATURES,
            "--bin",
            "waymark",
            "--bin",
            "waymark-server",
        ]);
        step.run(cargo)?;
        Ok(paths::built("debug", "waymark"))
    })?;
    let tests = step("building the tests of the window", AGAIN, |step| {
        let mut cargo = paths::cargo();
        cargo.args(["test", "--features", WINDOW_FEATURES, "--test", "e2e", "--no-run"]);
        cargo.args(SELECTION).args(["--message-format", "json-render-diagnostics"]);
        executable(&step.run(cargo)?)
    })?;
    let filter: Vec<&str> = options.filter.iter().map(String::as_str).collect();
    let mut outcomes = attempt("running the tests of the real window", &tests, &app, &filter)?;
    for outcome in outcomes.iter_mut().filter(|outcome| outcome.failed()) {
        print!("{}", outcome.failures());
        again(outcome, &tests, &app)?;
    }
    Tally::by_runner(&outcomes).pop().context("the tests of the window printed no result")
}

fn attempt(title: &str, tests: &Path, app: &Path, filter: &[&str]) -> anyhow::Result<Vec<Outcome>> {
    step(title, "look at the pictures and logs in target/e2e", |step| {
        let mut run = desktop::command(&paths::target().join("e2e"), tests);
        run.args(filter).args(["--test-threads=1", "--show-output"]);
        run.env("WAYMARK_APP", app).env("WAYMARK_SERVER", app.with_file_name("waymark-server"));
        environment(&mut run);
        let (success, output) = step.run_to_end(run)?;
        outcome::read(&format!("     Running e2e/main.rs\n{output}"), success)
    })
}

/// A window, a driver and a display on a busy machine lose a key now and then. A test that fails twice
/// has found something; one that passes the second time is named, so that it is looked at.
fn again(outcome: &mut Outcome, tests: &Path, app: &Path) -> anyhow::Result<()> {
    let failed = outcome.names();
    if failed.is_empty() {
        return Ok(());
    }
    let mut filter: Vec<&str> = failed.iter().map(String::as_str).collect();
    filter.push("--exact");
    let second = attempt("running again what failed in the real window", tests, app, &filter)?;
    let still: Vec<String> = second.iter().flat_map(Outcome::names).collect();
    if second.iter().any(|outcome| outcome.failed() && outcome.names().is_empty()) {
        return Ok(());
    }
    let unsteady: Vec<&String> = failed.iter().filter(|name| !still.contains(name)).collect();
    for name in &unsteady {
        println!("  unsteady: {name} failed, and passed at the second attempt");
    }
    for outcome in second.iter().filter(|outcome| outcome.failed()) {
        print!("{}", outcome.failures());
    }
    outcome.forgive(u32::try_from(unsteady.len()).unwrap_or(u32::MAX));
    Ok(())
}

/// The program that cargo built for the test target `e2e`; it names the package's other programs too.
fn executable(messages: &str) -> anyhow::Result<PathBuf> {
    let mut parsed = messages.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let e2e = parsed.find(|message| message["target"]["name"] == "e2e" && message["executable"].is_string());
    let path = e2e.and_then(|message| message["executable"].as_str().map(PathBuf::from));
    path.context("cargo named no program for the target `e2e`")
}
