//! The head of the list: title, switcher, progress, filter.

use leptos::prelude::*;
use waymark_api::ipc::journey::{JourneyList, JourneyView};

use super::ListState;
use crate::{
    features::journey::{
        Gestures, StartDialog,
        dialogs::MoveStartDialog,
        model::{
            outline::{Filter, finished_on},
            words,
        },
    },
    kit::{Icon, MenuButton, MenuItem, ProgressBar, Segmented, Status, StatusKind, dates},
    routes::Route,
    state::use_navigate_to,
};

/// Title, switcher, progress and filter.
#[component]
pub(crate) fn ListHead(
    /// What the list knows.
    state: ListState,
    /// The journey on screen.
    #[prop(into)]
    view: Signal<JourneyView>,
    /// All journeys, for the switcher.
    #[prop(into)]
    all: Signal<JourneyList>,
    /// Whether the title is the page's.
    alone: bool,
) -> impl IntoView {
    let (starting, moving) = (RwSignal::new(false), RwSignal::new(false));
    let progress = Memo::new(move |_| view.with(|view| view.progress));
    let finished = Memo::new(move |_| view.with(|view| view.progress.complete().then(|| finished_on(view))));
    let available = Signal::derive(move || all.with(|all| all.available.clone()));
    let gestures = Gestures::new();
    let title = move || view.with(|view| view.title.clone());
    let heading = if alone {
        view! { <h1 class="wm-steps__name" tabindex="-1">{title}</h1> }.into_any()
    } else {
        view! { <h2 class="wm-steps__name">{title}</h2> }.into_any()
    };
    view! {
        <div class="wm-steps__head">
            <div class="wm-steps__title">
                {heading}
                <span class="wm-steps__count wm-num">{move || words::of(progress.get())}</span>
                <JourneyMenu view all starting moving/>
            </div>
            <ProgressBar
                done=Signal::derive(move || progress.get().done)
                total=Signal::derive(move || progress.get().total)
                text=Signal::derive(move || format!("{} required steps", words::of(progress.get())))
                thin=true
            />
            {move || finished.get().map(|on| {
                let when = on.map_or_else(|| "Finished".to_owned(), |on| format!("Finished on {}", dates::day(on.date())));
                view! { <p><Status kind=StatusKind::Done>{when}</Status></p> }
            })}
            <Filters state/>
            <StartDialog open=starting available/>
            <MoveStartDialog
                open=moving
                start=Signal::derive(move || view.with(|view| view.start))
                on_move=move |day| gestures.move_start(state.journey, day)
            />
        </div>
    }
}

/// Which steps are shown, with counts.
#[component]
fn Filters(
    /// What the list knows.
    state: ListState,
) -> impl IntoView {
    let counts = Memo::new(move |_| state.outline.with(|outline| (outline.open, outline.blocked)));
    // The words of the options carry counts, so the group is made anew when one changes; the keyboard is
    // in the list at that moment, not in the group.
    move || {
        let (open, blocked) = counts.get();
        let options = vec![
            (Filter::All, "All".to_owned()),
            (Filter::Open, format!("Open {open}")),
            (Filter::Blocked, format!("Blocked {blocked}")),
        ];
        view! {
            <div>
                <Segmented label="Steps to show" options value=state.filter on_select=move |filter| state.choose_filter(filter)/>
            </div>
        }
    }
}

/// Other journeys, and what can be done to this one.
#[component]
fn JourneyMenu(
    /// The journey on screen.
    #[prop(into)]
    view: Signal<JourneyView>,
    /// All journeys.
    #[prop(into)]
    all: Signal<JourneyList>,
    /// Opens "Start another journey".
    starting: RwSignal<bool>,
    /// Opens "Move the first day".
    moving: RwSignal<bool>,
) -> impl IntoView {
    let go = use_navigate_to();
    let gestures = Gestures::new();
    let items = Signal::derive(move || {
        let id = view.with(|view| view.id);
        let (mut items, waiting) = all.with(|all| {
            let others = all.journeys.iter().filter(|journey| journey.id != id);
            let items: Vec<MenuItem> = others
                .map(|journey| {
                    let other = journey.id;
                    let state =
                        if journey.progress.complete() { "finished".to_owned() } else { words::of(journey.progress) };
                    let title = format!("Go to {} ({state})", journey.title);
                    MenuItem { icon: Some(Icon::Checklist), ..MenuItem::new(title, move || go(Route::Journey(other))) }
                })
                .collect();
            (items, !all.available.is_empty())
        });
        if waiting {
            let open = MenuItem::new("Start another journey…", move || starting.set(true));
            items.push(MenuItem { icon: Some(Icon::Flag), ..open });
        }
        let open = MenuItem::new("Move the first day…", move || moving.set(true));
        items.push(MenuItem { icon: Some(Icon::Edit), ..open });
        let off = MenuItem::new("Take this journey off the list", move || gestures.withdraw(id));
        items.push(MenuItem { icon: Some(Icon::Close), ..off });
        items
    });
    view! { <MenuButton label="Journeys" items/> }
}
