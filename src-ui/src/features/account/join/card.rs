//! What joining would mean, before anything is joined.

use leptos::prelude::*;
use waymark_api::{IpcError, ipc::account::InviteView};

use crate::{
    features::{
        account::{
            membership::Lines,
            model::{device_name, invite_lines},
        },
        privacy::Leaves,
    },
    kit::{Button, Icon, IconView, Notice, Refusal, TextField, Tone, keep_focus},
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
    // The button that led here is gone.
    keep_focus("#join-server");
    let now = session.frame().with_untracked(|frame| frame.now);
    let label = RwSignal::new(device_name(session.platform(), &invite.name));
    let lines = invite_lines(&invite, now);
    let cannot = Signal::derive(move || busy.get() || label.with(|label| label.trim().is_empty()));
    let plain = invite.loopback.then(|| {
        view! {
            <Notice tone=Tone::Warning icon=Icon::Info>
                <p>"The connection is not encrypted. That is fine for this server, because it runs on this computer."</p>
            </Notice>
        }
    });
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
            <section class="wm-card wm-join__card" aria-labelledby="join-server">
                <h2 class="wm-join__name" id="join-server" tabindex="-1"><IconView icon=Icon::Server large=true/>{invite.server_name}</h2>
                <Lines lines/>
            </section>
            {plain}
            <Leaves joined=false/>
            <TextField
                label="Name of this device"
                value=label
                on_change=move |text| label.set(text)
                hint="So that you know it in the list of your devices."
            />
            <Refusal refused/>
            <div class="wm-account__actions">
                <button class="wm-button wm-button--primary" type="submit" disabled=move || cannot.get()>
                    {move || if busy.get() { "Joining…".to_owned() } else { format!("Join {name}") }}
                </button>
                <Button disabled=busy on_press=on_back>"Use another invite"</Button>
            </div>
        </form>
    }
}
