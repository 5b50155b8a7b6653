//! One journey: the list at the left and the step that is open at the right.

use leptos::prelude::*;
use waymark_api::{
    IpcError,
    ipc::journey::{JourneyList, JourneyView, OpenStep, StepView},
    topic::Topic,
};
use waymark_core::id::StepId;

use super::{
    BlockDialog, Blocking, Reader, Ticks,
    beside::{Beside, BesidePane},
    detail::StepDetail,
    list::{Keys, ListState, StepList, bring_into_view},
    model::{outline::opening_step, ticks},
};
use crate::{
    backend::use_backend,
    kit::{EmptyState, ErrorPanel, Icon, Page, Skeleton},
    state::{mark_ready, use_topics},
};

/// Which panes fit the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Panes {
    /// List and detail side by side.
    Both,
    /// A narrow window without a step in the address.
    List,
    /// A narrow window with one.
    Detail,
}

/// What is at the right. It changes only where it becomes another thing.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Pane {
    /// The step has not come yet.
    Loading,
    /// The journey has no step that could be open.
    Nothing,
    /// The step cannot be shown.
    Failed(IpcError),
    /// This step.
    Step(StepId),
}

/// List and detail of one journey.
#[component]
pub(crate) fn Workspace(
    /// The journey; its id stays the same.
    view: Memo<JourneyView>,
    /// All journeys, for the switcher.
    #[prop(into)]
    all: Signal<JourneyList>,
    /// The step that the address names.
    #[prop(into)]
    wanted: Signal<Option<StepId>>,
    /// Ticks under way.
    ticks: Ticks,
) -> impl IntoView {
    let journey = view.with_untracked(|view| view.id);
    // Without a step in the address the first one stays open, also when ticking it moves the suggestion on.
    let opened = Memo::new(move |before: Option<&Option<StepId>>| {
        wanted.get().or_else(|| before.cloned().flatten()).or_else(|| view.with(opening_step))
    });
    let beside = Beside::new();
    provide_context(beside);
    let backend = use_backend();
    let changed = use_topics().track(move |topic| match topic {
        Topic::Journey(id) => *id == journey,
        Topic::Journeys | Topic::Pack(_) | Topic::Packs | Topic::Preferences => true,
        Topic::Navigate(_) | Topic::Job(_) | Topic::Bookmarks | Topic::Account | Topic::Team => false,
    });
    let step = LocalResource::new(move || {
        changed.track();
        let step = opened.get();
        let begun = ticks.now();
        async move {
            let reply = backend.call(OpenStep { journey, step: step? }).await;
            ticks.loaded(Reader::Detail, begun);
            Some(reply)
        }
    });
    let reply = Memo::new(move |_| {
        let reply = step.get().flatten()?;
        Some(reply.map(|view| ticks::on_step(view, &ticks.pending(Reader::Detail))))
    });
    let pane = Memo::new(move |_| {
        reply.with(|reply| match reply {
            Some(Ok(view)) => Pane::Step(view.item.id.clone()),
            Some(Err(error)) => Pane::Failed(error.clone()),
            None if opened.with(Option::is_none) => Pane::Nothing,
            None => Pane::Loading,
        })
    });
    let title = Signal::derive(move || match (wanted.get().is_some(), pane.get()) {
        (_, Pane::Loading) => String::new(),
        (true, Pane::Step(_)) => reply.with(|reply| step_title(reply.as_ref()).unwrap_or_default()),
        _ => view.with(|view| view.title.clone()),
    });
    let (asking, about) = (RwSignal::new(false), RwSignal::new(None::<Blocking>));
    let ask_block = Callback::new(move |blocking| {
        about.set(Some(blocking));
        asking.set(true);
    });
    let state = ListState::new(view.into(), opened.into(), ticks, ask_block);
    Effect::new(move |_| {
        if pane.get() != Pane::Loading {
            bring_into_view(state);
            mark_ready();
        }
    });
    let right = move || match pane.get() {
        Pane::Loading => view! { <div class="wm-detail__scroll" aria-busy="true"><Skeleton lines=6/></div> }.into_any(),
        Pane::Nothing => view! {
            <div class="wm-detail__scroll">
                <h1 class="wm-detail__title" tabindex="-1">{move || view.with(|view| view.title.clone())}</h1>
                <EmptyState icon=Icon::Checklist title="No steps" text="Nothing in this journey applies to you."/>
            </div>
        }
        .into_any(),
        Pane::Failed(error) => view! {
            <div class="wm-detail__scroll">
                <h1 class="wm-detail__title" tabindex="-1">{move || view.with(|view| view.title.clone())}</h1>
                <ErrorPanel error on_retry=move |()| step.refetch()/>
            </div>
        }
        .into_any(),
        Pane::Step(_) => view! { <StepDetail view=shown(reply) ticks ask_block/> }.into_any(),
    };
    let narrow = narrow_window();
    let panes = Memo::new(move |_| match (narrow.get(), wanted.get().is_some()) {
        (false, _) => Panes::Both,
        (true, false) => Panes::List,
        (true, true) => Panes::Detail,
    });
    let keys = Keys::new(state);
    let detail = move || {
        view! {
            <main class="wm-main wm-detail" id="main" tabindex="-1" on:keydown=move |event| keys.press_beside(&event)>
                {right}
            </main>
        }
    };
    let body = move || {
        match panes.get() {
        Panes::Both => view! {
            <StepList state view all/>
            {detail()}
            {move || beside.is_open().then(|| view! { <BesidePane beside/> })}
        }
        .into_any(),
        Panes::List => view! {
            <main class="wm-main wm-checklist__list" id="main" tabindex="-1"><StepList state view all alone=true/></main>
        }
        .into_any(),
        Panes::Detail => detail().into_any(),
    }
    };
    view! {
        <Page title>
            <div class="wm-panes wm-panes--list" class:wm-checklist--one=move || panes.get() != Panes::Both class:wm-checklist--beside=move || panes.get() == Panes::Both && beside.is_open()>
                {body}
                <BlockDialog open=asking about/>
            </div>
        </Page>
    }
}

/// Whether list and detail do not fit side by side; the same width as in the style sheets.
fn narrow_window() -> Memo<bool> {
    let query = window().match_media("(max-width: 62.4rem)").ok().flatten();
    let query = StoredValue::new_local(query);
    let fits = move || query.with_value(|query| query.as_ref().is_some_and(|query| query.matches()));
    let narrow = RwSignal::new(fits());
    let resized = window_event_listener(leptos::ev::resize, move |_| narrow.set(fits()));
    on_cleanup(move || resized.remove());
    Memo::new(move |_| narrow.get())
}

fn step_title(reply: Option<&Result<StepView, IpcError>>) -> Option<String> {
    Some(reply?.as_ref().ok()?.item.title.clone())
}

/// The step that is on screen; the last good one stays until the pane changes.
fn shown(reply: Memo<Option<Result<StepView, IpcError>>>) -> Memo<StepView> {
    Memo::new(move |before: Option<&StepView>| {
        let fresh = reply.with(|reply| reply.as_ref().and_then(|reply| reply.as_ref().ok().cloned()));
        match (fresh, before) {
            // Until the pane is made anew for another step, this one keeps its own.
            (Some(fresh), Some(before)) if fresh.item.id != before.item.id => before.clone(),
            (Some(fresh), _) => fresh,
            (None, before) => before.cloned().expect("a detail is made for a step that was loaded"),
        }
    })
}
