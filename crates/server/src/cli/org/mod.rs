//! `waymark-server org …`: the organisation, from a table, from a Backstage, or by hand.

mod import;
mod people;
mod teams;
mod unlink;

use std::process::ExitCode;

use clap::Subcommand;
use jiff::Timestamp;

use super::Place;
use crate::{store::org, usecase::org::edit::EditError};

/// What to do with the organisation.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Makes the organisation what a CSV file, a file of Backstage entities or a Backstage says. Nothing is changed
    /// while something in it is wrong.
    Import(import::Import),
    /// Prints everybody.
    List(Place),
    /// Prints everything that is kept of somebody.
    Show(people::Show),
    /// Adds somebody.
    Add(people::Add),
    /// Changes somebody.
    Set(people::Set),
    /// Ends somebody's time here, today or on a day to come. What happened stays.
    End(people::End),
    /// Teams: list, add, change, end.
    #[command(subcommand)]
    Team(teams::Command),
    /// Takes a person's account at the identity provider away; the next sign-in with their address links another one.
    Unlink(unlink::Unlink),
}

/// Runs a command.
///
/// # Errors
/// Where the file, the Backstage or the database cannot be used. What is wrong with what was said sets the exit
/// code to 1.
pub(crate) async fn run(command: Command, now: Timestamp) -> anyhow::Result<ExitCode> {
    match command {
        Command::Import(options) => import::run(&options, now).await,
        Command::List(place) => list(&place).await,
        Command::Show(options) => people::show(options).await,
        Command::Add(options) => people::add(options, now).await,
        Command::Set(options) => people::set(options, now).await,
        Command::End(options) => people::end(options, now).await,
        Command::Team(command) => teams::run(command, now).await,
        Command::Unlink(options) => unlink::run(options, now).await,
    }
}

/// What came of a change: said in a line, or why it could not be done.
fn told<T>(done: Result<T, EditError>, say: impl FnOnce(T) -> String) -> anyhow::Result<ExitCode> {
    match done {
        Ok(done) => {
            println!("{}", say(done));
            Ok(ExitCode::SUCCESS)
        }
        Err(EditError::Store(error)) => Err(error.into()),
        Err(error) => {
            println!("{error}; nothing was changed");
            Ok(ExitCode::FAILURE)
        }
    }
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
