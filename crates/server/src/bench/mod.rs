//! `waymark-server bench …`, hidden: how fast facts come in beside a bare insert loop on the same database in the
//! same run, and how fast a manager's page is made. It writes into the database that it is given.

mod company;
mod ingest;
mod overview;

use std::process::ExitCode;

use anyhow::Context as _;
use tokio::net::TcpListener;

use crate::{
    cli::Place,
    router::router,
    serve::{http1, now},
    state::{Settings, State},
    usecase::archives::Archives,
};

/// What to measure.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Batches of 100 through the whole HTTP stack, and the bare insert loop.
    Ingest {
        #[command(flatten)]
        place: Place,
        /// Batches in each half.
        #[arg(long, default_value_t = 500)]
        batches: usize,
        /// Devices that send at once.
        #[arg(long, default_value_t = 4)]
        devices: usize,
    },
    /// The page of a manager with 500 people, in an organisation of 10,000 hires and 1,000,000 events.
    Overview {
        #[command(flatten)]
        place: Place,
        /// Hires in the organisation.
        #[arg(long, default_value_t = 10_000)]
        hires: usize,
        /// People who report to the manager.
        #[arg(long, default_value_t = 500)]
        line: usize,
        /// Requests.
        #[arg(long, default_value_t = 200)]
        requests: usize,
    },
}

/// Measures and prints.
pub(crate) fn run(command: Command) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        match command {
            Command::Ingest { place, batches, devices } => ingest::run(place, batches, devices).await?,
            Command::Overview { place, hires, line, requests } => overview::run(place, hires, line, requests).await?,
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// A server on a free port over `place`.
async fn serve(place: &Place) -> anyhow::Result<(State, String)> {
    let store = place.open().await?;
    let archives = Archives::of(&place.data, None)?;
    let listener = TcpListener::bind("127.0.0.1:0").await.context("could not listen")?;
    let address = listener.local_addr()?.to_string();
    let state =
        State::new(store, Box::new(now), Settings::inside("Bench", &format!("http://{address}"), archives)).await?;
    let router = router(state.clone());
    let numbers = state.metrics().connections().clone();
    tokio::spawn(async move {
        http1::serve(listener, router, numbers, std::future::pending(), std::future::pending()).await;
    });
    Ok((state, address))
}

/// A connection that stays open, as a device's does.
struct Client {
    sender: hyper::client::conn::http1::SendRequest<http_body_util::Full<hyper::body::Bytes>>,
    token: String,
}

impl Client {
    async fn new(address: &str, token: &str) -> anyhow::Result<Self> {
        let stream = tokio::net::TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let io = hyper_util::rt::TokioIo::new(stream);
        let (sender, connection) = hyper::client::conn::http1::handshake(io).await?;
        tokio::spawn(connection);
        Ok(Self { sender, token: token.to_owned() })
    }

    async fn send(&mut self, method: &str, path: &str, kind: &str, body: Vec<u8>) -> anyhow::Result<Vec<u8>> {
        use http_body_util::BodyExt as _;
        let request = axum::http::Request::builder()
            .method(method)
            .uri(path)
            .header("host", "bench")
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", kind)
            .body(http_body_util::Full::from(body))?;
        self.sender.ready().await?;
        let answer = self.sender.send_request(request).await?;
        let status = answer.status();
        let bytes = answer.into_body().collect().await?.to_bytes();
        anyhow::ensure!(status.is_success(), "{status}: {}", String::from_utf8_lossy(&bytes));
        Ok(bytes.to_vec())
    }
}
