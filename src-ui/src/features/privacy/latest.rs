//! The newest facts, each of them to be opened.

use jiff::civil::DateTime;
use leptos::prelude::*;
use waymark_api::ipc::privacy::FactLine;

use super::{fact_row::FactRow, payload::Payload};
use crate::{
    kit::{Button, ButtonKind, ButtonSize, Icon},
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
            <For each=shown key=|fact| (fact.json.clone(), fact.held) let:fact>{row(fact, now)}</For>
        </ul>
        {more}
    }
}

fn row(FactLine { at, kind, title, json, held }: FactLine, now: Signal<DateTime>) -> impl IntoView {
    view! { <FactRow kind title held at now><Payload json=json.clone()/></FactRow> }
}
