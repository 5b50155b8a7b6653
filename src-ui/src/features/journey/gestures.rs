//! What can be done to a step besides ticking it. Each gesture is on disk before the toast says so.

use leptos::task::spawn_local;
use waymark_api::{
    Request,
    ipc::journey::{BlockStep, Changed, MoveStart, RestoreStep, StartJourney, UnblockStep, WaiveStep, WithdrawJourney},
};
use waymark_core::{
    event::BlockReason,
    id::{JourneyId, StepId},
};

use crate::{
    backend::{Backend, use_backend},
    routes::Route,
    state::{Navigator, Toasts, use_navigator, use_toasts},
};

/// The gestures of one screen.
#[derive(Clone, Copy)]
pub(crate) struct Gestures {
    backend: Backend,
    toasts: Toasts,
    navigator: Navigator,
}

impl Gestures {
    /// For the current page.
    pub(crate) fn new() -> Self {
        Self { backend: use_backend(), toasts: use_toasts(), navigator: use_navigator() }
    }

    /// Says that the person cannot go on.
    pub(crate) fn block(self, journey: JourneyId, step: StepId, reason: BlockReason, note: String) {
        self.send(BlockStep { journey, step, reason, note });
    }

    /// Ends a block.
    pub(crate) fn unblock(self, journey: JourneyId, step: StepId) {
        self.send(UnblockStep { journey, step });
    }

    /// Skips a step.
    pub(crate) fn waive(self, journey: JourneyId, step: StepId, reason: String) {
        self.send(WaiveStep { journey, step, reason });
    }

    /// Puts a skipped step back.
    pub(crate) fn restore(self, journey: JourneyId, step: StepId) {
        self.send(RestoreStep { journey, step });
    }

    /// Moves day 1.
    pub(crate) fn move_start(self, journey: JourneyId, start: jiff::civil::Date) {
        self.send(MoveStart { journey, start });
    }

    /// Takes a journey off the list and leaves it.
    pub(crate) fn withdraw(self, journey: JourneyId) {
        self.navigator.go(Route::Checklist);
        self.send(WithdrawJourney { journey });
    }

    /// Starts a journey and goes there.
    pub(crate) fn start(self, request: StartJourney) {
        spawn_local(async move {
            match self.backend.call(request).await {
                Ok(started) => {
                    self.toasts.changed(&started.changed);
                    self.navigator.go(Route::Journey(started.journey));
                }
                Err(error) => self.toasts.failed(&error),
            }
        });
    }

    fn send<R: Request<Reply = Changed> + 'static>(self, request: R) {
        spawn_local(async move {
            match self.backend.call(request).await {
                Ok(changed) => self.toasts.changed(&changed),
                Err(error) => self.toasts.failed(&error),
            }
        });
    }
}
