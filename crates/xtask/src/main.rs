//! Builds, runs, tests, tours, measures and packs Waymark: `cargo xtask <command>`.
//!
//! Each command starts from a machine that may have nothing but Rust, installs what it lacks where
//! it can, and says what it does while it does it. This package knows none of our crates: it
//! reaches them only as programs that cargo builds.

#![expect(clippy::print_stdout, reason = "a command line tool speaks on standard output")]

mod backstage;
mod bench;
mod build;
mod bundle;
mod check;
mod conformance;
mod demo;
mod deps;
mod desktop;
mod paths;
mod progress;
mod prove;
mod report;
mod run;
mod test;
mod tidy;
mod tools;
mod tour;
mod ui;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Builds, runs, tests, tours, measures and packs Waymark.
#[derive(Parser)]
#[command(name = "cargo xtask", disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Installs what is missing, builds everything and starts the app on the sample content.
    Run(run::Options),
    /// Installs what is missing and runs every test, the real window included.
    Test(test::Options),
    /// Formatting, lints on every target, documentation and the repository's own rules.
    Check,
    /// The repository's own rules only: arrows, commands, assets, styles, frozen files.
    Tidy,
    /// Opens every screen of the real app in light and dark and writes pictures to target/tour.
    Tour(tour::Options),
    /// Starts a team server with an invented company on it, and the app beside it.
    Demo(demo::Options),
    /// Measures start-up, memory, ticking a step, size and opening a folder, beside the floor.
    Bench(bench::Options),
    /// Runs the tests that prove what the team server promises, and prints what each counted.
    Prove(prove::Options),
    /// Compares the docs engine with captured Markdown suites and with real sites as MkDocs builds them.
    Conformance(conformance::Options),
    /// Tests the Backstage source against Backstage's own backend, installed from npm (400 MB).
    Backstage(backstage::Options),
    /// Builds the .deb and .rpm packages and checks what is in them.
    Bundle,
    /// Builds the interface into src-ui/dist.
    Ui(ui::Options),
    /// Builds the interface and then the app.
    Build(build::Options),
}

fn main() -> ExitCode {
    match dispatch(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            progress::explain(&error);
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: Command) -> anyhow::Result<()> {
    paths::enter_root()?;
    match command {
        Command::Run(options) => run::run(options),
        Command::Test(options) => test::run(options),
        Command::Check => check::run(),
        Command::Tidy => tidy::run(),
        Command::Tour(options) => tour::run(options),
        Command::Demo(options) => demo::run(options),
        Command::Bench(options) => bench::run(options),
        Command::Prove(options) => prove::run(options),
        Command::Conformance(options) => conformance::run(options),
        Command::Backstage(options) => backstage::run(options),
        Command::Bundle => bundle::run(),
        Command::Ui(options) => ui::run(options),
        Command::Build(options) => build::run(options).map(drop),
    }
}
