//! The team server and the authors' command line: `waymark-server <command>`.
//!
//! `serve` is a team's server: an HTTP contract in `routes`, what can be done in `usecase`, SQLite or PostgreSQL
//! in `store`. For authors, `docs` renders, checks and sanitises documentation on this machine, and `bundle` packs
//! content into one file for machines without a network.
//!
//! **Absent:** how Markdown becomes HTML (`waymark-docs`), what makes an archive safe (`waymark-bundle`),
//! and anything about a window.

#![expect(clippy::print_stdout, reason = "a command line tool speaks on standard output")]

mod auth;
mod bench;
mod bundle;
mod cli;
mod demo;
mod docs;
mod error;
mod extract;
mod forge;
mod guard;
mod html;
mod oidc;
mod openapi;
mod operation;
mod publish;
mod router;
mod routes;
mod serve;
mod standard_webhooks;
mod state;
mod store;
#[cfg(test)]
mod testing;
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
    /// Starts a server on this computer with an invented company on it.
    Demo(demo::Demo),
    /// Prints a link to the organisation's numbers, for fifteen minutes.
    Dashboard(cli::dashboard::Dashboard),
    /// Publishes a folder's content to everybody in the organisation.
    Publish(publish::Publish),
    /// The organisation: import people from a table, list them.
    #[command(subcommand)]
    Org(cli::org::Command),
    /// Makes an invite for somebody and prints its link and code.
    Invite(cli::invite::Invite),
    /// Writes everything into one file, also while the server runs.
    Backup(cli::backup::Backup),
    /// Brings a backup back, or tries whether it could be.
    Restore(cli::backup::Restore),
    /// The audit log: verify it.
    #[command(subcommand)]
    Audit(cli::audit::Command),
    /// Forges: webhook secrets, whose account is whose.
    #[command(subcommand)]
    Forge(cli::forge::Command),
    /// Sinks, where events are sent on to: list, add, remove, send again.
    #[command(subcommand)]
    Sinks(cli::sinks::Command),
    /// Measures this build.
    #[command(subcommand, hide = true)]
    Bench(bench::Command),
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
        Command::Demo(demo) => demo::run(demo),
        Command::Dashboard(options) => cli::run(cli::dashboard::run(options)),
        Command::Publish(publish) => publish::run(publish),
        Command::Org(command) => cli::run(cli::org::run(command, serve::now())),
        Command::Invite(invite) => cli::run(cli::invite::run(invite, serve::now())),
        Command::Backup(backup) => cli::run(cli::backup::run_backup(backup, serve::now())),
        Command::Restore(restore) => cli::run(cli::backup::run_restore(restore, serve::now())),
        Command::Audit(command) => cli::run(cli::audit::run(command)),
        Command::Forge(command) => cli::run(cli::forge::run(command, serve::now())),
        Command::Sinks(command) => cli::run(cli::sinks::run(command, serve::now())),
        Command::Bench(command) => bench::run(command),
        Command::Docs(command) => docs::run(command),
        Command::Bundle(command) => bundle::run(command),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("waymark-server: {}", error::chain(error.as_ref()));
            ExitCode::from(2)
        }
    }
}
