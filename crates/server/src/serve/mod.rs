//! `waymark-server serve`: the team server.

mod http1;

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::Args;
use jiff::Timestamp;
use tokio::net::TcpListener;

use crate::{router::router, state::State, store::Store, usecase::archives::Archives};

/// How to serve.
#[derive(Args)]
pub(crate) struct Serve {
    /// Where to listen. TLS ends at a reverse proxy in front of it.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Folder of everything that the server keeps; made where it is missing.
    #[arg(long)]
    data: PathBuf,
    /// A PostgreSQL instead of the file in `--data`: postgres://user:password@host/database
    #[arg(long)]
    database: Option<String>,
    /// Where published archives lie instead of in `--data`: s3://bucket/prefix
    #[arg(long)]
    bundles: Option<String>,
    /// The company's name, used at the first start.
    #[arg(long, default_value = "Waymark")]
    name: String,
}

/// Serves until a signal ends it.
pub(crate) fn run(serve: Serve) -> anyhow::Result<ExitCode> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        std::fs::create_dir_all(&serve.data)
            .with_context(|| format!("could not make the folder {}", serve.data.display()))?;
        let store = match &serve.database {
            Some(url) => Store::postgres(url).await?,
            None => Store::sqlite(&serve.data).await?,
        };
        let archives = match &serve.bundles {
            Some(url) => Archives::at(url)?,
            None => Archives::folder(&serve.data.join("bundles"))?,
        };
        let state = State::new(store, Box::new(Timestamp::now), &serve.name, archives).await?;
        let listener =
            TcpListener::bind(serve.listen).await.with_context(|| format!("could not listen on {}", serve.listen))?;
        println!("waymark-server: {} on http://{}", state.identity().name, listener.local_addr()?);
        let facts = state.clone();
        let stop = async move {
            http1::until_signalled().await;
            facts.facts().wakes.end();
        };
        http1::serve(listener, router(state), stop).await;
        Ok(ExitCode::SUCCESS)
    })
}
