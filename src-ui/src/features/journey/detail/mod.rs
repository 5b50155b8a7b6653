//! One step in full, at the right.

mod bar;
mod facts;
mod note;
mod parts;
mod past;

use leptos::prelude::*;
use waymark_api::ipc::journey::{StepRef, StepView};

use super::{Ticks, dialogs::Blocking, model::words::own_docs};
use crate::{
    kit::{Crumbs, Icon, IconButton, Prose, TextLink},
    routes::Route,
    state::use_navigate_to,
};
use bar::ActionBar;
use facts::{BlockedNotice, DocLinks, Facts};
use note::NoteField;
use parts::PartList;
use past::Past;

/// A step in full. It is made anew for every step, so that a draft never moves to another one.
#[component]
pub(crate) fn StepDetail(
    /// The step.
    #[prop(into)]
    view: Signal<StepView>,
    /// Ticks under way.
    ticks: Ticks,
    /// Opens the dialog that asks what blocks a step.
    #[prop(into)]
    ask_block: Callback<Blocking>,
) -> impl IntoView {
    let back = view.with_untracked(|view| Route::Journey(view.journey).href());
    let title = Memo::new(move |_| view.with(|view| view.item.title.clone()));
    let why = Memo::new(move |_| view.with(|view| view.why.clone()));
    let body = Memo::new(move |_| view.with(|view| view.body_html.clone()));
    let docs = Memo::new(move |_| view.with(own_docs));
    view! {
        <div class="wm-detail__scroll">
            <p class="wm-detail__back">
                <TextLink href=back icon=Icon::Back>"All steps"</TextLink>
            </p>
            <DetailTop view/>
            <h1 class="wm-detail__title" tabindex="-1">{move || title.get()}</h1>
            <Facts view/>
            <BlockedNotice view/>
            {move || why.get().map(|why| view! { <p class="wm-detail__why">{why}</p> })}
            {move || {
                let html = body.get();
                (!html.is_empty()).then(|| view! { <div class="wm-detail__body"><Prose html compact=true/></div> })
            }}
            <PartList view ticks/>
            <DocLinks docs/>
            <div class="wm-detail__after">
                <NoteField view/>
                <Past view/>
            </div>
        </div>
        <ActionBar view ticks ask_block/>
    }
}

/// Where the step stands, and the ways to its neighbours.
#[component]
fn DetailTop(
    /// The step.
    #[prop(into)]
    view: Signal<StepView>,
) -> impl IntoView {
    let go = use_navigate_to();
    let journey = view.with_untracked(|view| view.journey);
    let crumbs = Memo::new(move |_| {
        view.with(|view| {
            let mut crumbs = vec![
                (view.journey_title.clone(), Some(Route::Journey(journey).href())),
                (view.phase_title.clone(), None),
            ];
            let parents = view
                .parents
                .iter()
                .map(|step| (step.title.clone(), Some(Route::Step(journey, step.id.clone()).href())));
            crumbs.extend(parents);
            crumbs
        })
    });
    let neighbour = move |of: fn(&StepView) -> &Option<StepRef>| Memo::new(move |_| view.with(|view| of(view).clone()));
    let (previous, next) = (neighbour(|view| &view.previous), neighbour(|view| &view.next));
    let label = move |words: &'static str, step: Memo<Option<StepRef>>| {
        Signal::derive(move || step.get().map_or_else(|| words.to_owned(), |step| format!("{words}: {}", step.title)))
    };
    let open = move |step: Memo<Option<StepRef>>| {
        move |()| {
            if let Some(step) = step.get_untracked() {
                go(Route::Step(journey, step.id));
            }
        }
    };
    view! {
        <div class="wm-detail__top">
            <Crumbs items=crumbs/>
            <div class="wm-detail__ways">
                <IconButton
                    icon=Icon::Up
                    label=label("Previous step", previous)
                    disabled=Signal::derive(move || previous.get().is_none())
                    on_press=open(previous)
                />
                <IconButton
                    icon=Icon::Down
                    label=label("Next step", next)
                    disabled=Signal::derive(move || next.get().is_none())
                    on_press=open(next)
                />
            </div>
        </div>
    }
}
