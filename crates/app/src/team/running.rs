//! What goes on with the team's server while the app runs.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use jiff::Timestamp;
use tokio::{
    sync::{OwnedMutexGuard, mpsc},
    task::JoinHandle,
    time::Instant,
};
use waymark_api::http::auth::SessionRow;
use waymark_sync::team::{
    client::{ServerAddress, TeamClient},
    clock::ClockOff,
    driver,
    machine::{State, Wake},
};

use super::{port::TeamPort, sign_in::Waiting, tokens::Tokens};
use crate::App;

/// Wakes that may wait; more would say nothing new.
const WAKES: usize = 16;

/// The exchange in the background, and what is known of it.
#[derive(Default)]
pub(crate) struct Team {
    exchange: Mutex<Option<Exchange>>,
    state: Mutex<Option<Shown>>,
    /// Whether this device's clock is off, as the server's last answer showed it.
    clock: Mutex<Option<ClockOff>>,
    /// Tokens and the device's key, once they were read from where secrets lie.
    pub(super) tokens: Tokens,
    /// The sign-in that waits for the person.
    pub(super) sign_in: Waiting,
    /// When a page of the manager was asked for last, and why that failed.
    pub(super) asked: Mutex<BTreeMap<String, (Timestamp, Option<String>)>>,
    /// Whose turn it is to ask for a page of the manager.
    turns: Mutex<BTreeMap<String, Arc<tokio::sync::Mutex<()>>>>,
    /// The person's devices, and when the server was asked for them.
    pub(super) sessions: Mutex<Option<(Instant, Vec<SessionRow>)>>,
    /// Whether content and profile are to be fetched once the server can be reached: at the start, and where a
    /// fetching found it away.
    pub(super) catch_up: AtomicBool,
    /// One fetching of content at a time.
    pub(super) fetching: tokio::sync::Mutex<()>,
}

struct Exchange {
    wakes: mpsc::Sender<Wake>,
    task: JoinHandle<()>,
}

/// How the exchange stands, and when everything was there for the last time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shown {
    pub(super) state: State,
    pub(super) sent_at: Option<Timestamp>,
}

impl Team {
    /// Something was recorded; if it is shared, it is sent.
    pub(crate) fn recorded(&self) {
        self.wake(Wake::Recorded);
    }

    pub(super) fn wake(&self, wake: Wake) {
        if let Some(exchange) = &*self.exchange.lock().unwrap_or_else(PoisonError::into_inner) {
            // Full means that a wake waits already.
            let _ = exchange.wakes.try_send(wake);
        }
    }

    /// From now on every page of the manager is asked for again.
    pub(super) fn forget_when_asked(&self) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Waits until nobody else asks for this page; the turn lasts as long as the result lives.
    ///
    /// A page that was asked for after the one before it came is never older than that, whatever the clocks of the
    /// server or of its replicas say. Two that are under way at once could come in the wrong order, and no time in
    /// them would tell: a manager's view would go backwards (I8).
    pub(super) async fn turn(&self, page: &str) -> OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(turns.entry(page.to_owned()).or_default())
        };
        turn.lock_owned().await
    }

    /// Ends the exchange, where there is one.
    pub(super) fn stop(&self) {
        let exchange = self.exchange.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(exchange) = exchange {
            exchange.task.abort();
        }
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = None;
        *self.clock.lock().unwrap_or_else(PoisonError::into_inner) = None;
        *self.sessions.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    pub(super) fn shown(&self) -> Option<Shown> {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn clock(&self) -> Option<ClockOff> {
        *self.clock.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps whether this device's clock is off. Says whether that is another answer than before.
    pub(super) fn set_clock(&self, off: Option<ClockOff>) -> bool {
        let mut clock = self.clock.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *clock, off) != off
    }

    /// Keeps how it stands. Says whether that is another state than before.
    pub(super) fn set_shown(&self, state: State, now: Timestamp) -> bool {
        let mut shown = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let before = *shown;
        let sent_at = if state == State::Sent { Some(now) } else { before.and_then(|shown| shown.sent_at) };
        *shown = Some(Shown { state, sent_at });
        before.map(|shown| shown.state) != Some(state)
    }
}

/// Starts the exchange where the person is a member of a team. One that is under way is ended first.
pub(crate) async fn start(app: &App) {
    app.team().stop();
    let Ok(db) = app.db().await else { return };
    if db.is_read_only() {
        return;
    }
    let Ok(Some(membership)) = db.membership().get().await else { return };
    let client = match ServerAddress::parse(&membership.server).map(TeamClient::new) {
        Ok(Ok(client)) => client,
        other => {
            tracing::error!(?other, "the team's server cannot be used");
            return;
        }
    };
    app.team().catch_up.store(true, Ordering::Relaxed);
    let (wakes, woken) = mpsc::channel(WAKES);
    let port = TeamPort::new(app.downgrade(), client.clone());
    let task = tokio::spawn(driver::run(port, client, woken));
    let mut exchange = app.team().exchange.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(before) = exchange.replace(Exchange { wakes, task }) {
        before.task.abort();
    }
}

#[cfg(test)]
mod tests {
    use std::{future::ready, pin::pin};

    use super::*;

    #[tokio::test]
    async fn a_page_is_asked_for_once_at_a_time_and_others_do_not_wait() {
        let team = Team::default();
        let first = team.turn("overview").await;
        let mut second = pin!(team.turn("overview"));
        tokio::select! {
            biased;
            _ = &mut second => panic!("two answers would be under way at once"),
            () = ready(()) => {}
        }
        drop(team.turn("person").await);
        drop(first);
        drop(second.await);
    }
}
