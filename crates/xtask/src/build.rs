//! The app: the interface first, then the shell that embeds it.

use std::path::PathBuf;

use clap::Args;

use crate::{deps, paths, progress::step, ui};

/// How the app is built.
#[derive(Args, Clone, Copy, Default)]
pub(crate) struct Options {
    /// Builds with optimisation, as it is shipped.
    #[arg(long)]
    pub(crate) release: bool,
    /// Lets tests fix the clock and choose folders without a dialog.
    #[arg(long)]
    pub(crate) e2e: bool,
    /// Skips optimisation of the interface, for work on screens.
    #[arg(long)]
    pub(crate) fast: bool,
    /// Builds the bare window instead, the floor under the benches.
    #[arg(long)]
    pub(crate) floor: bool,
}

/// `cargo xtask build`; answers with the program.
pub(crate) fn run(options: Options) -> anyhow::Result<PathBuf> {
    deps::ensure(deps::Need::Build)?;
    ui::build(if options.floor { &ui::FLOOR } else { &ui::WAYMARK }, options.fast)?;
    let program = shell(options)?;
    println!("  {}", program.display());
    Ok(program)
}

/// Builds the shell around an interface that is there already.
pub(crate) fn shell(options: Options) -> anyhow::Result<PathBuf> {
    let package = if options.floor { "waymark-floor" } else { "waymark" };
    let profile = if options.release { "release" } else { "debug" };
    let title = match (options.floor, options.release, options.e2e) {
        (true, ..) => format!("building the floor ({profile})"),
        (false, _, true) => format!("building the app for tests ({profile})"),
        (false, _, false) => format!("building the app ({profile})"),
    };
    step(&title, "mend what the compiler says, then run the same command again", |step| {
        let mut cargo = paths::cargo();
        cargo.args(["build", "--package", package]);
        if options.release {
            cargo.arg("--release");
        }
        if options.e2e && !options.floor {
            cargo.args(["--features", "e2e"]);
        }
        step.run(cargo).map(drop)
    })?;
    Ok(paths::built(profile, package))
}

/// Builds the team server.
pub(crate) fn server(release: bool) -> anyhow::Result<PathBuf> {
    let profile = if release { "release" } else { "debug" };
    step("building the team server", "mend what the compiler says, then run the same command again", |step| {
        let mut cargo = paths::cargo();
        cargo.args(["build", "--package", "waymark-server"]);
        if release {
            cargo.arg("--release");
        }
        step.run(cargo).map(drop)
    })?;
    Ok(paths::built(profile, "waymark-server"))
}

/// Builds the app as it ships and the floor in one call, so that both get the same dependencies with the
/// same features, compiled once.
pub(crate) fn with_floor() -> anyhow::Result<[PathBuf; 2]> {
    step(
        "building the app and the floor (release)",
        "mend what the compiler says, then run the same command again",
        |step| {
            let mut cargo = paths::cargo();
            cargo.args(["build", "--release", "--package", "waymark", "--package", "waymark-floor"]);
            step.run(cargo).map(drop)
        },
    )?;
    Ok(["waymark", "waymark-floor"].map(|name| paths::built("release", name)))
}

/// Builds a program or test of the `tests` package that drives the real window.
pub(crate) fn driver(binary: &str) -> anyhow::Result<PathBuf> {
    step(&format!("building the window driver `{binary}`"), "mend what the compiler says in `tests/`", |step| {
        let mut cargo = paths::cargo();
        cargo.args(["build", "--package", "waymark-tests", "--bin", binary]);
        step.run(cargo).map(drop)
    })?;
    Ok(paths::built("debug", binary))
}
