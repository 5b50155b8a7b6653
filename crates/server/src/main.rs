//! The team server and the authors' command line: `waymark-server <command>`.
//!
//! Today it has the authors' half: `docs` renders, checks and sanitises documentation on this machine.
//!
//! **Absent:** how Markdown becomes HTML (`waymark-docs`), and anything about a window.

#![expect(clippy::print_stdout, reason = "a command line tool speaks on standard output")]

mod docs;

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
    /// Documentation sites: render, check, sanitise.
    #[command(subcommand)]
    Docs(docs::Command),
}

fn main() -> ExitCode {
    let Command::Docs(command) = Cli::parse().command;
    match docs::run(command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("waymark-server: {error:#}");
            ExitCode::from(2)
        }
    }
}
