//! `cargo xtask test`: every test there is, from a fresh clone, with one closing line per runner.

mod outcome;
mod window;

use std::process::Command;

use clap::{Args, ValueEnum};

use self::outcome::Tally;
use crate::{deps, paths, progress::step, tools, ui};

/// Which tests are run.
#[derive(Args, Default)]
pub(crate) struct Options {
    /// Only tests whose name contains this.
    filter: Option<String>,
    /// Only one kind of tests.
    #[arg(long)]
    only: Option<Kind>,
    /// Skips optimisation of the interface, for work on screens.
    #[arg(long)]
    fast: bool,
}

/// The two ways in which tests are run.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Units, properties, models of screens, flows: no window.
    Rules,
    /// The real window on a private desktop.
    Window,
}

/// The floor has no tests, and building it for them would cost as much as building the app.
const SELECTION: [&str; 5] = ["--workspace", "--exclude", "waymark-floor", "--exclude", "waymark-floor-ui"];
const FEATURES: &str = "waymark/e2e";
const AGAIN: &str = "mend what is said above, then run `cargo xtask test` again";

/// Installs what is missing, builds, runs, and sums up.
pub(crate) fn run(options: Options) -> anyhow::Result<()> {
    let wants = |kind| options.only.is_none_or(|only| only == kind);
    deps::ensure(if wants(Kind::Window) { deps::Need::Window } else { deps::Need::Build })?;
    let sizes = ui::build(&ui::WAYMARK, options.fast)?;
    let mut tallies = Vec::new();
    if wants(Kind::Rules) {
        tools::oidc_provider();
        tallies.extend(rules(&options)?);
    }
    if wants(Kind::Window) {
        tools::axe()?;
        tallies.push(window::run(&options)?);
    }
    // Figures are judged by `bench`; here a size only has to be seen.
    if let Err(error) = sizes.judge() {
        println!("\nnote: {error:#}");
    }
    sum_up(&tallies)
}

/// All tests without a window. Cargo runs one program after the other; one that fails stops none.
fn rules(options: &Options) -> anyhow::Result<Vec<Tally>> {
    step("building the tests", AGAIN, |step| {
        let mut cargo = paths::cargo();
        cargo.arg("test").args(SELECTION).args(["--features", FEATURES, "--no-run"]);
        step.run(cargo).map(drop)
    })?;
    let outcomes = step("running units, properties, models and flows", AGAIN, |step| {
        let mut cargo = paths::cargo();
        cargo.arg("test").args(SELECTION).args(["--features", FEATURES, "--no-fail-fast"]);
        cargo.args(&options.filter).args(["--", "--show-output"]);
        environment(&mut cargo);
        let (success, output) = step.run_to_end(cargo)?;
        outcome::read(&output, success)
    })?;
    for outcome in outcomes.iter().filter(|outcome| outcome.failed()) {
        print!("{}", outcome.failures());
    }
    Ok(Tally::by_runner(&outcomes))
}

/// Snapshots are compared and never rewritten, and an error is told by its causes: the backtrace of each
/// would bury them.
fn environment(command: &mut Command) {
    command.env("INSTA_UPDATE", "no").env("INSTA_WORKSPACE_ROOT", paths::absolute(".".as_ref()));
    command.env("RUST_LIB_BACKTRACE", "0");
    command.env("WAYMARK_TOOLS", paths::absolute(&paths::target().join("tools")));
}

fn sum_up(tallies: &[Tally]) -> anyhow::Result<()> {
    println!();
    for tally in tallies {
        println!("{tally}");
    }
    let reasons: Vec<&String> = tallies.iter().flat_map(|tally| &tally.skipped).collect();
    if !reasons.is_empty() {
        println!("\nSKIPPED, because something that these tests need is not here:");
        reasons.iter().for_each(|reason| println!("  {reason}"));
    }
    let failed: u32 = tallies.iter().map(|tally| tally.failed).sum();
    let passed: u32 = tallies.iter().map(|tally| tally.passed).sum();
    println!("\nall: {passed} passed, {failed} failed, {} skipped", reasons.len());
    anyhow::ensure!(
        failed == 0,
        "{failed} tests failed\n  next: their output is above; `cargo xtask test PART-OF-A-NAME` runs only some"
    );
    anyhow::ensure!(passed > 0, "no test ran\n  next: check the name that was asked for");
    Ok(())
}
