//! "Next up": the one step to do.

use leptos::prelude::*;
use waymark_api::ipc::{
    journey::DocLink,
    today::{NextStep, StepRow, TodayView},
};

use crate::{
    features::journey::{Blocking, words},
    kit::{Button, ButtonKind, Icon, LinkButton, Status, StatusKind, TextLink, dates},
    routes::Route,
};

/// The one step to do, or why there is none.
#[component]
pub(crate) fn NextUp(
    /// What Today shows.
    #[prop(into)]
    view: Signal<TodayView>,
    /// Opens the dialog that asks what blocks a step.
    ask_block: Callback<Blocking>,
) -> impl IntoView {
    let next = Memo::new(move |_| view.with(|view| view.next.clone()));
    let waits = Memo::new(move |_| view.with(|view| !view.waiting.is_empty()));
    let card = move || {
        match next.get() {
        Some(next) => view! { <NextCard next ask_block/> }.into_any(),
        None => view! {
            <div class="wm-card wm-next wm-next--none">
                <p class="wm-next__title">"Nothing for you right now"</p>
                <p class="wm-next__why">
                    {move || if waits.get() { "What is left waits on others, below." } else { "What is left comes later. The checklist has it all." }}
                </p>
            </div>
        }
        .into_any(),
    }
    };
    view! {
        <section class="wm-today__group wm-today__group--next" aria-labelledby="today-next">
            <h2 class="wm-eyebrow" id="today-next">"Next up"</h2>
            {card}
        </section>
    }
}

/// The card.
#[component]
fn NextCard(
    /// The step.
    next: NextStep,
    /// Opens the dialog that asks what blocks a step.
    ask_block: Callback<Blocking>,
) -> impl IntoView {
    let NextStep { row, why, docs } = next;
    let href = Route::Step(row.journey, row.step.clone()).href();
    let about = Blocking { journey: row.journey, step: row.step.clone(), title: row.title.clone() };
    let page = docs.into_iter().find_map(|DocLink { title, route }| Some((title, route?)));
    view! {
        <article class="wm-card wm-next">
            <div class="wm-next__head">
                <h3 class="wm-next__title">{row.title.clone()}</h3>
                <NextFacts row/>
            </div>
            {why.map(|why| view! { <p class="wm-next__why">{why}</p> })}
            <div class="wm-next__actions">
                <LinkButton kind=ButtonKind::Primary href>"Continue"</LinkButton>
                <Button kind=ButtonKind::Ghost on_press=move |()| ask_block.run(about.clone())>"I’m blocked"</Button>
                {page.map(|(title, route)| view! { <TextLink href=route icon=Icon::Docs>{title}</TextLink> })}
            </div>
        </article>
    }
}

/// Due day, parts and time.
#[component]
fn NextFacts(
    /// The step.
    row: StepRow,
) -> impl IntoView {
    let due = match words::due_alarm(row.due) {
        Some(alarm) => Some(view! { <Status kind=StatusKind::Due>{alarm}</Status> }.into_any()),
        None => row.due.map(|due| view! { <span class="wm-num">{words::due_sentence(due)}</span> }.into_any()),
    };
    view! {
        <p class="wm-next__facts">
            {due}
            {row.parts.map(|parts| view! { <span class="wm-num">{format!("{} parts", words::of(parts))}</span> })}
            {row.estimate_minutes.map(|minutes| view! { <span class="wm-num">{dates::minutes(minutes)}</span> })}
        </p>
    }
}
