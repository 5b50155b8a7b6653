//! What joining would mean, before anything is joined.

use leptos::prelude::*;
use waymark_api::{IpcError, ipc::account::InviteView};

use super::about::{About, not_yet};
use crate::{
    features::account::model::{device_name, invite_lines},
    kit::Button,
    state::use_session,
};

/// The invite in words, what would be shared, and the decision.
#[component]
pub(super) fn InviteCard(
    /// The invite.
    invite: InviteView,
    /// Why joining failed.
    #[prop(into)]
    refused: Signal<Option<IpcError>>,
    /// Whether joining is under way.
    #[prop(into)]
    busy: Signal<bool>,
    /// Called with the device's name when the person joins.
    #[prop(into)]
    on_join: Callback<String>,
    /// Called when the person has another invite.
    #[prop(into)]
    on_back: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let now = session.frame().with_untracked(|frame| frame.now);
    let label = RwSignal::new(device_name(session.platform(), &invite.name));
    let lines = invite_lines(&invite, now);
    let cannot = not_yet(busy, label);
    let name = invite.server_name.clone();
    view! {
        <form
            class="wm-join"
            on:submit=move |event| {
                event.prevent_default();
                if !cannot.get_untracked() {
                    on_join.run(label.get_untracked().trim().to_owned());
                }
            }
        >
            <About name=invite.server_name lines loopback=invite.loopback label refused/>
            <div class="wm-account__actions">
                <button class="wm-button wm-button--primary" type="submit" disabled=move || cannot.get()>
                    {move || if busy.get() { "Joining…".to_owned() } else { format!("Join {name}") }}
                </button>
                <Button disabled=busy on_press=on_back>"Use another invite"</Button>
            </div>
        </form>
    }
}
