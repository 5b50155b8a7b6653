//! Asking the system's keyring, which may be locked.

use std::time::Duration;

use crate::{App, ports::Secrets};

/// How long the system's keyring may take, with a person in front of it who unlocks it.
const PATIENCE: Duration = Duration::from_secs(30);

/// Asks for secrets on a thread that may wait, and not for ever: a keyring may be locked.
pub(crate) async fn with_secrets<T: Send + 'static>(
    app: &App,
    ask: impl FnOnce(&dyn Secrets) -> T + Send + 'static,
) -> Option<T> {
    let secrets = app.secrets();
    let asked = tokio::task::spawn_blocking(move || ask(&*secrets));
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(answer)) => Some(answer),
        _ => {
            tracing::warn!("the system's keyring does not answer");
            None
        }
    }
}
