//! The newest facts, each of them to be opened.

use jiff::civil::DateTime;
use leptos::prelude::*;
use waymark_api::ipc::privacy::FactLine;

use super::payload::Payload;
use crate::{
    kit::{Button, ButtonKind, ButtonSize, Icon, IconView, dates, unique_id},
    state::use_session,
};

/// How many facts are listed before the person asks for more.
const SHOWN: usize = 8;

/// The newest facts, newest first.
#[component]
pub(super) fn LatestFacts(
    /// The facts.
    #[prop(into)]
    facts: Signal<Vec<FactLine>>,
) -> impl IntoView {
    let session = use_session();
    let now = Signal::derive(move || session.frame().with(|frame| frame.now));
    let all = RwSignal::new(false);
    let shown = move || {
        let limit = if all.get() { usize::MAX } else { SHOWN };
        facts.with(|facts| facts.iter().take(limit).cloned().collect::<Vec<_>>())
    };
    let more =
        move || {
            let count = facts.with(Vec::len);
            (count > SHOWN && !all.get()).then(|| view! {
            <Button size=ButtonSize::Small kind=ButtonKind::Ghost icon=Icon::Down on_press=move || all.set(true)>
                {format!("Show the latest {count}")}
            </Button>
        })
        };
    view! {
        <ul class="wm-rows">
            <For each=shown key=|fact| (fact.json.clone(), fact.held) let:fact><Fact fact now/></For>
        </ul>
        {more}
    }
}

/// One fact: a row that opens.
#[component]
fn Fact(
    /// The fact.
    fact: FactLine,
    /// What time it is.
    now: Signal<DateTime>,
) -> impl IntoView {
    let FactLine { at, kind, title, json, held } = fact;
    let id = unique_id("fact");
    let open = RwSignal::new(false);
    let controls = id.clone();
    view! {
        <li class:wm-fact--open=move || open.get()>
            <button
                class="wm-fact__row"
                type="button"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-controls=controls
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <IconView icon=Icon::Right/>
                <span class="wm-fact__kind">{kind}</span>
                <span class="wm-fact__title">{title}</span>
                {held.then(|| view! { <span class="wm-fact__held"><IconView icon=Icon::Lock/>"held back"</span> })}
                <time class="wm-fact__time" datetime=at.to_string()>{move || dates::ago(at, now.get())}</time>
            </button>
            <div id=id hidden=move || !open.get()>
                {move || open.get().then(|| view! { <Payload json=json.clone()/> })}
            </div>
        </li>
    }
}
