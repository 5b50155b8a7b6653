//! `cargo xtask demo`: a team server with an invented company on it, and the app beside it.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

use anyhow::Context as _;
use clap::Args;

use crate::{build, deps, desktop, paths, progress::step, tour, ui};

/// What is shown.
#[derive(Args)]
pub(crate) struct Options {
    /// Builds with optimisation: the company is there at once instead of after half a minute.
    #[arg(long)]
    release: bool,
    /// Skips optimisation of the interface, for work on screens.
    #[arg(long)]
    fast: bool,
    /// Where the server listens.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: String,
}

/// Starts the server, then the app with the manager's invite filled in; without a display, takes pictures.
pub(crate) fn run(options: Options) -> anyhow::Result<()> {
    if !desktop::is_present() {
        println!("There is no display here, so the team's screens are photographed on a display in memory.");
        return tour::run(tour::Options::only("team-"));
    }
    deps::ensure(deps::Need::Build)?;
    ui::build(&ui::WAYMARK, options.fast)?;
    let app = build::shell(build::Options { release: options.release, ..build::Options::default() })?;
    let server = build::server(options.release)?;
    let data = paths::target().join("demo");
    // Yesterday's company would have yesterday's days, and an app that is a member of it has no place in today's.
    if data.exists() {
        std::fs::remove_dir_all(&data).with_context(|| format!("could not clear {}", data.display()))?;
    }
    let (mut server, invite) = start(&server, &options.listen, &data.join("server"))?;
    println!("▸ starting the app with the manager's invite; the company is gone when both are closed");
    let status = Command::new(&app).arg(&invite).env("WAYMARK_DATA_DIR", data.join("app")).status();
    // It keeps nothing that is worth an orderly end.
    let _ = server.kill().and_then(|()| server.wait());
    let status = status.with_context(|| format!("could not start {}", app.display()))?;
    anyhow::ensure!(status.success(), "the app ended with {status}");
    Ok(())
}

/// Starts the server, repeats what it says, and gives back the last invite, which is the manager's.
fn start(program: &std::path::Path, listen: &str, data: &std::path::Path) -> anyhow::Result<(Child, String)> {
    step("telling the company's last two years", "choose another address with --listen", |_| {
        let mut child = Command::new(program)
            .args(["demo", "--listen", listen, "--content", "docs-content", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("could not start {}", program.display()))?;
        let output = child.stdout.take().context("the server has no output")?;
        let mut invite = None;
        for line in BufReader::new(output).lines() {
            let line = line?;
            println!("  {line}");
            invite =
                line.split_whitespace().find(|word| word.starts_with("waymark://join?")).map(str::to_owned).or(invite);
            if line.is_empty() {
                break;
            }
        }
        let invite = invite.context("the server printed no invite")?;
        Ok((child, invite))
    })
}
