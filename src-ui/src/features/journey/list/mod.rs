//! The list of steps at the left.

mod fold;
mod head;
mod keys;
mod phase;
mod row;
mod scroll;
mod state;

use leptos::prelude::*;
use waymark_api::ipc::journey::{JourneyList, JourneyView};

use crate::{
    features::journey::model::outline::Filter,
    kit::{Button, ButtonKind, EmptyState, Icon},
};
use head::ListHead;
pub(crate) use keys::Keys;
use phase::PhaseSection;
pub(crate) use scroll::bring_into_view;
pub(crate) use state::ListState;

/// The list pane: head, filter and phases.
#[component]
pub(crate) fn StepList(
    /// What the list knows.
    state: ListState,
    /// The journey on screen.
    #[prop(into)]
    view: Signal<JourneyView>,
    /// All journeys, for the switcher.
    #[prop(into)]
    all: Signal<JourneyList>,
    /// Whether it has the window to itself, so that its title is the page's.
    #[prop(optional)]
    alone: bool,
) -> impl IntoView {
    let keys = Keys::new(state);
    let level = if alone { 2 } else { 3 };
    // A filtered list has folds of its own, so its sections are others.
    let phases = Memo::new(move |_| {
        let filtered = state.filter.get() != Filter::All;
        state
            .outline
            .with(|outline| outline.phases.iter().map(|phase| (phase.id.clone(), filtered)).collect::<Vec<_>>())
    });
    let nothing = Memo::new(move |_| phases.with(Vec::is_empty));
    view! {
        <nav class="wm-steps" aria-label=move || view.with(|view| view.title.clone())>
            <ListHead state view all alone/>
            <div class="wm-steps__scroll" on:keydown=move |event| keys.press(&event)>
                <For each=move || phases.get() key=Clone::clone let((id, _))>
                    <PhaseSection state id level/>
                </For>
                {move || nothing.get().then(|| view! { <NothingLeft state/> })}
            </div>
        </nav>
    }
}

/// What stands in the list when the filter leaves nothing.
#[component]
fn NothingLeft(
    /// What the list knows.
    state: ListState,
) -> impl IntoView {
    let (title, text) = match state.filter.get_untracked() {
        Filter::Open => ("Nothing is open", "Everything on this list is done or skipped."),
        Filter::Blocked => ("Nothing is blocked", "A step that you mark as blocked is listed here."),
        Filter::All => ("No steps", "This journey has no steps that apply to you."),
    };
    view! {
        <EmptyState icon=Icon::Checklist title text>
            {(state.filter.get_untracked() != Filter::All).then(|| view! {
                <Button kind=ButtonKind::Ghost on_press=move |()| state.choose_filter(Filter::All)>"Show all steps"</Button>
            })}
        </EmptyState>
    }
}
