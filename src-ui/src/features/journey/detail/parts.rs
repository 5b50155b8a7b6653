//! The parts of a step as numbered tasks, each with its own box.

use leptos::prelude::*;
use waymark_api::ipc::journey::{StepItem, StepPart, StepStatus, StepView};
use waymark_core::id::StepId;

use super::facts::DocLinks;
use crate::{
    features::journey::{Ticks, model::words},
    kit::{Badge, Checkbox, Icon, IconView, Prose, Status, StatusKind, dates},
    routes::Route,
    state::use_session,
};

/// The parts of a step.
#[component]
pub(crate) fn PartList(
    /// The step.
    #[prop(into)]
    view: Signal<StepView>,
    /// Ticks under way.
    ticks: Ticks,
) -> impl IntoView {
    let ids =
        Memo::new(move |_| view.with(|view| view.parts.iter().map(|part| part.item.id.clone()).collect::<Vec<_>>()));
    let any = Memo::new(move |_| ids.with(|ids| !ids.is_empty()));
    move || {
        any.get().then(|| {
            view! {
                <ol class="wm-tasks" aria-label="Parts of this step">
                    <For each=move || ids.get().into_iter().enumerate() key=|(_, id)| id.clone() let((at, id))>
                        <Task view ticks id number=at + 1/>
                    </For>
                </ol>
            }
        })
    }
}

/// One part: its box with its number, title, text and pages.
#[component]
fn Task(
    /// The step that it is part of.
    #[prop(into)]
    view: Signal<StepView>,
    /// Ticks under way.
    ticks: Ticks,
    /// Which part.
    id: StepId,
    /// Its number, from 1.
    number: usize,
) -> impl IntoView {
    let journey = view.with_untracked(|view| view.journey);
    let part = part_signal(view, &id);
    let item = move |of: fn(&StepItem) -> bool| {
        Memo::new(move |_| part.with(|part| part.as_ref().is_some_and(|part| of(&part.item))))
    };
    let done = item(|item| item.status.is_done());
    let mixed = item(|item| item.status == StepStatus::Started);
    let disabled = item(|item| matches!(item.status, StepStatus::Locked { .. } | StepStatus::NotApplicable));
    let text = move |of: fn(&StepPart) -> String| {
        Memo::new(move |_| part.with(|part| part.as_ref().map(of).unwrap_or_default()))
    };
    let title = text(|part| part.item.title.clone());
    let body = text(|part| part.body_html.clone());
    let why = text(|part| part.why.clone().unwrap_or_default());
    let docs = Memo::new(move |_| part.with(|part| part.as_ref().map(|part| part.docs.clone()).unwrap_or_default()));
    let more =
        Memo::new(move |_| part.with(|part| part.as_ref().map(|part| part.item.children.clone()).unwrap_or_default()));
    let href = Route::Step(journey, id.clone()).href();
    let box_id = format!("part-{id}");
    view! {
        <li class="wm-task" class:wm-task--done=move || done.get()>
            <span class="wm-task__mark">
                <Checkbox
                    id=box_id
                    label=title
                    checked=done
                    mixed
                    disabled
                    on_toggle=move |wanted| ticks.set(journey, id.clone(), wanted)
                />
                <span class="wm-task__number wm-num" aria-hidden="true">{number}</span>
            </span>
            <div class="wm-task__content">
                <div class="wm-task__head">
                    <h2 class="wm-task__title"><a href=href>{move || title.get()}</a></h2>
                    {move || part.get().map(|part| view! { <TaskMeaning item=part.item/> })}
                </div>
                {move || {
                    let why = why.get();
                    (!why.is_empty()).then(|| view! { <p class="wm-task__why">{why}</p> })
                }}
                {move || {
                    let html = body.get();
                    (!html.is_empty()).then(|| view! { <div class="wm-task__body"><Prose html compact=true/></div> })
                }}
                <DocLinks docs/>
                <SmallerParts journey items=more ticks/>
            </div>
        </li>
    }
}

/// Parts of a part: boxes and links; their texts are on their own screens.
#[component]
fn SmallerParts(
    /// Which journey.
    journey: waymark_core::id::JourneyId,
    /// The parts.
    #[prop(into)]
    items: Signal<Vec<StepItem>>,
    /// Ticks under way.
    ticks: Ticks,
) -> impl IntoView {
    let ids = Memo::new(move |_| items.with(|items| items.iter().map(|item| item.id.clone()).collect::<Vec<_>>()));
    let row = move |id: StepId| {
        let find = {
            let id = id.clone();
            Memo::new(move |_| items.with(|items| items.iter().find(|item| item.id == id).cloned()))
        };
        let is = move |of: fn(&StepItem) -> bool| Memo::new(move |_| find.with(|item| item.as_ref().is_some_and(of)));
        let done = is(|item| item.status.is_done());
        let mixed = is(|item| item.status == StepStatus::Started);
        let disabled = is(|item| matches!(item.status, StepStatus::Locked { .. } | StepStatus::NotApplicable));
        let title =
            Memo::new(move |_| find.with(|item| item.as_ref().map(|item| item.title.clone()).unwrap_or_default()));
        let href = Route::Step(journey, id.clone()).href();
        let box_id = format!("part-{id}");
        view! {
            <li class="wm-task__small">
                <Checkbox id=box_id label=title checked=done mixed disabled settled=done
                    on_toggle=move |wanted| ticks.set(journey, id.clone(), wanted)/>
                <a href=href>{move || title.get()}</a>
            </li>
        }
    };
    let any = Memo::new(move |_| ids.with(|ids| !ids.is_empty()));
    move || {
        any.get().then(
            || view! { <ul class="wm-task__smaller"><For each=move || ids.get() key=Clone::clone children=row/></ul> },
        )
    }
}

/// When the part was done, or what is in its way.
#[component]
fn TaskMeaning(
    /// The part.
    item: StepItem,
) -> impl IntoView {
    let now = use_session().frame().with_untracked(|frame| frame.now);
    let badge = (!item.status.is_done()).then(|| words::role_badge(item.role)).flatten();
    let fact = match &item.status {
        StepStatus::Done { at, .. } => {
            let when = at.map_or_else(String::new, |at| format!(" {}", dates::ago(at, now)));
            view! { <span class="wm-task__meta wm-num">{format!("Done{when}")}</span> }.into_any()
        }
        StepStatus::Blocked { .. } => view! { <Status kind=StatusKind::Blocked>"Blocked"</Status> }.into_any(),
        StepStatus::Locked { by } => view! {
            <span class="wm-task__meta wm-task__lock"><IconView icon=Icon::Lock/>{words::after(by)}</span>
        }
        .into_any(),
        StepStatus::Open | StepStatus::Started | StepStatus::Waived { .. } | StepStatus::NotApplicable => {
            words::row_meta(&item).map(|meta| view! { <span class="wm-task__meta wm-num">{meta}</span> }).into_any()
        }
    };
    view! {
        {badge.map(|badge| view! { <Badge>{badge}</Badge> })}
        {fact}
    }
}

fn part_signal(view: Signal<StepView>, id: &StepId) -> Memo<Option<StepPart>> {
    let id = id.clone();
    Memo::new(move |_| view.with(|view| view.parts.iter().find(|part| part.item.id == id).cloned()))
}
