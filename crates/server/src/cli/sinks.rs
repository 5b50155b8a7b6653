//! `waymark-server sinks …`: where events are sent on to, and what did not arrive.

use std::process::ExitCode;

use clap::Subcommand;
use jiff::Timestamp;
use waymark_api::http::sinks::MakeSink;

use super::Place;
use crate::{
    store::{
        About,
        audit::{self, Act},
        sink,
    },
    usecase::sinks::{Targets, manage},
};

/// What to do with sinks.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Prints all sinks, and the messages that were given up.
    List(Place),
    /// Makes a sink and prints its secret, this once.
    Add(Add),
    /// Removes a sink with everything that is on its way to it.
    Remove(One),
    /// Sends again: one message, or everything that was given up of a sink. A sink that was switched off is
    /// switched on.
    Resend(One),
}

/// A new sink.
#[derive(clap::Args)]
pub(crate) struct Add {
    /// Where to: https://…
    url: String,
    /// Start of event types that it wants, for instance dev.waymark.milestone.; may be given more than once.
    #[arg(long = "type", value_name = "START")]
    types: Vec<String>,
    /// Send events in batches.
    #[arg(long)]
    batched: bool,
    /// Let it lie in a private network; the server needs the same option.
    #[arg(long)]
    allow_private_sinks: bool,
    #[command(flatten)]
    place: Place,
}

/// A sink or a message.
#[derive(clap::Args)]
pub(crate) struct One {
    /// Its id: `sink_…`, or `msg_…` of a message.
    id: String,
    #[command(flatten)]
    place: Place,
}

/// Runs a command.
///
/// # Errors
/// Where the database cannot be used, or the address may not be called.
pub(crate) async fn run(command: Command, now: Timestamp) -> anyhow::Result<ExitCode> {
    match command {
        Command::List(place) => list(&place).await,
        Command::Add(add) => {
            let targets = if add.allow_private_sinks { Targets::Any } else { Targets::Public };
            let wanted = MakeSink { url: add.url, types: add.types, batched: add.batched };
            let made = manage::make(&add.place.open().await?, targets, "cli", &wanted, now).await;
            let made = made.map_err(|error| anyhow::anyhow!(error.detail))?;
            println!("{}\nsecret {}", made.id, made.secret);
            Ok(ExitCode::SUCCESS)
        }
        Command::Remove(One { id, place }) => {
            let gone = manage::remove(&place.open().await?, "cli", &id, now).await?;
            Ok(said(gone, &format!("{id} is removed"), &id))
        }
        Command::Resend(one) => resend(&one, now).await,
    }
}

async fn list(place: &Place) -> anyhow::Result<ExitCode> {
    let store = place.open().await?;
    for sink in manage::list(&store).await? {
        let types = if sink.types.is_empty() { "all".to_owned() } else { sink.types.join(" ") };
        println!("{}  {}  {types}  {} waiting  {} dead", sink.id, sink.url, sink.waiting, sink.dead);
        if let Some(reason) = sink.disabled {
            println!("  switched off: {reason}");
        }
    }
    for letter in sink::dead_letters(&store, 100).await? {
        let dead = Timestamp::from_millisecond(letter.dead).unwrap_or_default();
        println!("{}  to {}  given up {dead:.0}  {}", letter.id, letter.sink, letter.answer);
    }
    Ok(ExitCode::SUCCESS)
}

async fn resend(one: &One, now: Timestamp) -> anyhow::Result<ExitCode> {
    let store = one.place.open().await?;
    let mut tx = store.begin().await?;
    let again = sink::resend(&mut tx, &one.id, now).await?;
    let enabled = sink::enable(&mut tx, &one.id).await?;
    let act = Act { actor: "cli", action: "sink.resent", object: &one.id, outcome: "done" };
    audit::append(&mut tx, now, &act).await?;
    tx.commit().await.about("messages to send again")?;
    Ok(said(again > 0 || enabled, &format!("{again} messages are sent again"), &one.id))
}

fn said(done: bool, what: &str, id: &str) -> ExitCode {
    if done {
        println!("{what}");
        return ExitCode::SUCCESS;
    }
    println!("there is no {id}; `waymark-server sinks list` shows what there is");
    ExitCode::FAILURE
}
