//! What the server keeps in memory about facts: templates, and who waits for news.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use tokio::sync::watch;
use waymark_core::id::PersonId;

use super::project::{Folds, Templates};

/// What the server keeps in memory about facts. All of it can be lost at any moment.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// Templates by hash.
    pub templates: Templates,
    /// Folds that were made a moment ago.
    pub folds: Folds,
    /// Who waits for news.
    pub wakes: Wakes,
}

/// Requests that wait for news of a person. News of another server on the same database wakes nobody here: who
/// waits asks the database from time to time as well.
#[derive(Debug)]
pub(crate) struct Wakes {
    waiting: Mutex<HashMap<PersonId, watch::Sender<()>>>,
    everybody: watch::Sender<bool>,
}

impl Default for Wakes {
    fn default() -> Self {
        Self { waiting: Mutex::default(), everybody: watch::Sender::new(false) }
    }
}

/// Somebody's place in the queue.
pub(crate) struct Wait {
    own: watch::Receiver<()>,
    everybody: watch::Receiver<bool>,
}

impl Wait {
    /// Ready at the next news since the last call; `false` where the server ends.
    pub(crate) async fn news(&mut self) -> bool {
        tokio::select! {
            _ = self.own.changed() => {}
            _ = self.everybody.changed() => {}
        }
        !*self.everybody.borrow_and_update()
    }
}

impl Wakes {
    /// Waits for news of `person` from this moment on: ask the database after this call.
    pub(crate) fn wait(&self, person: PersonId) -> Wait {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let own = waiting.entry(person).or_default().subscribe();
        Wait { own, everybody: self.everybody.subscribe() }
    }

    /// Says that there is news of `person`.
    pub(crate) fn wake(&self, person: PersonId) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.get(&person).is_some_and(|sender| sender.send(()).is_err()) {
            waiting.remove(&person);
        }
    }

    /// Says that there is news for everybody.
    pub(crate) fn wake_everybody(&self) {
        self.everybody.send_replace(false);
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, sender| sender.receiver_count() > 0);
    }

    /// Sends everybody home: the server ends.
    pub(crate) fn end(&self) {
        self.everybody.send_replace(true);
    }
}
