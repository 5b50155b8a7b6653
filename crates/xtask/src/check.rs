//! `cargo xtask check`: everything that can be said about the code without running it.
//!
//! A step that fails stops none: all problems are shown at once.

use std::path::Path;

use crate::{
    deps, paths,
    progress::{Step, explain, step},
    tidy,
};

/// One check, under the step that it runs in.
type Check = fn(&mut Step) -> anyhow::Result<()>;

const AGAIN: &str = "mend what is said above, then run `cargo xtask check` again";
const WINDOWS: &str = "x86_64-pc-windows-gnu";
/// Packages that are compiled for the page as well.
const PAGE: [&str; 8] = [
    "--package",
    "waymark-core",
    "--package",
    "waymark-api",
    "--package",
    "waymark-ui",
    "--package",
    "waymark-floor-ui",
];

/// Runs every check and fails if any did.
pub(crate) fn run() -> anyhow::Result<()> {
    deps::ensure(deps::Need::Build)?;
    let steps: [(&str, Check); 7] = [
        ("formatting", formatting),
        ("clippy on this machine", clippy_host),
        ("clippy for the page (wasm32)", clippy_page),
        ("clippy for Windows", clippy_windows),
        ("documentation", documentation),
        ("licences and duplicates", licences),
        ("spelling", spelling),
    ];
    let mut failed = Vec::new();
    for (title, work) in steps {
        if let Err(error) = step(title, AGAIN, work) {
            explain(&error);
            failed.push(title);
        }
    }
    if let Err(error) = tidy::run() {
        explain(&error);
        failed.push("tidy");
    }
    anyhow::ensure!(failed.is_empty(), "not clean: {}", failed.join(", "));
    println!("clean");
    Ok(())
}

fn formatting(step: &mut Step) -> anyhow::Result<()> {
    let mut cargo = paths::cargo();
    cargo.args(["fmt", "--all", "--check"]);
    step.run(cargo).map(drop)
}

fn clippy_host(step: &mut Step) -> anyhow::Result<()> {
    let mut cargo = paths::cargo();
    cargo.args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--features",
        "waymark/e2e,waymark-tests/window",
        "--",
        "-D",
        "warnings",
    ]);
    step.run(cargo).map(drop)
}

fn clippy_page(step: &mut Step) -> anyhow::Result<()> {
    let mut cargo = paths::cargo();
    cargo.arg("clippy").args(PAGE).args(["--target", "wasm32-unknown-unknown", "--", "-D", "warnings"]);
    cargo.env("CARGO_TARGET_DIR", paths::absolute(&paths::target().join("ui")));
    step.run(cargo).map(drop)
}

/// The shell is the part with code of its own for each system. A machine that cannot have the target
/// says so and is not refused.
fn clippy_windows(step: &mut Step) -> anyhow::Result<()> {
    if let Some(missing) = deps::windows_cross_compiler(step) {
        step.note(&format!("skipped: {missing}"));
        return Ok(());
    }
    let mut cargo = paths::cargo();
    cargo.args(["clippy", "--package", "waymark", "--target", WINDOWS, "--", "-D", "warnings"]);
    step.run(cargo).map(drop)
}

fn documentation(step: &mut Step) -> anyhow::Result<()> {
    let mut cargo = paths::cargo();
    cargo.args(["doc", "--workspace", "--no-deps", "--document-private-items"]).env("RUSTDOCFLAGS", "-D warnings");
    step.run(cargo).map(drop)
}

fn licences(step: &mut Step) -> anyhow::Result<()> {
    if paths::program("cargo-deny").is_none() {
        step.note("skipped: cargo-deny is not installed (`cargo install cargo-deny`)");
        return Ok(());
    }
    let mut cargo = paths::cargo();
    // Advisories come over the network from GitHub, which not every build machine reaches.
    cargo.args(["deny", "check", "--config", ".deny.toml", "bans", "licenses", "sources"]);
    step.run(cargo).map(drop)
}

fn spelling(step: &mut Step) -> anyhow::Result<()> {
    let Some(typos) = paths::program("typos") else {
        step.note("skipped: typos is not installed (`cargo install typos-cli`)");
        return Ok(());
    };
    let mut typos = std::process::Command::new(typos);
    typos.arg("--config").arg(Path::new(".typos.toml"));
    step.run(typos).map(drop)
}
