//! What the list knows: the laid-out journey, the filter, what is folded, and which row has the keyboard.

use std::{collections::HashSet, sync::Arc};

use leptos::prelude::*;
use waymark_api::ipc::journey::JourneyView;
use waymark_core::id::{JourneyId, PhaseId, StepId};

use super::fold::Folds;
use crate::features::journey::{
    Ticks,
    dialogs::Blocking,
    model::{
        focus,
        outline::{self, Filter, Outline, PhaseLines, Row},
    },
};

/// What the list knows. A handle; every row holds one.
#[derive(Clone, Copy)]
pub(crate) struct ListState {
    /// The journey on screen.
    pub(crate) journey: JourneyId,
    /// Its list.
    pub(crate) outline: Memo<Outline>,
    /// The step that the detail shows.
    pub(crate) opened: Signal<Option<StepId>>,
    /// Which steps are shown.
    pub(crate) filter: RwSignal<Filter>,
    /// Which phases are open.
    pub(crate) folds: Folds,
    /// Rows on screen from top to bottom.
    pub(crate) rows: Memo<Vec<StepId>>,
    /// The row that the Tab key reaches.
    pub(crate) tab_stop: Memo<Option<StepId>>,
    /// The row that had the keyboard last.
    pub(crate) focused: RwSignal<Option<StepId>>,
    /// Opens the dialog that asks what blocks a step.
    pub(crate) ask_block: Callback<Blocking>,
    /// Steps that stay although the filter leaves them out, because they were ticked just now.
    kept: RwSignal<HashSet<StepId>>,
    ticks: Ticks,
}

impl ListState {
    /// The list of `view`, which stays the same journey.
    pub(crate) fn new(
        view: Signal<JourneyView>,
        opened: Signal<Option<StepId>>,
        ticks: Ticks,
        ask_block: Callback<Blocking>,
    ) -> Self {
        let journey = view.with_untracked(|view| view.id);
        let filter = RwSignal::new(Filter::All);
        let kept = RwSignal::new(HashSet::new());
        let outline =
            Memo::new(move |_| kept.with(|kept| view.with(|view| outline::outline(view, filter.get(), kept))));
        let folds = Folds::new(journey, filter);
        let rows = Memo::new(move |_| {
            outline.with(|outline| {
                let open = outline.phases.iter().filter(|phase| folds.of(&phase.id, phase.open).get());
                open.flat_map(|phase| phase.rows.iter().cloned()).collect::<Vec<StepId>>()
            })
        });
        let focused = RwSignal::new(None);
        let tab_stop = Memo::new(move |_| {
            let (focused, opened): (Option<StepId>, Option<StepId>) = (focused.get(), opened.get());
            rows.with(|rows| focus::tab_stop(rows, focused.as_ref(), opened.as_ref()).cloned())
        });
        Self { journey, outline, opened, filter, folds, rows, tab_stop, focused, ask_block, kept, ticks }
    }

    /// A phase of the list.
    pub(crate) fn phase(self, id: &PhaseId) -> Option<PhaseLines> {
        self.outline.with(|outline| outline.phases.iter().find(|phase| phase.id == *id).cloned())
    }

    /// A row of the list.
    pub(crate) fn row(self, id: &StepId) -> Option<Arc<Row>> {
        self.outline.with(|outline| outline.rows.get(id).cloned())
    }

    /// Ticks a step, or takes its tick back; it stays in the list until the filter is chosen again.
    pub(crate) fn tick(self, id: &StepId, done: bool) {
        if self.filter.get_untracked() != Filter::All {
            self.kept.update(|kept| {
                kept.insert(id.clone());
            });
        }
        self.ticks.set(self.journey, id.clone(), done);
    }

    /// Shows other steps.
    pub(crate) fn choose_filter(self, filter: Filter) {
        self.kept.update(HashSet::clear);
        self.filter.set(filter);
    }
}
