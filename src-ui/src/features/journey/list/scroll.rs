//! The open step is in sight.

use leptos::prelude::*;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use super::ListState;

/// Opens the phase of the open step and scrolls its row into sight, for whoever came by a link, by "next
/// step" or by the palette. Rows that are in sight already do not move.
pub(crate) fn bring_into_view(state: ListState) {
    let Some(opened) = state.opened.get_untracked() else { return };
    let phase = state.outline.with_untracked(|outline| {
        outline.phases.iter().find(|phase| phase.rows.contains(&opened)).map(|phase| (phase.id.clone(), phase.open))
    });
    if let Some((id, suggested)) = phase {
        let open = untrack(|| state.folds.of(&id, suggested));
        if !open.get_untracked() {
            open.set(true);
        }
    }
    request_animation_frame(|| {
        let Ok(Some(row)) = document().query_selector(".wm-step--current") else { return };
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        row.scroll_into_view_with_scroll_into_view_options(&options);
    });
}
