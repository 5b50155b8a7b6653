//! What the app needs of the world outside: the time, somebody who listens, and a place for secrets.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use jiff::Zoned;
use waymark_api::topic::Topic;

/// The only way to learn what time it is.
pub trait Clock: Send + Sync {
    /// The moment, in the person's time zone.
    fn now(&self) -> Zoned;
}

/// Who hears of changes.
pub trait Topics: Send + Sync {
    /// Called after the commit of what the topic is about. Must not block.
    fn publish(&self, topic: Topic);
}

/// Nobody listens.
#[derive(Clone, Copy, Debug)]
pub struct NoTopics;

impl Topics for NoTopics {
    fn publish(&self, _topic: Topic) {}
}

/// How long a secret is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Until it is removed, by the system's keyring.
    ByTheSystem,
    /// Until Waymark is closed, because no keyring is there or it is locked.
    ForThisSession,
}

/// Where secrets lie: never in the library, and never readable in a file. Its functions may wait for the
/// system, so they are called where waiting is allowed.
pub trait Secrets: Send + Sync {
    /// The secret of this name, if there is one that can be had.
    fn get(&self, name: &str) -> Option<String>;
    /// Keeps a secret in place of what had its name.
    fn set(&self, name: &str, secret: &str) -> Kept;
    /// Forgets a secret.
    fn remove(&self, name: &str);
    /// Where they lie, for people: "the system's keyring".
    fn place(&self) -> &'static str {
        "this session's memory"
    }
}

/// Secrets in memory: what is left where the system keeps none.
#[derive(Default)]
pub struct SessionSecrets(Mutex<BTreeMap<String, String>>);

impl std::fmt::Debug for SessionSecrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionSecrets(…)")
    }
}

impl SessionSecrets {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.map().is_empty()
    }

    fn map(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Secrets for SessionSecrets {
    fn get(&self, name: &str) -> Option<String> {
        self.map().get(name).cloned()
    }

    fn set(&self, name: &str, secret: &str) -> Kept {
        self.map().insert(name.to_owned(), secret.to_owned());
        Kept::ForThisSession
    }

    fn remove(&self, name: &str) {
        self.map().remove(name);
    }
}
