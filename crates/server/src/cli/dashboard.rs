//! `waymark-server dashboard`: a link to the organisation's numbers, for fifteen minutes.

use std::process::ExitCode;

use anyhow::Context as _;

use super::Place;
use crate::{
    serve::now,
    state::{Settings, State},
    store::About as _,
    usecase::{archives::Archives, me},
};

/// Where the server keeps what it has.
#[derive(clap::Args)]
pub(crate) struct Dashboard {
    #[command(flatten)]
    place: Place,
}

/// Prints the link.
///
/// # Errors
/// Where the database cannot be opened, or no server ran over it yet.
pub(crate) async fn run(options: Dashboard) -> anyhow::Result<ExitCode> {
    let store = options.place.open().await?;
    let url: Option<String> = sqlx::query_scalar("SELECT url FROM server")
        .fetch_optional(store.read())
        .await
        .about("the server's address")?;
    let url = url.context("no server ran over this data yet")?;
    let archives = Archives::of(&options.place.data, None)?;
    let state = State::new(store, Box::new(now), Settings::inside("Waymark", &url, archives)).await?;
    println!("{url}{}", me::dashboard_link(&state).await?);
    println!("for 15 minutes");
    Ok(ExitCode::SUCCESS)
}
