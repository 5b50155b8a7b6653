//! `waymark-server audit verify`: whether the log is whole.

use std::process::ExitCode;

use clap::Subcommand;

use super::Place;
use crate::{
    store::audit::{head, rows_after},
    usecase::chain::Chain,
};

/// What to do with the audit log.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Looks for rows that were edited, deleted or put elsewhere; fails where it finds one.
    Verify(Verify),
}

/// Which log.
#[derive(clap::Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    place: Place,
    /// A number and hash that were printed earlier, as `NUMBER:HASH`; may be given more than once. It finds a log
    /// that somebody wrote anew from an earlier row on, which the log alone cannot.
    #[arg(long, value_name = "NUMBER:HASH")]
    expect: Vec<String>,
}

/// Runs a command.
///
/// # Errors
/// Where the database cannot be read. A broken log sets the exit code to 1.
pub(crate) async fn run(Command::Verify(options): Command) -> anyhow::Result<ExitCode> {
    let store = options.place.open().await?;
    let mut chain = Chain::default();
    // The end first: rows that are appended meanwhile are no contradiction.
    let end = head(store.read()).await?;
    loop {
        let rows = rows_after(store.read(), chain.after(), 1_000).await?;
        if rows.is_empty() {
            break;
        }
        rows.iter().for_each(|row| chain.take(row));
    }
    let problems = chain.end(end, &options.expect);
    problems.iter().for_each(|problem| println!("{problem}"));
    println!("{} rows, the last one is {}", chain.rows(), chain.last());
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
