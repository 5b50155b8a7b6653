//! `waymark-server org …`: the organisation from a table.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::Subcommand;
use jiff::Timestamp;

use super::Place;
use crate::{
    store::{
        About as _,
        audit::{self, Act},
        identity, org,
    },
    usecase::org::{Leavers, import, people, read},
};

/// What to do with the organisation.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Makes the organisation what a CSV file says. Nothing is changed while a line has a problem.
    Import(Import),
    /// Prints everybody.
    List(Place),
    /// Takes a person's account at the identity provider away; the next sign-in with their address links another one.
    Unlink(Unlink),
}

/// Whose account.
#[derive(clap::Args)]
pub(crate) struct Unlink {
    /// The person's key in the organisation, for instance the e-mail address.
    key: String,
    #[command(flatten)]
    place: Place,
}

/// Where the people are, and where they go.
#[derive(clap::Args)]
pub(crate) struct Import {
    /// Columns in any order: key, name, and where known team, manager, buddy, roles, start, zone, week, days off, role, site, contract, os, service, tag, profile.<anything>.
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
        Command::Unlink(options) => unlink(&options, now).await,
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

async fn unlink(options: &Unlink, now: Timestamp) -> anyhow::Result<ExitCode> {
    let store = options.place.open().await?;
    let mut tx = store.begin().await?;
    let Some(person) = org::find_by_key_in(&mut tx, &options.key.to_lowercase()).await? else {
        println!("nobody has the key {}; `waymark-server org list` shows who there is", options.key);
        return Ok(ExitCode::FAILURE);
    };
    let accounts = identity::unlink(&mut tx, &person.id).await?;
    let object = format!("p:{}", person.id);
    let act = Act { actor: "cli", action: "identity.unlinked", object: &object, outcome: "done" };
    audit::append(&mut tx, now, &act).await?;
    tx.commit().await.about("an account at the identity provider")?;
    println!("{accounts} taken away; sessions stay, and are ended in Settings or by `DELETE /v1/sessions/{{id}}`");
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
