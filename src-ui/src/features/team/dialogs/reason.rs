//! "Not yet…" and "Waive…": both need a reason that the person reads.

use leptos::prelude::*;
use waymark_api::{
    IpcError,
    ipc::team::{ReturnStep, WaiveFor},
};
use waymark_core::id::{JourneyId, PersonId, StepId};

use crate::{
    features::team::hands::{Waits, use_hands},
    kit::{Button, Refusal, TextArea},
};

/// Why a step is not done yet.
#[component]
pub(super) fn ReturnForm(
    /// What is given back.
    waits: Waits,
) -> impl IntoView {
    let hands = use_hands();
    let (busy, refused) = (RwSignal::new(false), RwSignal::new(None));
    let Waits { person, name, journey, step, title, completion } = waits;
    let said = format!("{name} has “{title}” back");
    let send = move |reason: String| {
        let request = ReturnStep { person, journey, step: step.clone(), completion, reason };
        hands.send(request, busy, refused, said.clone());
    };
    view! {
        <ReasonForm
            lead=format!("The step opens again for {name}. That it was said to be done stays in the history.")
            label="What is missing?"
            hint=format!("{name} reads this.")
            verb="Give it back"
            busy
            refused
            on_send=send
        />
    }
}

/// Why a step does not apply.
#[component]
pub(super) fn WaiveForm(
    /// Whose.
    person: PersonId,
    /// The name.
    name: String,
    /// In which journey.
    journey: JourneyId,
    /// The step.
    step: StepId,
) -> impl IntoView {
    let hands = use_hands();
    let (busy, refused) = (RwSignal::new(false), RwSignal::new(None));
    let said = format!("The step does not count for {name} any more");
    let send = move |reason: String| {
        hands.send(WaiveFor { person, journey, step: step.clone(), reason }, busy, refused, said.clone());
    };
    view! {
        <ReasonForm
            lead=format!("The step no longer counts for {name}, neither as done nor as open.")
            label="Why does it not apply?"
            hint=format!("{name} reads this.")
            verb="Waive it"
            busy
            refused
            on_send=send
        />
    }
}

/// A reason that must not be empty.
#[component]
fn ReasonForm(
    /// What follows.
    lead: String,
    /// What is asked.
    label: &'static str,
    /// Who reads it.
    hint: String,
    /// What the button says.
    verb: &'static str,
    /// Whether it is on its way.
    #[prop(into)]
    busy: Signal<bool>,
    /// Why it was not taken.
    #[prop(into)]
    refused: Signal<Option<IpcError>>,
    /// Called with the reason.
    #[prop(into)]
    on_send: Callback<String>,
) -> impl IntoView {
    let hands = use_hands();
    let reason = RwSignal::new(String::new());
    let cannot = Signal::derive(move || busy.get() || reason.with(|reason| reason.trim().is_empty()));
    view! {
        <form
            class="wm-ask"
            on:submit=move |event| {
                event.prevent_default();
                if !cannot.get_untracked() {
                    on_send.run(reason.get_untracked().trim().to_owned());
                }
            }
        >
            <p class="wm-ask__lead">{lead}</p>
            <TextArea label value=reason on_change=move |text| reason.set(text) rows=2 hint/>
            <Refusal refused/>
            <div class="wm-dialog__actions">
                <Button on_press=move || hands.close()>"Cancel"</Button>
                <button class="wm-button wm-button--primary" type="submit" disabled=move || cannot.get()>{verb}</button>
            </div>
        </form>
    }
}
