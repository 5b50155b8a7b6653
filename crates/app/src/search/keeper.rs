//! Keeps the index in step with the library, in the background.

use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::{Mutex, watch};
use waymark_search::Index;

use super::refresh::refresh;
use crate::{App, app::WeakApp};

/// The index and how far it is behind.
pub(crate) struct Keeper {
    state: watch::Sender<State>,
    begun: AtomicBool,
    /// Held by whoever changes files of the index.
    files: Mutex<()>,
}

#[derive(Default)]
struct State {
    index: Option<Index>,
    /// How often the library changed, and up to which of these changes the index was brought.
    changes: u64,
    done: u64,
}

impl State {
    fn is_settled(&self) -> bool {
        self.done == self.changes
    }
}

impl Keeper {
    pub(crate) fn new() -> Self {
        let (state, _) = watch::channel(State::default());
        Self { state, begun: AtomicBool::new(false), files: Mutex::new(()) }
    }

    /// The index, where it stands for what the library holds.
    pub(crate) fn index(&self) -> Option<Index> {
        let state = self.state.borrow();
        state.index.clone().filter(|_| state.is_settled())
    }

    /// The library changed: the index is brought up to date in the background.
    pub(crate) fn changed(&self) {
        self.state.send_modify(|state| state.changes += 1);
    }

    /// The index cannot be used: it is opened anew, and filled again where its files are damaged.
    pub(crate) fn discard(&self) {
        self.state.send_modify(|state| {
            state.index = None;
            state.changes += 1;
        });
    }

    /// Waits until nothing is left to do.
    pub(crate) async fn settled(&self) {
        // The sender lives as long as `self`.
        let _ = self.state.subscribe().wait_for(State::is_settled).await;
    }

    /// Deletes the index with all texts in it. It is filled again after the next change.
    pub(crate) async fn delete(&self, app: &App) -> std::io::Result<()> {
        let _files = self.files.lock().await;
        self.state.send_modify(|state| state.index = None);
        match tokio::fs::remove_dir_all(app.index_dir()).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Begins to keep the app's index, once for each app; ends with it.
pub(crate) fn keep(app: &App) {
    app.keeper().changed();
    if !app.keeper().begun.swap(true, Ordering::Relaxed) {
        tokio::spawn(follow(app.downgrade()));
    }
}

async fn follow(app: WeakApp) {
    loop {
        let Some(mut changes) = app.upgrade().map(|app| app.keeper().state.subscribe()) else { return };
        if changes.wait_for(|state| !state.is_settled()).await.is_err() {
            return;
        }
        let Some(app) = app.upgrade() else { return };
        let keeper = app.keeper();
        let _files = keeper.files.lock().await;
        let (index, upto) = {
            let state = keeper.state.borrow();
            (state.index.clone(), state.changes)
        };
        let index = match refresh(&app, index).await {
            Ok(index) => Some(index),
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "the search index could not be kept");
                None
            }
        };
        keeper.state.send_modify(|state| {
            state.index = index;
            state.done = upto;
        });
    }
}
