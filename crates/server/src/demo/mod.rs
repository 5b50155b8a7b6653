//! `waymark-server demo`: a server on loopback with an invented company on it.
//!
//! Whatever its managers see has come in as it comes in from devices: people by the import, content by
//! publishing, journeys from their managers, facts as batches of events. No table is written here.

mod company;
mod history;
mod http;
mod random;
mod tell;

use std::{net::SocketAddr, path::PathBuf, process::ExitCode, time::Instant};

use anyhow::Context;
use clap::Args;
use jiff::{SignedDuration, Timestamp};

use self::{http::Http, tell::Invites};
use crate::{
    cli::Place,
    router::router,
    serve::{self, http1, serve_until_signalled},
    state::{Clock, Settings, State},
    usecase::archives::Archives,
};

/// How to show the company.
#[derive(Args)]
pub(crate) struct Demo {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Folder of everything that the server keeps; a new one in the system's temporary folder without.
    #[arg(long)]
    data: Option<PathBuf>,
    /// The content that is published: a folder with journeys, pages and a roadmap.
    #[arg(long, default_value = "docs-content")]
    content: PathBuf,
    /// The moment at which the demo begins, RFC 3339; now without.
    #[arg(long)]
    now: Option<Timestamp>,
}

/// Tells the company's history where there is none yet, prints an invite for a new hire and one for a manager,
/// and serves until a signal ends it.
pub(crate) fn run(demo: Demo) -> anyhow::Result<ExitCode> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let data = match demo.data {
            Some(data) => data,
            None => std::env::temp_dir().join(format!("waymark-demo-{}", std::process::id())),
        };
        let place = Place { data: data.clone(), database: None };
        let store = place.open().await?;
        let listener = http1::listen(demo.listen).with_context(|| format!("could not listen on {}", demo.listen))?;
        let url = format!("http://{}", listener.local_addr()?);
        let archives = Archives::of(&data, None)?;
        let state = State::new(store, clock(demo.now), Settings::alone("Corvane", &url, archives)).await?;
        let teller = tell::Teller::new(&state, Http::new(router(state.clone())), &demo.content);
        // Written last, so that half a history is never taken for a whole one.
        let told = data.join("history-is-told");
        if !told.exists() {
            anyhow::ensure!(
                !teller.has_people().await?,
                "{} holds a company whose history was not told to its end; delete it, or name another folder by --data",
                data.display()
            );
            teller.tell().await.context("could not tell the company's history")?;
            std::fs::write(&told, "").with_context(|| format!("could not write {}", told.display()))?;
        }
        let Invites { hire, manager } = teller.invites().await?;
        // In one go: whoever reads this line by line finds the invites before the address.
        println!(
            "For a new hire, {}: {}\nFor a manager, {}: {}\nwaymark-server: Corvane on {url}\n",
            hire.0, hire.1, manager.0, manager.1
        );
        serve_until_signalled(listener, state).await?;
        Ok(ExitCode::SUCCESS)
    })
}

/// A clock that begins at `start` and goes on from there.
fn clock(start: Option<Timestamp>) -> Clock {
    let began = Instant::now();
    match start {
        None => Box::new(serve::now),
        Some(start) => Box::new(move || {
            let passed = SignedDuration::try_from(began.elapsed()).unwrap_or(SignedDuration::ZERO);
            start.saturating_add(passed).unwrap_or(Timestamp::MAX)
        }),
    }
}
