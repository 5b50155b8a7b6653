//! `waymark-server invite KEY`: the first admin's way in, and anybody's whom no manager can invite.

use std::process::ExitCode;

use anyhow::bail;
use jiff::Timestamp;

use super::Place;
use crate::{
    store::{Store, org},
    usecase::invite::{HOURS, MOST_HOURS, Maker, make},
};

/// Whom to invite.
#[derive(clap::Args)]
pub(crate) struct Invite {
    /// The person's key, as in the organisation's table.
    key: String,
    #[command(flatten)]
    place: Place,
    /// Hours until the invite is void.
    #[arg(long, default_value_t = HOURS, value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST_HOURS)))]
    hours: u32,
    /// Where devices reach the server; else what it was started with last.
    #[arg(long)]
    server: Option<String>,
}

/// Makes an invite and prints it; the code is kept nowhere.
///
/// # Errors
/// Where there is no such person, or the database cannot be used.
pub(crate) async fn run(options: Invite, now: Timestamp) -> anyhow::Result<ExitCode> {
    let store = options.place.open().await?;
    let key = options.key.trim().to_lowercase();
    let Some(person) = org::find_by_key(store.read(), &key).await?.filter(|person| person.active) else {
        bail!("there is nobody with the key {key:?}; `waymark-server org list` prints all");
    };
    let url = match options.server {
        Some(url) => url,
        None => url(&store).await?,
    };
    let invite = make(&store, now, &person, Maker { by: None, hours: options.hours, url: &url }).await?;
    println!("{} ({})", person.name, person.roles);
    println!("link  {}", invite.link);
    println!("code  {}", invite.code);
    println!("until {}", invite.expires);
    Ok(ExitCode::SUCCESS)
}

/// Where devices reach the server.
async fn url(store: &Store) -> anyhow::Result<String> {
    match store.url().await? {
        Some(url) if !url.is_empty() => Ok(url),
        _ => bail!("the server was never started here; say with --server where devices reach it"),
    }
}
