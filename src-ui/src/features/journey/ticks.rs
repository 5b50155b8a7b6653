//! Ticking a step: seen at once, on disk a moment later, taken back on screen where the disk said no.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::ipc::journey::{CompleteStep, ReopenStep};
use waymark_core::id::{JourneyId, StepId};

use super::model::ticks::Tick;
use crate::{
    backend::{Backend, use_backend},
    state::{Toasts, use_toasts},
};

/// More ticks than anybody makes before the next load; older ones are in the data by then.
const KEPT: usize = 64;

/// Who paints ticks that the loaded data does not have yet. Each of them loads on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    /// A list of steps: the checklist's, or Today's.
    List,
    /// The step at its side.
    Detail,
}

#[derive(Clone, Debug)]
struct Entry {
    tick: Tick,
    /// Whether the list's data, and the detail's data, have it.
    loaded: [bool; 2],
}

/// The ticks of one screen.
#[derive(Clone, Copy)]
pub(crate) struct Ticks {
    entries: RwSignal<Vec<Entry>>,
    backend: Backend,
    toasts: Toasts,
}

impl Ticks {
    /// Without ticks; made by the page.
    pub(crate) fn new() -> Self {
        Self { entries: RwSignal::default(), backend: use_backend(), toasts: use_toasts() }
    }

    /// Ticks a step, or takes its tick back.
    pub(crate) fn set(self, journey: JourneyId, step: StepId, done: bool) {
        let same = {
            let step = step.clone();
            move |entry: &Entry| entry.tick.journey == journey && entry.tick.step == step
        };
        self.entries.update(|entries| {
            entries.retain(|entry| !same(entry));
            let extra = entries.len().saturating_sub(KEPT - 1);
            entries.drain(..extra);
            let tick = Tick { journey, step: step.clone(), done, settled: false };
            entries.push(Entry { tick, loaded: [false; 2] });
        });
        spawn_local(async move {
            let reply = if done {
                self.backend.call(CompleteStep { journey, step }).await
            } else {
                self.backend.call(ReopenStep { journey, step }).await
            };
            // The page may have been left meanwhile; the toast belongs to the window and comes all the same.
            self.entries.try_update(|entries| match &reply {
                Ok(_) => entries.iter_mut().filter(|entry| same(entry)).for_each(|entry| entry.tick.settled = true),
                Err(_) => entries.retain(|entry| !same(entry)),
            });
            match reply {
                Ok(changed) => self.toasts.changed(&changed),
                Err(error) => self.toasts.failed(&error),
            }
        });
    }

    /// Ticks that this reader's data does not have yet.
    pub(crate) fn pending(self, reader: Reader) -> Vec<Tick> {
        self.entries.with(|entries| {
            entries.iter().filter(|entry| !entry.loaded[reader as usize]).map(|entry| entry.tick.clone()).collect()
        })
    }

    /// Fresh data came: it has every tick that the device had confirmed.
    pub(crate) fn loaded(self, reader: Reader) {
        let settled = |entry: &Entry| entry.tick.settled && !entry.loaded[reader as usize];
        if !self.entries.try_with_untracked(|entries| entries.iter().any(settled)).unwrap_or(false) {
            return;
        }
        self.entries.try_update(|entries| {
            entries.iter_mut().filter(|entry| settled(entry)).for_each(|entry| entry.loaded[reader as usize] = true);
            entries.retain(|entry| entry.loaded != [true; 2]);
        });
    }
}
