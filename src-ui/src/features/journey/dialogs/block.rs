//! "I'm blocked…": what is in the way, and one sentence.

use leptos::prelude::*;
use waymark_core::{
    event::BlockReason,
    id::{JourneyId, StepId},
};

use crate::{
    features::journey::{Gestures, model::words},
    kit::{Button, Dialog, TextArea, unique_id},
    state::use_account,
};

/// The step that the dialog asks about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Blocking {
    /// Which journey.
    pub(crate) journey: JourneyId,
    /// Which step.
    pub(crate) step: StepId,
    /// Its title.
    pub(crate) title: String,
}

/// Asks what is in the way of a step and marks it as blocked.
#[component]
pub(crate) fn BlockDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The step that it asks about.
    #[prop(into)]
    about: Signal<Option<Blocking>>,
) -> impl IntoView {
    let gestures = Gestures::new();
    let title = Signal::derive(move || {
        about.with(|about| about.as_ref().map_or_else(String::new, |about| format!("What blocks “{}”?", about.title)))
    });
    view! {
        <Dialog open title>
            <BlockForm
                on_cancel=move |()| open.set(false)
                on_block=move |(reason, note): (BlockReason, String)| {
                    open.set(false);
                    if let Some(Blocking { journey, step, .. }) = about.get_untracked() {
                        gestures.block(journey, step, reason, note);
                    }
                }
            />
        </Dialog>
    }
}

/// The form; it is made anew whenever the dialog opens.
#[component]
fn BlockForm(
    /// Called when the person thought better of it.
    #[prop(into)]
    on_cancel: Callback<()>,
    /// Called with the reason and the sentence, which may be empty.
    #[prop(into)]
    on_block: Callback<(BlockReason, String)>,
) -> impl IntoView {
    let reason = RwSignal::new(words::BLOCK_REASONS[0]);
    let note = RwSignal::new(String::new());
    let name = unique_id("reason");
    let member = use_account().member();
    let hint = Signal::derive(move || {
        let text = if member.with(Option::is_some) {
            "Your team sees that you are blocked, and the reason above. These words go along only where you share them, in Settings, Privacy."
        } else {
            "Stays on this computer."
        };
        text.to_owned()
    });
    let option = move |one: BlockReason| {
        view! {
            <label class="wm-radio">
                <input
                    class="wm-radio__box"
                    type="radio"
                    name=name.clone()
                    prop:checked=move || reason.get() == one
                    on:change=move |_| reason.set(one)
                />
                <span>{words::block_reason(one)}</span>
            </label>
        }
    };
    view! {
        <form
            class="wm-ask"
            on:submit=move |event| {
                event.prevent_default();
                on_block.run((reason.get_untracked(), note.get_untracked().trim().to_owned()));
            }
        >
            <fieldset class="wm-ask__choices">
                <legend class="wm-field__label">"What is in the way?"</legend>
                {words::BLOCK_REASONS.into_iter().map(option).collect_view()}
            </fieldset>
            <TextArea
                label="In your words (optional)"
                value=note
                on_change=move |text| note.set(text)
                rows=2
                hint=hint
            />
            <div class="wm-dialog__actions">
                <Button on_press=on_cancel>"Cancel"</Button>
                <button class="wm-button wm-button--primary" type="submit">"Mark as blocked"</button>
            </div>
        </form>
    }
}
