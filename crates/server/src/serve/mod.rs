//! `waymark-server serve`: the team server.

pub(crate) mod http1;
mod jobs;

use std::{net::SocketAddr, process::ExitCode};

use anyhow::Context;
use clap::Args;
use jiff::Timestamp;
use tokio::net::TcpListener;

use crate::{cli::Place, router::router, state::State, usecase::archives::Archives};

/// How to serve.
#[derive(Args)]
pub(crate) struct Serve {
    /// Where to listen. TLS ends at a reverse proxy in front of it.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    #[command(flatten)]
    place: Place,
    /// Where devices reach the server, if that is not where it listens: https://waymark.example.org
    #[arg(long)]
    public_url: Option<String>,
    /// Let sinks lie in private networks and on this machine.
    #[arg(long)]
    allow_private_sinks: bool,
    /// Where published archives lie instead of in `--data`: s3://bucket/prefix
    #[arg(long)]
    bundles: Option<String>,
    /// The company's name, used at the first start.
    #[arg(long, default_value = "Waymark")]
    name: String,
}

/// The program's clock.
#[expect(clippy::disallowed_methods, reason = "this is the clock port")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// Serves until a signal ends it.
pub(crate) fn run(serve: Serve) -> anyhow::Result<ExitCode> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let store = serve.place.open().await?;
        let archives = Archives::of(&serve.place.data, serve.bundles.as_deref())?;
        let listener =
            TcpListener::bind(serve.listen).await.with_context(|| format!("could not listen on {}", serve.listen))?;
        let url = match serve.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{}", listener.local_addr()?),
        };
        let state = State::new(store, Box::new(now), &serve.name, &url, archives).await?;
        let jobs = jobs::start(&state, serve.allow_private_sinks)?;
        println!("waymark-server: {} on http://{}", state.identity().name, listener.local_addr()?);
        let facts = state.clone();
        let stop = async move {
            http1::until_signalled().await;
            facts.facts().wakes.end();
        };
        http1::serve(listener, router(state), stop).await;
        drop(jobs);
        Ok(ExitCode::SUCCESS)
    })
}
