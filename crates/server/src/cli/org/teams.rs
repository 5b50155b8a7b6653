//! `waymark-server org team …`: teams by hand.

use std::process::ExitCode;

use clap::Subcommand;
use jiff::Timestamp;
use waymark_api::http::org::{AddTeam, ChangeTeam};

use super::told;
use crate::{
    cli::Place,
    store::teams as store_teams,
    usecase::{
        facts::Facts,
        org::{Writer, teams},
    },
};

/// What to do with teams.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Prints all teams, what each is part of, and how many people are in it.
    List(Place),
    /// Adds a team.
    Add {
        /// Its name.
        name: String,
        /// The team that it is part of.
        #[arg(long)]
        parent: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// Renames a team, or puts it below another one; its people go along.
    Set {
        /// Its name.
        team: String,
        /// Another name.
        #[arg(long)]
        name: Option<String>,
        /// The team that it is part of; empty for none.
        #[arg(long)]
        parent: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// Takes a team away that nobody is in.
    End {
        /// Its name.
        name: String,
        #[command(flatten)]
        place: Place,
    },
}

pub(super) async fn run(command: Command, now: Timestamp) -> anyhow::Result<ExitCode> {
    let facts = Facts::default();
    let writer = Writer { actor: "cli", now, facts: &facts };
    match command {
        Command::List(place) => {
            for team in store_teams::list(place.open().await?.read()).await? {
                println!("{}\t{}\t{}", team.name, team.parent.unwrap_or_default(), team.people);
            }
            Ok(ExitCode::SUCCESS)
        }
        Command::Add { name, parent, place } => {
            let done = teams::add(&place.open().await?, writer, AddTeam { name, parent }).await;
            told(done, |team| format!("team {} is added", team.name))
        }
        Command::Set { team, name, parent, place } => {
            let parent = parent.map(|parent| Some(parent).filter(|parent| !parent.is_empty()));
            let done = teams::change(&place.open().await?, writer, &team, ChangeTeam { name, parent }).await;
            told(done, |team| format!("team {} is changed", team.name))
        }
        Command::End { name, place } => {
            let done = teams::end(&place.open().await?, writer, &name).await;
            told(done, |()| format!("team {name} is ended"))
        }
    }
}
