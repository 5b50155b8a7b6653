//! All keys on one sheet, made from the registry.

use leptos::prelude::*;

use super::use_frame_state;
use crate::{
    commands::{SheetGroup, sheet, use_commands},
    kit::{Dialog, DialogSize, Kbd},
    state::use_session,
};

/// The shortcut sheet.
#[component]
pub(super) fn ShortcutSheet() -> impl IntoView {
    let frame = use_frame_state();
    view! {
        <Dialog open=frame.shortcuts() title="Keyboard shortcuts" size=DialogSize::Wide>
            <Sheet/>
        </Dialog>
    }
}

#[component]
fn Sheet() -> impl IntoView {
    let single_keys = use_session().preferences().with_untracked(|preferences| preferences.single_keys);
    let groups = sheet(&use_commands().all(), single_keys);
    view! { <div class="wm-sheet">{groups.into_iter().map(|group| view! { <Lines group/> }).collect_view()}</div> }
}

/// One group of the sheet. Only the first keys of a command are printed here; the settings list all.
#[component]
fn Lines(
    /// The group.
    group: SheetGroup,
) -> impl IntoView {
    let line = |(what, keys): (&'static str, Vec<&'static str>)| {
        let keys = keys.first().copied().unwrap_or_default();
        view! { <div class="wm-sheet__line"><dt>{what}</dt><dd><Kbd keys/></dd></div> }
    };
    view! {
        <section class="wm-sheet__group">
            <h3 class="wm-eyebrow wm-sheet__title">{group.title}</h3>
            <dl>{group.lines.into_iter().map(line).collect_view()}</dl>
        </section>
    }
}
