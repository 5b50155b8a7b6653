//! `waymark-server serve`: the team server.

pub(crate) mod http1;
mod jobs;
mod places;
mod stop;

use std::{
    net::{IpAddr, SocketAddr},
    process::ExitCode,
};

use anyhow::Context;
use clap::{Args, ValueEnum};
use jiff::Timestamp;

use crate::{
    cli::{Place, backup::lock},
    guard::Proxies,
    oidc::{OidcArgs, Provider},
    router::router,
    state::{Settings, State},
    usecase::archives::Archives,
};

/// How to serve.
#[derive(Args)]
pub(crate) struct Serve {
    /// Where to listen. TLS ends at a reverse proxy in front of it.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    #[command(flatten)]
    place: Place,
    /// Where devices reach the server, if that is not where it listens: `https://waymark.example.org`
    #[arg(long)]
    public_url: Option<String>,
    /// Let sinks lie in private networks and on this machine.
    #[arg(long)]
    allow_private_sinks: bool,
    /// Where published archives lie instead of in `--data`: `s3://bucket/prefix`
    #[arg(long)]
    bundles: Option<String>,
    /// A proxy in front, by its address: its X-Forwarded-For is believed. May be given more than once.
    #[arg(long, value_name = "ADDRESS")]
    trusted_proxy: Vec<IpAddr>,
    #[command(flatten)]
    oidc: OidcArgs,
    /// Do not limit how often a device or an address may ask: a proxy in front does, or this is a load test.
    #[arg(long)]
    no_rate_limits: bool,
    /// How the log is written, on standard error; `RUST_LOG` says how much.
    #[arg(long, value_enum, default_value_t = Log::Human)]
    log: Log,
    /// The company's name, used at the first start.
    #[arg(long, default_value = "Waymark")]
    name: String,
}

/// How a log is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Log {
    /// For people at a terminal.
    Human,
    /// One JSON object a line, for programs.
    Json,
}

/// The program's clock.
#[expect(clippy::disallowed_methods, reason = "this is the clock port")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// Serves until a signal ends it.
///
/// # Errors
/// Where the database cannot be opened or the address is taken.
pub(crate) fn run(serve: Serve) -> anyhow::Result<ExitCode> {
    log(serve.log);
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let provider = serve.oidc.settings()?.map(Provider::new).transpose()?;
        // Each connection is a file; many systems allow 1,024 unless they are asked.
        if let Err(error) = rlimit::increase_nofile_limit(http1::FILES) {
            tracing::warn!(%error, "could not ask for more open files");
        }
        // One server for one file; of a PostgreSQL there may be many.
        let _lock = match serve.place.database {
            Some(_) => None,
            None => {
                std::fs::create_dir_all(&serve.place.data)
                    .with_context(|| format!("could not make the folder {}", serve.place.data.display()))?;
                Some(lock(&serve.place.data)?)
            }
        };
        let store = serve.place.open().await?;
        let archives = Archives::of(&serve.place.data, serve.bundles.as_deref())?;
        let listener = http1::listen(serve.listen).with_context(|| format!("could not listen on {}", serve.listen))?;
        let url = match serve.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{}", listener.local_addr()?),
        };
        let (name, proxies, limited) = (serve.name, Proxies(serve.trusted_proxy), !serve.no_rate_limits);
        let state =
            State::new(store, Box::new(now), Settings { name, url, proxies, limited, archives, provider }).await?;
        let jobs = jobs::start(&state, serve.allow_private_sinks)?;
        println!("waymark-server: {} on http://{}", state.identity().name, listener.local_addr()?);
        serve_until_signalled(listener, state).await?;
        drop(jobs);
        Ok(ExitCode::SUCCESS)
    })
}

/// Sends the log to standard error. No line of ours holds a name, an address, a token or an id of a person's thing.
fn log(how: Log) {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("waymark_server=info,warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A log that is set already is that of a test.
    let _ = match how {
        Log::Human => log.try_init(),
        Log::Json => log.json().flatten_event(true).try_init(),
    };
}

/// Serves until a signal ends it; a second one cuts what is still under way.
///
/// # Errors
/// Where the process cannot listen to signals.
pub(crate) async fn serve_until_signalled(listener: tokio::net::TcpListener, state: State) -> anyhow::Result<()> {
    let signals = stop::Signals::new().context("could not listen to signals")?;
    let numbers = state.metrics().connections().clone();
    let (asked, first) = tokio::sync::oneshot::channel();
    let stop = async {
        stop::asked(&state, signals, asked).await;
        state.facts().wakes.end();
    };
    http1::serve(listener, router(state.clone()), numbers, stop, stop::cut(first)).await;
    state.store().close().await;
    Ok(())
}
