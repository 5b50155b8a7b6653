//! One step in the list: its box, its link, and what matters about it.

use std::sync::Arc;

use leptos::prelude::*;
use waymark_api::ipc::journey::StepStatus;
use waymark_core::id::StepId;

use super::ListState;
use crate::{
    features::journey::model::{outline::Row, words},
    kit::{Badge, Checkbox, Icon, IconView, Status, StatusKind},
    routes::Route,
};

/// A step and, below it, its parts.
#[component]
pub(crate) fn StepRow(
    /// What the list knows.
    state: ListState,
    /// Which step.
    id: StepId,
) -> impl IntoView {
    let row = row_signal(state, &id);
    let parts = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.parts.clone()).unwrap_or_default()));
    let title = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.item.title.clone()).unwrap_or_default()));
    let has_parts = Memo::new(move |_| parts.with(|parts| !parts.is_empty()));
    view! {
        <li>
            <RowLine state id row title/>
            {move || has_parts.get().then(|| view! {
                <ol class="wm-substeps" aria-label=move || format!("Parts of {}", title.get())>
                    <For each=move || parts.get() key=Clone::clone let:id>
                        <StepRow state id/>
                    </For>
                </ol>
            }.into_any())}
        </li>
    }
    .into_any()
}

/// The line itself.
#[component]
fn RowLine(
    /// What the list knows.
    state: ListState,
    /// Which step.
    id: StepId,
    /// The step.
    row: Memo<Option<Arc<Row>>>,
    /// Its title.
    title: Memo<String>,
) -> impl IntoView {
    let is = move |test: fn(&Row) -> bool| Memo::new(move |_| row.with(|row| row.as_deref().is_some_and(test)));
    let done = is(|row| row.item.status.is_done());
    let mixed = is(Row::mixed);
    let off = is(|row| matches!(row.item.status, StepStatus::Waived { .. } | StepStatus::NotApplicable));
    let disabled = is(|row| matches!(row.item.status, StepStatus::Locked { .. } | StepStatus::NotApplicable));
    let current = Memo::new({
        let id = id.clone();
        move |_| state.opened.with(|opened| opened.as_ref() == Some(&id))
    });
    let stop = Memo::new({
        let id = id.clone();
        move |_| state.tab_stop.with(|stop| stop.as_ref() == Some(&id))
    });
    let href = Signal::derive({
        let id = id.clone();
        move || Route::Step(state.journey, id.clone()).href()
    });
    let toggle = {
        let id = id.clone();
        move |wanted| state.tick(&id, wanted)
    };
    let take_focus = {
        let id = id.clone();
        move |_| state.focused.set(Some(id.clone()))
    };
    let meaning = move || row.get().map(|row| view! { <RowMeaning row/> });
    view! {
        <div
            class="wm-step"
            class:wm-step--done=move || done.get()
            class:wm-step--off=move || off.get()
            class:wm-step--current=move || current.get()
            data-step=id.to_string()
            on:focusin=take_focus
        >
            <Checkbox
                id=format!("tick-{id}")
                label=title
                checked=done
                mixed
                disabled
                settled=done
                tab_stop=Signal::from(stop)
                on_toggle=toggle
            />
            <a
                class="wm-step__title"
                href=move || href.get()
                title=move || title.get()
                aria-current=move || current.get().then_some("true")
                tabindex=move || if stop.get() { "0" } else { "-1" }
            >
                {move || title.get()}
            </a>
            {meaning}
        </div>
    }
}

/// Whose step it is, and the one fact that matters most: locked, blocked, due, or how long it takes.
#[component]
fn RowMeaning(
    /// The step.
    row: Arc<Row>,
) -> impl IntoView {
    let item = &row.item;
    let badge = (!item.status.is_done()).then(|| words::role_badge(item.role)).flatten();
    let fact = match &item.status {
        StepStatus::Blocked { .. } => Some(view! { <Status kind=StatusKind::Blocked>"Blocked"</Status> }.into_any()),
        StepStatus::Locked { by } => {
            let after = words::after(by);
            Some(
                view! {
                    <span class="wm-step__lock" title=after.clone()>
                        <IconView icon=Icon::Lock/>
                        <span class="wm-hidden">{format!("Locked, {after}")}</span>
                    </span>
                }
                .into_any(),
            )
        }
        status if status.is_open() && words::due_word(item.due).is_some() => {
            let words = words::due_word(item.due).zip(words::due_alarm(item.due));
            words.map(|(word, alarm)| {
                let title = alarm.clone();
                view! {
                    <span class="wm-step__due" title=title>
                        <Status kind=StatusKind::Due>
                            <span aria-hidden="true">{word}</span>
                            <span class="wm-hidden">{alarm}</span>
                        </Status>
                    </span>
                }
                .into_any()
            })
        }
        _ => words::row_meta(item).map(|meta| view! { <span class="wm-step__meta wm-num">{meta}</span> }.into_any()),
    };
    view! {
        {badge.map(|badge| view! { <Badge>{badge}</Badge> })}
        {fact}
    }
}

fn row_signal(state: ListState, id: &StepId) -> Memo<Option<Arc<Row>>> {
    let id = id.clone();
    Memo::new(move |_| state.row(&id))
}
