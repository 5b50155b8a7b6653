//! All keys on one sheet, made from the registry.

use leptos::prelude::*;

use super::use_frame_state;
use crate::{
    commands::{Group, use_commands},
    kit::{Dialog, DialogSize, Kbd},
    state::use_session,
};

/// Keys that belong to a focused list of steps and not to the window.
const IN_LISTS: [(&str, &str); 6] = [
    ("↑", "Go to the step above"),
    ("↓", "Go to the step below"),
    ("Enter", "Open the step"),
    ("X", "Tick the step"),
    ("E", "Open its docs"),
    ("B", "Mark it as blocked"),
];

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
    let (commands, session) = (use_commands().all(), use_session());
    let group = |group: Group| {
        let lines: Vec<(&str, &str)> = commands
            .iter()
            .filter(|command| command.group == group)
            .filter_map(|command| Some((command.printed_keys()?, command.title)))
            .collect();
        view! { <Lines title=group.title() lines/> }
    };
    let single_keys = session.preferences().with_untracked(|preferences| preferences.single_keys);
    let in_lists: Vec<(&str, &str)> =
        IN_LISTS.into_iter().filter(|(keys, _)| single_keys || !keys.chars().all(|key| key.is_ascii_uppercase())).collect();
    view! {
        <div class="wm-sheet">
            {Group::ALL.into_iter().map(group).collect_view()}
            <Lines title="In a list of steps" lines=in_lists/>
        </div>
    }
}

/// One group of the sheet.
#[component]
fn Lines(
    /// Its name.
    title: &'static str,
    /// Keys and what they do.
    lines: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let line = |(keys, what): (&'static str, &'static str)| {
        view! { <div class="wm-sheet__line"><dt>{what}</dt><dd><Kbd keys/></dd></div> }
    };
    view! {
        <section class="wm-sheet__group">
            <h3 class="wm-eyebrow wm-sheet__title">{title}</h3>
            <dl>{lines.into_iter().map(line).collect_view()}</dl>
        </section>
    }
}
