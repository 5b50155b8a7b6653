//! "Skip with reason…": why a step does not apply.

use leptos::prelude::*;

use crate::kit::{Button, Dialog, TextField};

/// Asks why a step is skipped.
#[component]
pub(crate) fn SkipDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The step's title.
    #[prop(into)]
    title: Signal<String>,
    /// Called with the reason, which is not empty.
    #[prop(into)]
    on_skip: Callback<String>,
) -> impl IntoView {
    let heading = Signal::derive(move || format!("Skip “{}”?", title.get()));
    view! {
        <Dialog open title=heading>
            <SkipForm
                on_cancel=move |()| open.set(false)
                on_skip=move |reason| {
                    open.set(false);
                    on_skip.run(reason);
                }
            />
        </Dialog>
    }
}

/// The form; it is made anew whenever the dialog opens.
#[component]
fn SkipForm(
    /// Called when the person thought better of it.
    #[prop(into)]
    on_cancel: Callback<()>,
    /// Called with the reason.
    #[prop(into)]
    on_skip: Callback<String>,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let empty = Signal::derive(move || reason.with(|reason| reason.trim().is_empty()));
    view! {
        <form
            class="wm-ask"
            on:submit=move |event| {
                event.prevent_default();
                if !empty.get_untracked() {
                    on_skip.run(reason.get_untracked().trim().to_owned());
                }
            }
        >
            <p class="wm-ask__lead">"A skipped step no longer counts. You can put it back at any time."</p>
            <TextField
                label="Why does it not apply to you?"
                value=reason
                on_change=move |text| reason.set(text)
                placeholder="I have a Mac already"
            />
            <div class="wm-dialog__actions">
                <Button on_press=on_cancel>"Cancel"</Button>
                <button class="wm-button wm-button--primary" type="submit" disabled=move || empty.get()>
                    "Skip this step"
                </button>
            </div>
        </form>
    }
}
