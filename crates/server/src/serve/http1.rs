//! Connections with a time for everything. `axum::serve` sets no timer, so hyper's limits rest there: it held
//! 200 of 200 slow connections for ever, this one none after 7 s (`security.md`, section 11).

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    sync::watch,
    task::JoinSet,
};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

use super::places::{Place, Places};
use crate::guard::{Connections, Peer};

/// Connections in all.
const CONNECTIONS: usize = 2_000;
/// Open files that they need, with those of the databases.
pub(super) const FILES: u64 = 4_096;
/// Connections of one address.
const PER_ADDRESS: usize = 64;
/// For the whole header, and for the rest between two requests.
const HEADER_TIME: Duration = Duration::from_secs(10);
/// For a client to take any more of its answer.
const WRITE_TIME: Duration = Duration::from_secs(15);
/// For what is under way when the server is asked to stop.
const DRAIN_TIME: Duration = Duration::from_secs(20);

/// Callers that the kernel holds until they are accepted: a whole storm of them. Above it, it drops their last
/// packet without a word, and they believe to be connected.
const BACKLOG: u32 = 4_096;
/// Bytes that the kernel holds of an answer that nobody takes; left to itself it takes up to 4 MiB a connection.
const SEND_BUFFER: u32 = 128 * 1024;

/// Listens on an address.
///
/// # Errors
/// Where it is taken or not this machine's.
pub(crate) fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // A server that is started again at once must not wait for the connections of the one before.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Serves `router` until `stop` is ready, then lets what is under way end, or until `cut` is ready.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    numbers: Connections,
    stop: impl Future<Output = ()>,
    cut: impl Future<Output = ()>,
) {
    let places = Places::new(CONNECTIONS, PER_ADDRESS, numbers);
    let (closing, _) = watch::channel(false);
    let mut connections = JoinSet::new();
    tokio::pin!(stop);
    loop {
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
        if let Some(place) = places.take(peer.ip()) {
            connections.spawn(connection(stream, peer, place, router.clone(), closing.subscribe()));
        }
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    closing.send_replace(true);
    tokio::select! {
        () = async { while connections.join_next().await.is_some() {} } => {}
        () = tokio::time::sleep(DRAIN_TIME) => {
            tracing::warn!(left = connections.len(), "connections were cut after the time for draining");
        }
        () = cut => {}
    }
}

/// Serves one connection to its end.
async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    place: Arc<Place>,
    router: Router,
    mut closing: watch::Receiver<bool>,
) {
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE_TIME));
    let of_request = Arc::clone(&place);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let (router, place) = (router.clone(), Arc::clone(&of_request));
        async move {
            place.busy();
            let mut request: Request = request.map(Body::new);
            request.extensions_mut().insert(Peer(peer));
            let answer = router.oneshot(request).await;
            place.rest();
            answer
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIME)
        .max_buf_size(16 * 1024)
        .max_headers(100)
        .serve_connection(TokioIo::new(Box::pin(stream)), service);
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        // Nothing of anybody's is lost: no whole request is here that has no answer.
        () = place.needed() => return,
        _ = closing.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}
