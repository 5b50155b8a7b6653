//! Loads the journey and the step that the address names, and arranges list and detail.

use leptos::prelude::*;
use waymark_api::{
    IpcError,
    ipc::journey::{JourneyList, JourneyView, ListJourneys, OpenJourney},
    topic::Topic,
};
use waymark_core::id::{JourneyId, StepId};

use super::{
    Reader, Ticks, last,
    model::ticks,
    states::{NoJourney, Unreadable},
    workspace::Workspace,
};
use crate::{
    backend::use_backend,
    kit::Skeleton,
    routes::{Route, use_route},
    state::{mark_ready, use_topics},
};

/// What is on screen. It changes only where the screen becomes another one.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Screen {
    /// Nothing has come yet.
    Loading,
    /// The person has no journey.
    NoJourney,
    /// The journey cannot be shown.
    Failed(IpcError),
    /// This journey.
    Journey(JourneyId),
}

/// What the address asks for.
type Wanted = (Option<JourneyId>, Option<StepId>);

/// The checklist: `/checklist`, `/checklist/:journey` and `/checklist/:journey/:step`.
#[component]
pub(crate) fn ChecklistPage() -> impl IntoView {
    let backend = use_backend();
    let topics = use_topics();
    let ticks = Ticks::new();
    let wanted = wanted();

    let changed = topics.track(|topic| {
        matches!(topic, Topic::Journey(_) | Topic::Journeys | Topic::Pack(_) | Topic::Packs | Topic::Preferences)
    });
    let list = LocalResource::new(move || {
        changed.track();
        async move { backend.call(ListJourneys {}).await }
    });
    let all = Memo::new(move |before: Option<&JourneyList>| match list.get() {
        Some(Ok(all)) => all,
        Some(Err(_)) | None => before.cloned().unwrap_or_default(),
    });
    let current = Memo::new(move |_| wanted.get().0.or_else(|| all.with(last::journey)));
    let journey = LocalResource::new(move || {
        changed.track();
        let id = current.get();
        let begun = ticks.now();
        async move {
            let reply = backend.call(OpenJourney { journey: id? }).await;
            ticks.loaded(Reader::List, begun);
            Some(reply)
        }
    });
    let view = Memo::new(move |_| {
        let reply = journey.get().flatten()?;
        Some(reply.map(|view| ticks::on_journey(view, &ticks.pending(Reader::List))))
    });
    let screen = Memo::new(move |_| {
        view.with(|view| match view {
            Some(Ok(view)) => Screen::Journey(view.id),
            Some(Err(error)) => Screen::Failed(error.clone()),
            None => match list.get() {
                Some(Ok(all)) if all.journeys.is_empty() => Screen::NoJourney,
                Some(Err(error)) => Screen::Failed(error),
                Some(Ok(_)) | None => Screen::Loading,
            },
        })
    });
    Effect::new(move |_| match screen.get() {
        Screen::Journey(id) => last::keep(id),
        Screen::NoJourney | Screen::Failed(_) => mark_ready(),
        Screen::Loading => {}
    });
    move || {
        match screen.get() {
        Screen::Loading => view! {
            <div class="wm-panes">
                <main class="wm-main wm-checklist__wait" id="main" tabindex="-1" aria-busy="true"><Skeleton lines=8/></main>
            </div>
        }
        .into_any(),
        Screen::NoJourney => view! { <NoJourney all/> }.into_any(),
        Screen::Failed(error) => view! { <Unreadable error on_retry=move |()| journey.refetch()/> }.into_any(),
        Screen::Journey(_) => {
            let step = Memo::new(move |_| wanted.get().1);
            view! { <Workspace view=shown(view) all wanted=step ticks/> }.into_any()
        }
    }
    }
}

/// The journey and step of the address; while the person leaves for another page, the last ones.
fn wanted() -> Memo<Wanted> {
    let route = use_route();
    Memo::new(move |before: Option<&Wanted>| match route.get() {
        Some(Route::Checklist) => (None, None),
        Some(Route::Journey(journey)) => (Some(journey), None),
        Some(Route::Step(journey, step)) => (Some(journey), Some(step)),
        _ => before.cloned().unwrap_or_default(),
    })
}

/// The journey that is on screen; a failing reload keeps the last good one until the screen changes.
fn shown(view: Memo<Option<Result<JourneyView, IpcError>>>) -> Memo<JourneyView> {
    Memo::new(move |before: Option<&JourneyView>| {
        let fresh = view.with(|view| view.as_ref().and_then(|view| view.as_ref().ok().cloned()));
        fresh.or_else(|| before.cloned()).expect("a workspace is made for a journey that was loaded")
    })
}
