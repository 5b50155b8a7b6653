//! Where a Backstage is, and who asks.

use leptos::prelude::*;
use waymark_api::IpcError;

use super::model::{Server, trouble};
use crate::kit::{Button, ButtonKind, FieldKind, Icon, Notice, TextField, Tone, sentence};

/// Address, token, and the person's name in the catalog.
#[component]
pub(super) fn ServerForm(
    /// What the person typed.
    server: RwSignal<Server>,
    /// Why the last question was not answered.
    #[prop(into)]
    refused: Signal<Option<IpcError>>,
    /// Whether the server is being asked.
    #[prop(into)]
    busy: Signal<bool>,
    /// Called when the person wants to see what the server has.
    #[prop(into)]
    on_ask: Callback<()>,
) -> impl IntoView {
    let empty = Signal::derive(move || busy.get() || server.with(|server| server.address.trim().is_empty()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !empty.get_untracked() {
            on_ask.run(());
        }
    };
    view! {
        <form class="wm-backstage" on:submit=submit>
            <TextField
                label="Address"
                hint="As in your browser when you open Backstage."
                placeholder="https://backstage.example.com"
                kind=FieldKind::Url
                value=Signal::derive(move || server.with(|server| server.address.clone()))
                on_change=move |text| server.update(|server| server.address = text)
            />
            <TextField
                label="Token"
                hint="Your platform team makes one for you. It is kept in this system’s keyring and sent to this address only."
                kind=FieldKind::Secret
                value=Signal::derive(move || server.with(|server| server.token.clone()))
                on_change=move |text| server.update(|server| server.token = text)
            />
            <TextField
                label="Your name in the catalog (optional)"
                hint="Finds your team’s documentation."
                placeholder="jane.doe"
                value=Signal::derive(move || server.with(|server| server.person.clone()))
                on_change=move |text| server.update(|server| server.person = text)
            />
            <Trouble refused/>
            <div class="wm-report__actions">
                <Button kind=ButtonKind::Primary submit=true disabled=empty on_press=|()| ()>
                    {move || if busy.get() { "Asking…" } else { "Show documentation" }}
                </Button>
            </div>
        </form>
    }
}

/// Why something was not answered, and what to do.
#[component]
pub(super) fn Trouble(
    /// Why.
    #[prop(into)]
    refused: Signal<Option<IpcError>>,
) -> impl IntoView {
    let notice = move || {
        refused.get().map(|error| {
            let (title, network) = trouble(error.code);
            let (tone, icon) = if network { (Tone::Warning, Icon::Offline) } else { (Tone::Danger, Icon::Warning) };
            let stays = network
                .then(|| view! { <p class="wm-scan__why">"Everything that is on this device can still be read."</p> });
            view! {
                <Notice tone icon>
                    <p class="wm-scan__title">{title}</p>
                    <p class="wm-scan__why">{sentence(&error.message)}</p>
                    {stays}
                </Notice>
            }
        })
    };
    view! { <div role="alert">{notice}</div> }
}
