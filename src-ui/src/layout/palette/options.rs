//! The palette's rows.

use leptos::prelude::*;
use waymark_api::ipc::search::{Hit, HitKind, Segment};

use super::{
    model::{Group, Row, Target},
    standing::standing,
};
use crate::{
    commands::Command,
    kit::{Icon, IconView, Kbd, Status},
};

/// Id of the list.
pub(super) const LISTBOX: &str = "palette-list";

/// Id of a row.
pub(super) fn option_id(index: usize) -> String {
    format!("wm-palette-{index}")
}

/// Scrolls a row into view.
pub(super) fn scroll_to(index: usize) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    if let Some(row) = document().get_element_by_id(&option_id(index)) {
        row.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// The list of rows in groups, or a word where nothing was found.
#[component]
pub(super) fn Options(
    /// The list.
    groups: Memo<Vec<Group>>,
    /// What is said where it has no rows.
    nothing: Signal<&'static str>,
    /// Index of the chosen row.
    at: Memo<usize>,
    /// Called with a row's index when it is clicked.
    go: Callback<usize>,
    /// The commands that rows may stand for.
    available: Vec<Command>,
) -> impl IntoView {
    let available = StoredValue::new(available);
    move || {
        let groups = groups.get();
        if groups.is_empty() {
            return view! { <p class="wm-palette__none">{move || nothing.get()}</p> }.into_any();
        }
        let sections = groups.into_iter().map(|group| {
            let label = format!("wm-palette-label-{}", group.first);
            let labelled_by = label.clone();
            let rows = group.rows.into_iter().enumerate();
            let rows = rows.map(|(offset, row)| option(group.first + offset, row, at, go, available)).collect_view();
            view! {
                <div role="group" aria-labelledby=labelled_by>
                    <span class="wm-eyebrow wm-palette__label" id=label>{group.label}</span>
                    {rows}
                </div>
            }
        });
        view! { <div class="wm-palette__list" id=LISTBOX role="listbox" aria-label="Results">{sections.collect_view()}</div> }.into_any()
    }
}

fn option(
    index: usize,
    row: Row,
    at: Memo<usize>,
    go: Callback<usize>,
    available: StoredValue<Vec<Command>>,
) -> AnyView {
    let chosen = Memo::new(move |_| at.get() == index);
    let command = match row.target {
        Target::Command(id) => available.with_value(|all| all.iter().find(|command| command.id == id).copied()),
        Target::Hit(_) | Target::More(_) => None,
    };
    let icon = match &row.target {
        Target::Hit(hit) => hit_icon(hit.kind),
        Target::Command(_) => command.map_or(Icon::Play, |command| command.icon),
        Target::More(_) => Icon::Down,
    };
    let (context, snippet, status) = match row.target {
        Target::Hit(Hit { context, snippet, status, due, .. }) => (context, snippet, standing(status.as_ref(), due)),
        Target::Command(_) | Target::More(_) => (String::new(), Vec::new(), None),
    };
    let keys = command.and_then(|command| command.printed_keys());
    let enter = move || (chosen.get() && keys.is_none()).then(|| view! { <Kbd keys="Enter"/> });
    view! {
        <div
            class="wm-option"
            role="option"
            id=option_id(index)
            aria-selected=move || if chosen.get() { "true" } else { "false" }
            on:mousedown=|event| event.prevent_default()
            on:click=move |_| go.run(index)
        >
            <IconView icon/>
            <span class="wm-option__title">
                {marked(row.title)}
                {(!context.is_empty()).then(|| view! { <span class="wm-option__where">{context}</span> })}
            </span>
            <span class="wm-option__end">
                {status.map(|(kind, text)| view! { <Status kind>{text}</Status> })}
                {keys.map(|keys| view! { <Kbd keys/> })}
                {enter}
            </span>
            {(!snippet.is_empty()).then(|| view! { <span class="wm-option__text">{marked(snippet)}</span> })}
        </div>
    }
    .into_any()
}

fn hit_icon(kind: HitKind) -> Icon {
    match kind {
        HitKind::Step => Icon::Checklist,
        HitKind::Page => Icon::Page,
        HitKind::Item => Icon::Roadmap,
    }
}

/// Words with their matches marked.
fn marked(segments: Vec<Segment>) -> impl IntoView {
    let part = |segment: Segment| {
        if segment.marked { view! { <mark>{segment.text}</mark> }.into_any() } else { segment.text.into_any() }
    };
    segments.into_iter().map(part).collect_view()
}
