//! Loads Today and arranges it.

use leptos::prelude::*;
use waymark_api::{
    IpcError,
    ipc::today::{OpenToday, TodayView},
    topic::Topic,
};

use super::{
    aside::Aside,
    head::Head,
    model::greeting::{Mood, mood},
    next::NextUp,
    rest::rest,
    rows::{Reading, Then, Waiting},
};
use crate::{
    backend::use_backend,
    features::journey::{Blocking, Reader, Ticks},
    kit::{ErrorPanel, Page, Skeleton, piece},
    state::{mark_ready, use_topics},
};

/// What is on screen. It changes only where the screen becomes another one.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Screen {
    /// Nothing has come yet.
    Loading,
    /// Today cannot be shown.
    Failed(IpcError),
    /// Today.
    Shown,
}

/// The first screen of the day.
#[component]
pub(crate) fn TodayPage() -> impl IntoView {
    let backend = use_backend();
    let ticks = Ticks::new();
    let changed = use_topics().track(|topic| !matches!(topic, Topic::Navigate(_) | Topic::Job(_)));
    let today = LocalResource::new(move || {
        changed.track();
        let begun = ticks.now();
        async move {
            let reply = backend.call(OpenToday {}).await;
            ticks.loaded(Reader::List, begun);
            reply
        }
    });
    let screen = Memo::new(move |_| match today.get() {
        None => Screen::Loading,
        Some(Err(error)) => Screen::Failed(error),
        Some(Ok(_)) => Screen::Shown,
    });
    Effect::new(move |_| {
        if screen.get() != Screen::Loading {
            mark_ready();
        }
    });
    let shown = move || {
        Memo::new(move |before: Option<&TodayView>| {
            let fresh = today.get().and_then(Result::ok);
            fresh.or_else(|| before.cloned()).expect("the page is made when Today was loaded")
        })
    };
    let body = move || match screen.get() {
        Screen::Loading => view! {
            <div class="wm-panes wm-panes--aside">
                <main class="wm-main wm-today" id="main" tabindex="-1" aria-busy="true"><Skeleton lines=6/></main>
            </div>
        }
        .into_any(),
        Screen::Failed(error) => view! {
            <div class="wm-panes">
                <main class="wm-main wm-today" id="main" tabindex="-1">
                    <h1 tabindex="-1">"Today"</h1>
                    <ErrorPanel error on_retry=move |()| today.refetch()/>
                </main>
            </div>
        }
        .into_any(),
        Screen::Shown => view! { <Today view=shown() ticks/> }.into_any(),
    };
    let title =
        Signal::derive(move || if screen.get() == Screen::Loading { String::new() } else { "Today".to_owned() });
    view! { <Page title>{body}</Page> }
}

/// Today with everything on it.
#[component]
fn Today(
    /// What it shows.
    view: Memo<TodayView>,
    /// Ticks under way.
    ticks: Ticks,
) -> impl IntoView {
    let mood = Memo::new(move |_| view.with(mood));
    let (asking, about) = (RwSignal::new(false), RwSignal::new(None::<Blocking>));
    let ask_block = Callback::new(move |blocking| {
        about.set(Some(blocking));
        asking.set(true);
    });
    // Once it was opened, the dialog stays: it closes itself and gives the focus back.
    let asked = Memo::new(move |before: Option<&bool>| asking.get() || before.copied().unwrap_or(false));
    let further = Memo::new(move |_| view.with(|view| !view.others.is_empty() || !view.finished.is_empty()));
    let middle = move || match mood.get() {
        Mood::NothingStarted => piece(async { Ok(rest().await?.nothing_started) }, ()),
        Mood::AllDone => piece(async { Ok(rest().await?.all_done) }, view.into()),
        Mood::UnderWay => view! {
            <NextUp view ask_block/>
            <Then view ticks/>
            <Waiting view/>
        }
        .into_any(),
    };
    view! {
        <div class="wm-panes wm-panes--aside">
            <main class="wm-main wm-today" id="main" tabindex="-1">
                <Head view/>
                {middle}
                <Reading view/>
                {move || further.get().then(|| piece(async { Ok(rest().await?.further) }, view.into()))}
            </main>
            <Aside view/>
            {move || asked.get().then(|| piece(async { Ok(rest().await?.block) }, (asking, about.into())))}
        </div>
    }
}
