//! When the server ends.

use std::time::Duration;

use tokio::sync::oneshot;

use crate::state::State;

/// How long a proxy in front has to notice that this server is not ready any more.
const NOTICE: Duration = Duration::from_secs(5);

/// Signals that ask the process to end.
#[cfg(unix)]
pub(super) struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// Listens from now on.
    ///
    /// # Errors
    /// Where the system gives no signals.
    pub(super) fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// Ready at the next one; whether it came from a person at a keyboard, who waits.
    pub(super) async fn next(&mut self) -> bool {
        tokio::select! {
            _ = self.terminate.recv() => false,
            _ = self.interrupt.recv() => true,
        }
    }
}

/// Signals that ask the process to end.
#[cfg(not(unix))]
pub(super) struct Signals;

#[cfg(not(unix))]
impl Signals {
    /// Listens from now on.
    ///
    /// # Errors
    /// Never here.
    pub(super) fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    /// Ready at the next one; whether it came from a person at a keyboard, who waits.
    pub(super) async fn next(&mut self) -> bool {
        let _ = tokio::signal::ctrl_c().await;
        true
    }
}

/// Ready when no more connections are to be accepted: at once for a person at the keyboard, else after the time in
/// which proxies notice. Tells `cut` whether a second signal came meanwhile, which stops the server at once, or
/// hands it the signals to wait for that one.
pub(super) async fn asked(state: &State, mut signals: Signals, cut: oneshot::Sender<Option<Signals>>) {
    let somebody_waits = signals.next().await;
    state.stop();
    tracing::info!("asked to end");
    let mut second = false;
    if !somebody_waits {
        tokio::select! {
            () = tokio::time::sleep(NOTICE) => {}
            _ = signals.next() => second = true,
        }
    }
    // Nobody listens any more where the listener has failed.
    let _ = cut.send((!second).then_some(signals));
}

/// Ready when what is under way must not be waited for.
pub(super) async fn cut(asked: oneshot::Receiver<Option<Signals>>) {
    if let Ok(Some(mut signals)) = asked.await {
        signals.next().await;
    }
}
