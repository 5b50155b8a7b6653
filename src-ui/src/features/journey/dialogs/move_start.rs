//! "Move the first day…": a journey starts on another day than it was given.

use jiff::civil::Date;
use leptos::prelude::*;

use crate::kit::{Button, Dialog, FieldKind, TextField};

/// Asks for the journey's first day.
#[component]
pub(crate) fn MoveStartDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The day as it is now.
    #[prop(into)]
    start: Signal<Date>,
    /// Called with the new day.
    #[prop(into)]
    on_move: Callback<Date>,
) -> impl IntoView {
    view! {
        <Dialog open title="Move the first day">
            <MoveForm
                start=start.get_untracked()
                on_cancel=move |()| open.set(false)
                on_move=move |day| {
                    open.set(false);
                    on_move.run(day);
                }
            />
        </Dialog>
    }
}

/// The form; it is made anew whenever the dialog opens.
#[component]
fn MoveForm(
    /// The day as it is now.
    start: Date,
    /// Called when the person thought better of it.
    #[prop(into)]
    on_cancel: Callback<()>,
    /// Called with the new day.
    #[prop(into)]
    on_move: Callback<Date>,
) -> impl IntoView {
    let text = RwSignal::new(start.to_string());
    let day = Signal::derive(move || text.with(|text| text.parse::<Date>().ok()));
    view! {
        <form
            class="wm-ask"
            on:submit=move |event| {
                event.prevent_default();
                if let Some(day) = day.get_untracked() {
                    on_move.run(day);
                }
            }
        >
            <p class="wm-ask__lead">"Every due day that counts from the first day moves with it."</p>
            <TextField label="First day" kind=FieldKind::Date value=text on_change=move |value| text.set(value)/>
            <div class="wm-dialog__actions">
                <Button on_press=on_cancel>"Cancel"</Button>
                <button class="wm-button wm-button--primary" type="submit" disabled=move || day.get().is_none()>
                    "Move it"
                </button>
            </div>
        </form>
    }
}
