//! The invite as a link, or as a code with its server.

use leptos::prelude::*;
use waymark_api::IpcError;

use crate::{
    features::account::model::{asked, is_link},
    kit::{Button, ButtonKind, FieldKind, Icon, IconView, Refusal, TextField},
};

/// Asks for the invite.
#[component]
pub(super) fn InviteForm(
    /// Link or code.
    typed: RwSignal<String>,
    /// The server's address, for a code.
    server: RwSignal<String>,
    /// Why the last look failed.
    #[prop(into)]
    refused: Signal<Option<IpcError>>,
    /// Whether the server is being asked.
    #[prop(into)]
    busy: Signal<bool>,
    /// Called when the person wants to see what the invite means.
    #[prop(into)]
    on_look: Callback<()>,
) -> impl IntoView {
    let needs_server = Memo::new(move |_| typed.with(|typed| !typed.trim().is_empty() && !is_link(typed)));
    let cannot =
        Signal::derive(move || busy.get() || typed.with(|typed| server.with(|server| asked(typed, server).is_none())));
    view! {
        <form
            class="wm-join"
            on:submit=move |event| {
                event.prevent_default();
                if !cannot.get_untracked() {
                    on_look.run(());
                }
            }
        >
            <TextField
                label="Invite link or code"
                kind=FieldKind::Url
                value=typed
                on_change=move |text| typed.set(text)
                placeholder="waymark://join?…"
                hint="Your manager or your platform team sends it to you."
            />
            {move || needs_server.get().then(|| view! {
                <TextField
                    label="Address of the server"
                    kind=FieldKind::Url
                    value=server
                    on_change=move |text| server.set(text)
                    placeholder="https://waymark.example.com"
                    hint="It stands beside the code."
                />
            })}
            <Refusal refused/>
            <div class="wm-account__actions">
                <Button kind=ButtonKind::Primary submit=true disabled=cannot on_press=|()| ()>
                    {move || if busy.get() { "Asking…" } else { "Look at the invite" }}
                </Button>
            </div>
            <p class="wm-join__fine"><IconView icon=Icon::Lock/>"Looking tells the server nothing about you and uses nothing up."</p>
        </form>
    }
}
