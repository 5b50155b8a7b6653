//! "Sign off?": a second person confirms a completion.

use leptos::prelude::*;
use waymark_api::ipc::team::SignOff;

use crate::{
    features::team::hands::{Waits, use_hands},
    kit::{Button, ButtonKind, Refusal},
};

/// Says what a sign-off means, and takes it.
#[component]
pub(super) fn SignOffForm(
    /// What is confirmed.
    waits: Waits,
) -> impl IntoView {
    let hands = use_hands();
    let (busy, refused) = (RwSignal::new(false), RwSignal::new(None));
    let Waits { person, name, journey, step, title, completion } = waits;
    let said = format!("“{title}” of {name} is signed off");
    let send = move || {
        hands.send(SignOff { person, journey, step: step.clone(), completion }, busy, refused, said.clone());
    };
    view! {
        <div class="wm-ask">
            <p class="wm-ask__lead">
                {format!("{name} says that it is done. Your confirmation is kept beside that, and {name} sees both.")}
            </p>
            <Refusal refused/>
            <div class="wm-dialog__actions">
                <Button on_press=move || hands.close()>"Cancel"</Button>
                <Button kind=ButtonKind::Primary disabled=busy on_press=send>"Sign off"</Button>
            </div>
        </div>
    }
}
