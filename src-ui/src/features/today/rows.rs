//! What comes then, what waits on others, and what was begun to be read.

use leptos::prelude::*;
use waymark_api::ipc::{
    journey::StepStatus,
    today::{StepRow, TodayView},
};
use waymark_core::id::{JourneyId, StepId};

use super::model::rows::{Held, nudge, then, ticked, waiting};
use crate::{
    features::journey::{Reader, Ticks, words},
    kit::{Badge, ButtonSize, Checkbox, CopyButton, Icon, IconView, LinkButton, Ring, StatusKind, dates},
    routes::Route,
};

/// The steps after the next one; they can be ticked here.
#[component]
pub(crate) fn Then(
    /// What Today shows.
    #[prop(into)]
    view: Signal<TodayView>,
    /// Ticks under way.
    ticks: Ticks,
) -> impl IntoView {
    let held = RwSignal::new(Vec::<Held>::new());
    let rows = Memo::new(move |_| held.with(|held| view.with(|view| then(view, held))));
    let any = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
    let ids = move || rows.with(|rows| rows.iter().map(|(row, _)| (row.journey, row.step.clone())).collect::<Vec<_>>());
    let toggle = move |(journey, step): (JourneyId, StepId), wanted: bool| {
        rows.with_untracked(|rows| {
            let at = rows.iter().position(|(row, _)| row.journey == journey && row.step == step);
            if let Some((at, (row, _))) = at.and_then(|at| Some((at, rows.get(at)?))) {
                held.update(|held| {
                    held.retain(|(_, other)| other.journey != journey || other.step != step);
                    if wanted {
                        held.push((at, row.clone()));
                    }
                });
            }
        });
        ticks.set(journey, step, wanted);
    };
    move || {
        any.get().then(|| {
            view! {
                <section class="wm-today__group" aria-labelledby="today-then">
                    <h2 class="wm-eyebrow" id="today-then">"Then"</h2>
                    <ol class="wm-rows">
                        <For each=ids key=Clone::clone let:id>
                            <ThenRow rows id=id.clone() ticks on_toggle=move |wanted| toggle(id.clone(), wanted)/>
                        </For>
                    </ol>
                </section>
            }
        })
    }
}

/// One step with its box.
#[component]
fn ThenRow(
    /// All rows.
    rows: Memo<Vec<(StepRow, bool)>>,
    /// Which one.
    id: (JourneyId, StepId),
    /// Ticks under way.
    ticks: Ticks,
    /// Called with the state that the person wants.
    #[prop(into)]
    on_toggle: Callback<bool>,
) -> impl IntoView {
    let (journey, step) = id;
    let row = Memo::new({
        let step = step.clone();
        move |before: Option<&Option<(StepRow, bool)>>| {
            let find = |rows: &Vec<(StepRow, bool)>| {
                rows.iter().find(|(row, _)| row.journey == journey && row.step == step).cloned()
            };
            rows.with(find).or_else(|| before.cloned().flatten())
        }
    });
    let done = Memo::new(move |_| {
        row.with(|row| row.as_ref().is_some_and(|(row, done)| ticked(row, *done, &ticks.pending(Reader::List))))
    });
    let of = move |fact: fn(&StepRow) -> String| {
        Memo::new(move |_| row.with(|row| row.as_ref().map(|(row, _)| fact(row)).unwrap_or_default()))
    };
    let title = of(|row| row.title.clone());
    let phase = of(|row| row.phase.clone());
    let minutes = of(|row| row.estimate_minutes.map(dates::minutes).unwrap_or_default());
    // The column is there where one row has an estimate; imported checklists have none.
    let timed = Memo::new(move |_| rows.with(|rows| rows.iter().any(|(row, _)| row.estimate_minutes.is_some())));
    let badge = row.with_untracked(|row| row.as_ref().and_then(|(row, _)| words::role_badge(row.role)));
    let mixed =
        Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|(row, _)| row.status == StepStatus::Started)));
    let mixed = Signal::derive(move || mixed.get() && !done.get());
    let href = Route::Step(journey, step.clone()).href();
    view! {
        <li class="wm-row wm-then" class:wm-row--done=move || done.get()>
            <Checkbox id=format!("then-{step}") label=title checked=done mixed settled=done on_toggle/>
            <a class="wm-row__title" href=href>{move || title.get()}</a>
            {badge.map(|badge| view! { <Badge>{badge}</Badge> })}
            <span class="wm-row__meta wm-row__meta--short">{move || phase.get()}</span>
            {move || timed.get().then(|| view! {
                <span class="wm-row__meta wm-today__duration wm-num">{move || minutes.get()}</span>
            })}
        </li>
    }
}

/// Blocked steps, and steps of other people that are due.
#[component]
pub(crate) fn Waiting(
    /// What Today shows.
    #[prop(into)]
    view: Signal<TodayView>,
) -> impl IntoView {
    let rows = Memo::new(move |_| view.with(|view| view.waiting.clone()));
    let row = move |row: StepRow| {
        let why = waiting(&row, view.with_untracked(|view| view.now));
        let blocked = matches!(row.status, StepStatus::Blocked { .. });
        let icon = if blocked { StatusKind::Blocked.icon() } else { Icon::Person };
        view! {
            <li class="wm-row wm-waiting">
                <span class="wm-today__mark" class:wm-today__mark--blocked=blocked><IconView icon/></span>
                <a class="wm-row__title" href=Route::Step(row.journey, row.step.clone()).href()>
                    {row.title.clone()}
                    {blocked.then(|| view! { <span class="wm-hidden">", blocked"</span> })}
                </a>
                <span class="wm-row__meta wm-row__meta--short wm-num" title=why.clone()>{why.clone()}</span>
                <CopyButton size=ButtonSize::Small text=nudge(&row) label="Copy nudge"/>
            </li>
        }
    };
    move || {
        let rows = rows.get();
        (!rows.is_empty()).then(|| {
            view! {
                <section class="wm-today__group" aria-labelledby="today-waiting">
                    <h2 class="wm-eyebrow" id="today-waiting">"Waiting on others"</h2>
                    <ul class="wm-rows">{rows.into_iter().map(row).collect_view()}</ul>
                </section>
            }
        })
    }
}

/// A page that was begun.
#[component]
pub(crate) fn Reading(
    /// What Today shows.
    #[prop(into)]
    view: Signal<TodayView>,
) -> impl IntoView {
    let reading = Memo::new(move |_| view.with(|view| view.reading.clone()));
    move || {
        reading.get().map(|page| {
            let percent = (page.progress * 100.0).clamp(0.0, 100.0);
            let left = format!("{percent:.0} % · {} left", dates::minutes(page.minutes_left.max(1)));
            view! {
                <section class="wm-today__group" aria-labelledby="today-reading">
                    <h2 class="wm-eyebrow" id="today-reading">"Continue reading"</h2>
                    <ul class="wm-rows">
                        <li class="wm-row">
                            <Ring percent=percent/>
                            <a class="wm-row__title" href=page.route.clone()>{page.title.clone()}</a>
                            <span class="wm-row__meta wm-num">{left}</span>
                            <LinkButton size=ButtonSize::Small href=page.route>"Resume"</LinkButton>
                        </li>
                    </ul>
                </section>
            }
        })
    }
}
