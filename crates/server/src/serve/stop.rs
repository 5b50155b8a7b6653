//! When the server ends.

use std::time::Duration;

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
/// which proxies notice. A second signal ends the waiting.
pub(super) async fn asked(state: &State, signals: &mut Signals) {
    let waits = signals.next().await;
    state.stop();
    tracing::info!("asked to end");
    if !waits {
        tokio::select! {
            () = tokio::time::sleep(NOTICE) => {}
            _ = signals.next() => {}
        }
    }
}
