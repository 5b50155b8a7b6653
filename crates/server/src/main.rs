//! The team server and the authors' command line: `waymark-server <command>`.
//!
//! Today it has the authors' half: `docs` renders, checks and sanitises documentation on this machine,
//! `bundle` packs content into one file for machines without a network.
//!
//! **Absent:** how Markdown becomes HTML (`waymark-docs`), what makes an archive safe (`waymark-bundle`),
//! and anything about a window.

#![expect(clippy::print_stdout, reason = "a command line tool speaks on standard output")]

mod auth;
mod bundle;
mod docs;
mod error;
mod forge;
mod router;
mod routes;
mod serve;
mod standard_webhooks;
mod state;
mod store;
mod usecase;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The team server and the authors' command line of Waymark.
#[derive(Parser)]
#[command(name = "waymark-server", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The team server: hands out content, takes milestones, shows managers where people get stuck.
    Serve(serve::Serve),
    /// Documentation sites: render, check, sanitise.
    #[command(subcommand)]
    Docs(docs::Command),
    /// Bundles, one file of content each: pack, verify, install.
    #[command(subcommand)]
    Bundle(bundle::Command),
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve(serve) => serve::run(serve),
        Command::Docs(command) => docs::run(command),
        Command::Bundle(command) => bundle::run(command),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("waymark-server: {error:#}");
            ExitCode::from(2)
        }
    }
}
