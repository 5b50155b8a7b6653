//! Secrets in the system's keyring; where there is none that is open, in memory until Waymark is closed.

use std::sync::Arc;

use keyring::Entry;
use waymark_app::ports::{Kept, Secrets, SessionSecrets};

use crate::args::Args;

/// The name under which the keyring's own window shows them.
const SERVICE: &str = "dev.waymark.desktop";

/// The system's keyring, or memory alone in a test, which must not touch the person's.
pub(crate) fn secrets(args: &Args) -> Arc<dyn Secrets> {
    match args.e2e {
        Some(_) => Arc::new(SessionSecrets::default()),
        None => Arc::new(Keyring::default()),
    }
}

#[derive(Default)]
struct Keyring {
    session: SessionSecrets,
}

impl Secrets for Keyring {
    fn get(&self, name: &str) -> Option<String> {
        self.session.get(name).or_else(|| {
            let found = Entry::new(SERVICE, name).and_then(|entry| entry.get_password());
            found.inspect_err(|error| tracing::debug!(%error, "the keyring has no such secret")).ok()
        })
    }

    fn set(&self, name: &str, secret: &str) -> Kept {
        match Entry::new(SERVICE, name).and_then(|entry| entry.set_password(secret)) {
            Ok(()) => {
                self.session.remove(name);
                Kept::ByTheSystem
            }
            Err(error) => {
                tracing::info!(%error, keyring = ?Entry::store_status(), "the keyring takes no secret, which is kept in memory");
                self.session.set(name, secret)
            }
        }
    }

    fn place(&self) -> &'static str {
        // What the keyring did not take lies in memory.
        if self.session.is_empty() { "the system's keyring" } else { "this session's memory" }
    }

    fn remove(&self, name: &str) {
        self.session.remove(name);
        if let Err(error) = Entry::new(SERVICE, name).and_then(|entry| entry.delete_credential()) {
            tracing::debug!(%error, "the keyring has no such secret");
        }
    }
}
