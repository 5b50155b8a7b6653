//! Which phases are open. What the person chooses is kept on this device.

use std::collections::HashMap;

use leptos::prelude::*;
use waymark_core::id::{JourneyId, PhaseId};

use crate::features::journey::model::outline::Filter;

/// The folds of one journey.
#[derive(Clone, Copy)]
pub(crate) struct Folds {
    journey: JourneyId,
    filter: RwSignal<Filter>,
    /// By phase, and whether the list is filtered.
    known: StoredValue<HashMap<(PhaseId, bool), ArcRwSignal<bool>>>,
}

impl Folds {
    /// Nothing touched yet.
    pub(crate) fn new(journey: JourneyId, filter: RwSignal<Filter>) -> Self {
        Self { journey, filter, known: StoredValue::default() }
    }

    /// Whether a phase is open: as the person left it, else as the phase suggests. A filtered list opens
    /// everything and forgets its folds, so that it never hides what was asked for.
    pub(crate) fn of(self, phase: &PhaseId, suggested: bool) -> ArcRwSignal<bool> {
        let filtered = self.filter.get() != Filter::All;
        let key = (phase.clone(), filtered);
        let known = self.known.with_value(|known| known.get(&key).cloned());
        known.unwrap_or_else(|| {
            let before = if filtered { None } else { recall(self.journey, phase) };
            let open = ArcRwSignal::new(before.unwrap_or(suggested));
            self.known.update_value(|known| drop(known.insert(key, open.clone())));
            open
        })
    }

    /// Remembers what the person chose in the whole list.
    pub(crate) fn keep(self, phase: &PhaseId, open: bool) {
        if let Some(storage) = storage() {
            // Without storage the fold still holds for this visit.
            let _ = storage.set_item(&key(self.journey, phase), if open { "open" } else { "closed" });
        }
    }
}

fn recall(journey: JourneyId, phase: &PhaseId) -> Option<bool> {
    storage()?.get_item(&key(journey, phase)).ok()?.map(|text| text == "open")
}

fn key(journey: JourneyId, phase: &PhaseId) -> String {
    format!("waymark.phase:{journey}:{phase}")
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}
