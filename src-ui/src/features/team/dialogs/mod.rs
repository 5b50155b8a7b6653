//! The questions before a manager's deed.

mod assign;
mod invite;
mod line;
mod move_start;
mod preview;
mod reason;
mod sign_off;

use leptos::prelude::*;

use super::hands::{Asking, use_hands};
use crate::kit::{Dialog, DialogSize};
use assign::AssignForm;
use invite::InviteForm;
use move_start::MoveForm;
use reason::{ReturnForm, WaiveForm};
use sign_off::SignOffForm;

/// The one question that is open.
#[component]
pub(super) fn Dialogs() -> impl IntoView {
    let hands = use_hands();
    let title = Signal::derive(move || hands.asking.with(|asking| asking.as_ref().map(title).unwrap_or_default()));
    let form = move || match hands.asking.get() {
        None => ().into_any(),
        Some(Asking::SignOff(waits)) => view! { <SignOffForm waits/> }.into_any(),
        Some(Asking::Return(waits)) => view! { <ReturnForm waits/> }.into_any(),
        Some(Asking::Waive { person, name, journey, step, .. }) => {
            view! { <WaiveForm person name journey step/> }.into_any()
        }
        Some(Asking::Assign(person)) => view! { <AssignForm person/> }.into_any(),
        Some(Asking::MoveStart { name, journey, start }) => view! { <MoveForm name journey start/> }.into_any(),
        Some(Asking::Invite(person)) => view! { <InviteForm person/> }.into_any(),
    };
    let wide = Memo::new(move |_| {
        hands
            .asking
            .with(|asking| matches!(asking, Some(Asking::Assign(_) | Asking::MoveStart { .. } | Asking::Invite(_))))
    });
    move || {
        let size = if wide.get() { DialogSize::Wide } else { DialogSize::Small };
        view! { <Dialog open=hands.open title size>{form}</Dialog> }
    }
}

fn title(asking: &Asking) -> String {
    match asking {
        Asking::SignOff(waits) => format!("Sign off “{}”?", waits.title),
        Asking::Return(waits) => format!("Not yet: “{}”", waits.title),
        Asking::Waive { title, .. } => format!("Waive “{title}”?"),
        Asking::Assign(_) => "Assign a journey".to_owned(),
        Asking::MoveStart { name, .. } => format!("Move the first day of {name}"),
        Asking::Invite(_) => "Invite somebody".to_owned(),
    }
}
