//! `waymark-server org …`: the organisation from a table.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::Subcommand;
use jiff::Timestamp;

use super::Place;
use crate::{
    store::org,
    usecase::org::{Leavers, import, people, read},
};

/// What to do with the organisation.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Makes the organisation what a CSV file says. Nothing is changed while a line has a problem.
    Import(Import),
    /// Prints everybody.
    List(Place),
}

/// Where the people are, and where they go.
#[derive(clap::Args)]
pub(crate) struct Import {
    /// Columns in any order: key, name, and where known team, manager_key, buddy_key, roles, start_date, zone, week,
    /// days_off, role, site, contract, os, service, tag, profile.<anything>.
    file: PathBuf,
    #[command(flatten)]
    place: Place,
    /// Also when more than half of the people are not in the file any more.
    #[arg(long)]
    allow_leavers: bool,
}

/// Runs a command.
///
/// # Errors
/// Where the file or the database cannot be used. Problems in the table set the exit code to 1.
pub(crate) async fn run(command: Command, now: Timestamp) -> anyhow::Result<ExitCode> {
    match command {
        Command::Import(options) => import_file(&options, now).await,
        Command::List(place) => list(&place).await,
    }
}

async fn import_file(options: &Import, now: Timestamp) -> anyhow::Result<ExitCode> {
    let file = options.file.display();
    let bytes = std::fs::read(&options.file).with_context(|| format!("could not read {file}"))?;
    let (entries, problems) = read(&bytes);
    let entries = match people(entries, problems) {
        Ok(entries) => entries,
        Err(problems) => {
            problems.iter().for_each(|problem| println!("{file}: {problem}"));
            println!("{} to put right; nothing was changed", problems.len());
            return Ok(ExitCode::FAILURE);
        }
    };
    let leavers = if options.allow_leavers { Leavers::Any } else { Leavers::Few };
    let store = options.place.open().await?;
    let done = import(&store, now, &entries, leavers).await.with_context(|| format!("could not import {file}"))?;
    println!("{} new, {} changed, {} as before, {} left", done.new, done.changed, done.same, done.left);
    Ok(ExitCode::SUCCESS)
}

async fn list(place: &Place) -> anyhow::Result<ExitCode> {
    let store = place.open().await?;
    let mut after = String::new();
    loop {
        let page = org::list(store.read(), None, &after, 500).await?;
        for (person, joined) in &page {
            let state = match (person.active, joined) {
                (false, _) => "left",
                (true, true) => "joined",
                (true, false) => "not joined",
            };
            println!("{}\t{}\t{}\t{}\t{state}", person.key, person.name, person.team, person.roles);
        }
        match page.last() {
            Some((last, _)) => after.clone_from(&last.id),
            None => return Ok(ExitCode::SUCCESS),
        }
    }
}
