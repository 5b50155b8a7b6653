//! "Move the first day": the new day, and which due days move with it.

use jiff::civil::Date;
use leptos::prelude::*;
use waymark_api::ipc::team::MoveStartFor;
use waymark_core::id::JourneyId;

use super::preview::PlanPreview;
use crate::{
    features::team::hands::use_hands,
    kit::{Button, FieldKind, Refusal, TextField},
};

/// The form with its preview.
#[component]
pub(super) fn MoveForm(
    /// Whose.
    name: String,
    /// In which journey.
    journey: JourneyId,
    /// Day 1 as it is.
    start: Date,
) -> impl IntoView {
    let hands = use_hands();
    let (busy, refused) = (RwSignal::new(false), RwSignal::new(None));
    let text = RwSignal::new(start.to_string());
    let wanted = Memo::new(move |_| text.with(|text| text.parse::<Date>().ok()).filter(|day| *day != start));
    let preview = LocalResource::new(move || {
        let wanted = wanted.get();
        async move { Some(hands.backend.call(MoveStartFor { journey, start: wanted?, preview: true }).await) }
    });
    let cannot = Signal::derive(move || busy.get() || wanted.with(Option::is_none));
    let said = format!("The first day of {name} is moved");
    let send = move || {
        if let Some(start) = wanted.get_untracked() {
            hands.send(MoveStartFor { journey, start, preview: false }, busy, refused, said.clone());
        }
    };
    view! {
        <div class="wm-ask">
            <TextField
                label="First day"
                kind=FieldKind::Date
                value=text
                on_change=move |value| text.set(value)
                hint="What is done stays done. Reminders of steps whose day moves come again."
            />
            <PlanPreview preview at_first="Choose another day to see which due days move."/>
            <Refusal refused/>
            <div class="wm-dialog__actions">
                <Button on_press=move || hands.close()>"Cancel"</Button>
                <button class="wm-button wm-button--primary" type="button" disabled=move || cannot.get() on:click=move |_| send()>
                    "Move it"
                </button>
            </div>
        </div>
    }
}
