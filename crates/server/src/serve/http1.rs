//! Connections with a time for everything. `axum::serve` sets no timer, so hyper's limits rest there: it held
//! 200 of 200 slow connections for ever, this one none after 7 s (`security.md`, section 11).

use std::{collections::HashMap, net::IpAddr, sync::Arc, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::TcpListener,
    sync::{Mutex, Semaphore, watch},
    task::JoinSet,
};

/// Connections in all.
const CONNECTIONS: usize = 2_000;
/// Connections of one address.
const PER_ADDRESS: usize = 64;
/// For the whole header.
const HEADER_TIME: Duration = Duration::from_secs(10);
/// For what is under way when the server is asked to stop.
const DRAIN_TIME: Duration = Duration::from_secs(20);

/// Serves `router` until `stop` is ready, then lets what is under way end.
pub(crate) async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let addresses: Arc<Mutex<HashMap<IpAddr, usize>>> = Arc::default();
    let (closing, _) = watch::channel(false);
    let mut connections = JoinSet::new();
    tokio::pin!(stop);
    loop {
        // A place first: where there is none, callers wait in the kernel's queue.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
        let (stream, peer) = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file descriptors, for instance: a pause, instead of a busy loop.
                    tracing::warn!(%error, "could not accept a connection");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
        };
        {
            let mut addresses = addresses.lock().await;
            let open = addresses.entry(peer.ip()).or_default();
            if *open >= PER_ADDRESS && !peer.ip().is_loopback() {
                continue;
            }
            *open += 1;
        }
        let service = TowerToHyperService::new(router.clone());
        let (addresses, mut closing) = (Arc::clone(&addresses), closing.subscribe());
        connections.spawn(async move {
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEADER_TIME)
                .max_buf_size(16 * 1024)
                .max_headers(100)
                .serve_connection(TokioIo::new(stream), service);
            tokio::pin!(connection);
            let ended = tokio::select! {
                ended = connection.as_mut() => ended,
                _ = closing.changed() => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection ended early");
            }
            let mut addresses = addresses.lock().await;
            if let Some(open) = addresses.get_mut(&peer.ip()) {
                *open -= 1;
                if *open == 0 {
                    addresses.remove(&peer.ip());
                }
            }
            drop(place);
        });
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    closing.send_replace(true);
    let drained = tokio::time::timeout(DRAIN_TIME, async { while connections.join_next().await.is_some() {} }).await;
    if drained.is_err() {
        tracing::warn!(left = connections.len(), "connections were cut after the time for draining");
    }
}

/// Ready when the process is asked to end.
pub(crate) async fn until_signalled() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = tokio::signal::ctrl_c().await;
}
