//! Ticking a step: seen at once, on disk a moment later, taken back on screen where the disk said no.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::ipc::journey::{CompleteStep, ReopenStep};
use waymark_core::id::{JourneyId, StepId};

use super::model::{
    pending::{Moment, Pending, Reader},
    ticks::Tick,
};
use crate::{
    backend::{Backend, use_backend},
    state::{Toasts, use_toasts},
};

/// The ticks of one screen.
#[derive(Clone, Copy)]
pub(crate) struct Ticks {
    pending: RwSignal<Pending>,
    backend: Backend,
    toasts: Toasts,
}

impl Ticks {
    /// Without ticks; made by the page.
    pub(crate) fn new() -> Self {
        Self { pending: RwSignal::default(), backend: use_backend(), toasts: use_toasts() }
    }

    /// Ticks a step, or takes its tick back.
    pub(crate) fn set(self, journey: JourneyId, step: StepId, done: bool) {
        let mut id = None;
        self.pending.update(|pending| id = Some(pending.add(journey, step.clone(), done)));
        let id = id.expect("the update above ran");
        spawn_local(async move {
            let reply = if done {
                self.backend.call(CompleteStep { journey, step }).await
            } else {
                self.backend.call(ReopenStep { journey, step }).await
            };
            // The page may have been left meanwhile; the toast belongs to the window and comes all the same.
            self.pending.try_update(|pending| match &reply {
                Ok(_) => pending.confirm(id),
                Err(_) => pending.refuse(id),
            });
            match reply {
                Ok(changed) => self.toasts.changed(&changed),
                Err(error) => self.toasts.failed(&error),
            }
        });
    }

    /// Ticks that this reader's data does not have yet.
    pub(crate) fn pending(self, reader: Reader) -> Vec<Tick> {
        self.pending.with(|pending| pending.over(reader))
    }

    /// The moment to name when the data comes that is asked for now.
    pub(crate) fn now(self) -> Moment {
        self.pending.try_with_untracked(Pending::now).unwrap_or_default()
    }

    /// Data came that was asked for at `begun`.
    pub(crate) fn loaded(self, reader: Reader, begun: Moment) {
        if self.pending.try_with_untracked(|pending| pending.brings(reader, begun)).unwrap_or(false) {
            self.pending.try_update(|pending| pending.loaded(reader, begun));
        }
    }
}
