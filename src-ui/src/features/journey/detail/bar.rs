//! The bar below a step: what can be done to it.

use leptos::prelude::*;
use waymark_api::ipc::journey::{StepStatus, StepView};

use crate::{
    features::journey::{
        Gestures, Ticks,
        dialogs::{Blocking, SkipDialog},
        model::bar::{Bar, Main, bar},
    },
    kit::{Button, ButtonKind, Icon, Status, StatusKind, dates, keep_focus},
    state::use_session,
};

/// Done, blocked, skipped: the gestures of one step.
#[component]
pub(crate) fn ActionBar(
    /// The step.
    #[prop(into)]
    view: Signal<StepView>,
    /// Ticks under way.
    ticks: Ticks,
    /// Opens the dialog that asks what blocks a step.
    #[prop(into)]
    ask_block: Callback<Blocking>,
) -> impl IntoView {
    let (journey, step) = view.with_untracked(|view| (view.journey, view.item.id.clone()));
    let step = StoredValue::new(step);
    let title = Memo::new(move |_| view.with(|view| view.item.title.clone()));
    let offer = Memo::new(move |_| view.with(|view| bar(&view.item)));
    let gestures = Gestures::new();
    let skipping = RwSignal::new(false);
    let block = move |()| {
        ask_block.run(Blocking { journey, step: step.get_value(), title: title.get_untracked() });
    };
    let main = Memo::new(move |_| offer.with(|offer| offer.main.clone()));
    // A button that did its work makes room for another one, which then has the keyboard.
    let tick = move |done: bool| {
        ticks.set(journey, step.get_value(), done);
        keep_focus(".wm-detail__bar .wm-button:not(:disabled)");
    };
    let main_button = move || {
        match main.get() {
        Main::Complete(label) => view! {
            <Button kind=ButtonKind::Primary on_press=move |()| tick(true)>{label}</Button>
        }
        .into_any(),
        Main::Locked { label, after } => view! {
            <Button kind=ButtonKind::Primary disabled=true on_press=|()| ()>{label}</Button>
            <span class="wm-detail__hint">{format!("Comes {after}")}</span>
        }
        .into_any(),
        Main::Reopen => view! {
            <DoneWord view/>
            <Button kind=ButtonKind::Ghost icon=Icon::Undo on_press=move |()| tick(false)>
                "Not done after all"
            </Button>
        }
        .into_any(),
        Main::Restore => view! {
            <Button kind=ButtonKind::Primary on_press=move |()| gestures.restore(journey, step.get_value())>"Put back"</Button>
        }
        .into_any(),
        Main::Nothing => view! { <span class="wm-detail__hint">"Nothing to do here."</span> }.into_any(),
    }
    };
    let others = Memo::new(move |_| offer.with(|Bar { block, skip, .. }| (*block, *skip)));
    view! {
        <div class="wm-detail__bar">
            {main_button}
            {move || others.get().0.then(|| view! { <Button on_press=block>"I’m blocked…"</Button> })}
            {move || others.get().1.then(|| view! {
                <Button kind=ButtonKind::Ghost on_press=move |()| skipping.set(true)>"Skip with reason…"</Button>
            })}
            <SkipDialog
                open=skipping
                title
                on_skip=move |reason| gestures.waive(journey, step.get_value(), reason)
            />
        </div>
    }
}

/// "Done yesterday, 16:40".
#[component]
fn DoneWord(
    /// The step.
    #[prop(into)]
    view: Signal<StepView>,
) -> impl IntoView {
    let session = use_session();
    let words = move || {
        let at = view.with(|view| match &view.item.status {
            StepStatus::Done { at, .. } => *at,
            _ => None,
        });
        at.map_or_else(
            || "Done".to_owned(),
            |at| format!("Done {}", session.frame().with(|frame| dates::ago(at, frame.now))),
        )
    };
    view! { <Status kind=StatusKind::Done>{words}</Status> }
}
