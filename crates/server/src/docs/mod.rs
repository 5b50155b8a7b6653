//! `waymark-server docs …`: what authors and build servers do with a documentation site.

mod check;
mod disk;
mod history;
mod read;
mod render;
mod sanitize;

use std::process::ExitCode;

use clap::Subcommand;

pub(crate) use check::line;

/// What to do with documentation.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Writes one HTML fragment a page and `site.json`, for one site or for several.
    Render(render::Options),
    /// Prints what is wrong with a site; fails when something in it is an error.
    Check(check::Options),
    /// Sanitises HTML from standard input.
    Sanitize(sanitize::Options),
}

/// Runs a command; errors are those of the disk, findings set the exit code.
pub(crate) fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Render(options) => render::run(&options),
        Command::Check(options) => check::run(&options),
        Command::Sanitize(options) => sanitize::run(&options),
    }
}
