//! `cargo xtask tour`: pictures of every screen, light and dark, of the real app.

use std::path::PathBuf;

use clap::Args;

use crate::{build, deps, desktop, paths, progress::step, ui};

/// What is photographed.
#[derive(Args, Default)]
pub(crate) struct Options {
    /// Only the screens whose name contains this.
    only: Option<String>,
    /// Skips optimisation of the interface, for work on screens.
    #[arg(long)]
    fast: bool,
    /// Photographs the program at this path instead of building the app.
    #[arg(long)]
    app: Option<PathBuf>,
}

impl Options {
    /// The tour of the screens whose name contains `part`.
    pub(crate) fn only(part: &str) -> Self {
        Self { only: Some(part.to_owned()), ..Self::default() }
    }
}

/// Builds the app, opens every screen and says where the pictures are.
pub(crate) fn run(options: Options) -> anyhow::Result<()> {
    deps::ensure(deps::Need::Window)?;
    let app = match options.app {
        Some(app) => paths::absolute(&app),
        None => {
            ui::build(&ui::WAYMARK, options.fast)?;
            build::shell(build::Options { e2e: true, ..build::Options::default() })?
        }
    };
    let server = build::server(false)?;
    let driver = build::driver("tour")?;
    let out = paths::target().join("tour");
    let next = "look at the pictures that were taken and at the app's log beside them, both in target/tour";
    let output = step("opening every screen, light and dark", next, |step| {
        let mut tour = desktop::command(&out, &driver);
        tour.env("WAYMARK_APP", &app).env("WAYMARK_SERVER", &server);
        tour.args(&options.only);
        step.run(tour)
    })?;
    for line in output.lines().filter(|line| line.starts_with("  ")) {
        println!("{line}");
    }
    println!("The pictures are in {}", paths::absolute(&out).display());
    Ok(())
}
