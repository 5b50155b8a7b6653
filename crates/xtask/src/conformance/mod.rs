//! `cargo xtask conformance`: the docs engine against captured suites and against real sites as MkDocs
//! builds them.
//!
//! The suites are run by the example `conformance` of the docs crate, the sites are rendered by
//! `waymark-server` and judged by the comparer that lies beside the corpora. Both corpora are other
//! people's work and no part of the repository; where they are absent, that is said and counted.

mod sites;
mod suites;

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;

use crate::{paths, progress::step};

/// What to compare.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Runs one captured suite only.
    #[arg(long, conflicts_with_all = ["site", "oracle"])]
    suite: Option<PathBuf>,
    /// Compares one site only.
    #[arg(long, requires = "oracle")]
    site: Option<PathBuf>,
    /// The facts of the site as MkDocs builds it.
    #[arg(long, requires = "site")]
    oracle: Option<PathBuf>,
}

/// How many passed and how many did not.
#[derive(Clone, Copy, Default)]
struct Score {
    passed: u64,
    failed: u64,
}

impl Score {
    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Compares and prints; the last line is `N passed, M failed`. Differences do not fail the command: they
/// are figures, and `README.md` beside the corpora says what they must reach.
pub(crate) fn run(options: Options) -> anyhow::Result<()> {
    build()?;
    let mut total = Score::default();
    match (&options.suite, &options.site, &options.oracle) {
        (Some(suite), ..) => total = suites::run(suite)?,
        (_, Some(site), Some(oracle)) => total = sites::compare(site, oracle)?.score,
        _ => {
            let Some(corpus) = corpus() else { return Ok(()) };
            total.add(suites::all(&corpus.join("markdown-suites"))?);
            total.add(sites::all(&corpus)?);
        }
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(())
}

fn build() -> anyhow::Result<()> {
    let next = "run `cargo build -p waymark-server` and mend what it names";
    step("building the docs engine's programs", next, |step| {
        let mut server = paths::cargo();
        server.args(["build", "--locked", "-p", "waymark-server"]);
        step.run(server)?;
        let mut suites = paths::cargo();
        suites.args(["build", "--locked", "-p", "waymark-docs", "--example", "conformance"]);
        step.run(suites)?;
        Ok(())
    })
}

/// The folder with other people's documents, if it is here.
fn corpus() -> Option<PathBuf> {
    let shared = shared().join("corpus");
    if shared.is_dir() {
        return Some(shared);
    }
    println!("SKIPPED: {} is not present; set WAYMARK_SHARED to the folder that holds `corpus`", shared.display());
    None
}

fn shared() -> PathBuf {
    env::var_os("WAYMARK_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from)
}

/// What a program says on its standard output; its exit code is the caller's to judge.
fn output(program: &Path, arguments: &[&Path]) -> anyhow::Result<String> {
    let output = Command::new(program)
        .args(arguments)
        .stderr(std::process::Stdio::inherit())
        .output()
        .with_context(|| format!("could not start {}", program.display()))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
