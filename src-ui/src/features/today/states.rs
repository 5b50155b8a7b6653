//! Today at the beginning, at the end, and with several journeys.

use leptos::prelude::*;
use waymark_api::ipc::{
    journey::{JourneyList, ListJourneys},
    today::{TodayView, Trail},
};

use crate::{
    backend::use_backend,
    features::journey::{StartDialog, TemplateList, words},
    kit::{Button, ButtonKind, EmptyState, Icon, LinkButton, ProgressBar, Status, StatusKind},
    routes::{Route, Section},
    state::use_session,
};

/// No journey was ever started: the ones that wait, or where to get one.
#[component]
pub(crate) fn NothingStarted() -> impl IntoView {
    let (list, session) = (journeys(), use_session());
    let available = Signal::derive(move || list.with(|list| list.available.clone()));
    let docs = move || session.frame().with(|frame| frame.packs.first().map(|pack| pack.route.clone()));
    view! {
        <section class="wm-today__group" aria-labelledby="today-begin">
            <h2 class="wm-eyebrow" id="today-begin">"Where to begin"</h2>
            {move || if available.with(Vec::is_empty) {
                view! {
                    <EmptyState
                        icon=Icon::Compass
                        title="No journey is under way"
                        text="A folder with a journey or a Markdown checklist brings one. Your next step stands here then."
                    >
                        {docs().map(|href| view! { <LinkButton kind=ButtonKind::Primary href>"Read the docs"</LinkButton> })}
                        <LinkButton href=Route::Settings(Section::Sources).href()>"Open a folder"</LinkButton>
                    </EmptyState>
                }.into_any()
            } else {
                view! {
                    <p class="wm-today__lead">"These journeys wait on this computer. Start the one that is yours."</p>
                    <TemplateList available on_start=|()| ()/>
                }.into_any()
            }}
        </section>
    }
}

/// Every journey is finished.
#[component]
pub(crate) fn AllDone(
    /// What Today shows.
    #[prop(into)]
    view: Signal<TodayView>,
) -> impl IntoView {
    let list = journeys();
    let available = Signal::derive(move || list.with(|list| list.available.clone()));
    let starting = RwSignal::new(false);
    let last = move || view.with(|view| view.finished.first().map(|trail| Route::Journey(trail.journey).href()));
    view! {
        <section class="wm-today__group wm-today__done" aria-labelledby="today-done">
            <article class="wm-card wm-next">
                <p><Status kind=StatusKind::Done>"Finished"</Status></p>
                <h2 class="wm-next__title" id="today-done">"Your first weeks are done"</h2>
                <p class="wm-next__why">"Everything stays here: your steps, your notes and what happened when."</p>
                <div class="wm-next__actions">
                    {move || last().map(|href| view! { <LinkButton kind=ButtonKind::Primary href>"Look back"</LinkButton> })}
                    {move || (!available.with(Vec::is_empty)).then(|| view! {
                        <Button on_press=move |()| starting.set(true)>"Start another journey…"</Button>
                    })}
                </div>
            </article>
            <StartDialog open=starting available/>
        </section>
    }
}

/// Other journeys that are under way, one line each.
#[component]
pub(crate) fn Others(
    /// What Today shows.
    #[prop(into)]
    view: Signal<TodayView>,
) -> impl IntoView {
    let others = Memo::new(move |_| view.with(|view| view.others.clone()));
    let row = |trail: Trail| {
        let of = words::of(trail.progress);
        view! {
            <li class="wm-row">
                <a class="wm-row__title" href=Route::Journey(trail.journey).href()>{trail.title.clone()}</a>
                <span class="wm-today__bar">
                    <ProgressBar
                        done=trail.progress.done
                        total=trail.progress.total
                        text=format!("{}: {of} required steps", trail.title)
                        thin=true
                    />
                </span>
                <span class="wm-row__meta wm-today__duration wm-num">{of.clone()}</span>
            </li>
        }
    };
    move || {
        let others = others.get();
        (!others.is_empty()).then(|| {
            view! {
                <section class="wm-today__group" aria-labelledby="today-others">
                    <h2 class="wm-eyebrow" id="today-others">"Also under way"</h2>
                    <ul class="wm-rows">{others.into_iter().map(row).collect_view()}</ul>
                </section>
            }
        })
    }
}

/// Journeys that are finished; they stay.
#[component]
pub(crate) fn Finished(
    /// What Today shows.
    #[prop(into)]
    view: Signal<TodayView>,
) -> impl IntoView {
    let finished = Memo::new(move |_| view.with(|view| view.finished.clone()));
    let row = |trail: Trail| {
        view! {
            <li class="wm-row">
                <a class="wm-row__title" href=Route::Journey(trail.journey).href()>{trail.title}</a>
                <span class="wm-row__meta wm-num">{words::of(trail.progress)}</span>
                <Status kind=StatusKind::Done>"Finished"</Status>
            </li>
        }
    };
    move || {
        let finished = finished.get();
        (!finished.is_empty()).then(|| {
            view! {
                <section class="wm-today__group" aria-labelledby="today-finished">
                    <h2 class="wm-eyebrow" id="today-finished">"Finished"</h2>
                    <ul class="wm-rows">{finished.into_iter().map(row).collect_view()}</ul>
                </section>
            }
        })
    }
}

/// All journeys, loaded where Today alone does not say enough. A failure shows as "nothing to start".
fn journeys() -> Memo<JourneyList> {
    let backend = use_backend();
    let list = LocalResource::new(move || async move { backend.call(ListJourneys {}).await });
    Memo::new(move |before: Option<&JourneyList>| match list.get() {
        Some(Ok(list)) => list,
        Some(Err(_)) | None => before.cloned().unwrap_or_default(),
    })
}
