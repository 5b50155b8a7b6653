//! `cargo xtask run`: from a fresh clone to the running app.

use std::process::Command;

use anyhow::Context as _;
use clap::Args;

use crate::{build, deps, desktop, tour, ui};

/// What is run.
#[derive(Args)]
pub(crate) struct Options {
    /// Builds with optimisation, as it is shipped. Without it the app is ready sooner.
    #[arg(long)]
    release: bool,
    /// Skips optimisation of the interface, for work on screens.
    #[arg(long)]
    fast: bool,
    /// Given to the app.
    #[arg(last = true)]
    arguments: Vec<String>,
}

/// Builds and starts the app; without a display, takes its pictures instead.
///
/// The development profile is the default because a person who has just cloned the repository waits
/// for this command: it saves minutes of compilation, and the app differs in speed only.
pub(crate) fn run(options: Options) -> anyhow::Result<()> {
    if !desktop::is_present() {
        println!("There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the app cannot be shown.");
        println!("Its screens are opened on a display in memory instead, and photographed.");
        return tour::run(tour::Options::default());
    }
    deps::ensure(deps::Need::Build)?;
    ui::build(&ui::WAYMARK, options.fast)?;
    let app = build::shell(build::Options { release: options.release, ..build::Options::default() })?;
    println!("▸ starting {}", app.display());
    let status = Command::new(&app)
        .args(&options.arguments)
        .status()
        .with_context(|| format!("could not start {}", app.display()))?;
    anyhow::ensure!(
        status.success(),
        "the app ended with {status}\n  next: its log is named in Settings, Diagnostics; on Linux it lies in ~/.local/share/dev.waymark.desktop"
    );
    Ok(())
}
