//! What everybody sees before they join, whichever way they come: the server, what will be shared, this device.

use leptos::prelude::*;
use waymark_api::IpcError;

use crate::{
    features::{account::membership::Lines, privacy::Leaves},
    kit::{Icon, IconView, Notice, Refusal, TextField, Tone, keep_focus},
};

/// The server in words, what would be shared, what this device will be called, and why the last try failed.
#[component]
pub(super) fn About(
    /// What the server calls itself.
    name: String,
    /// What is known about it.
    lines: Vec<(&'static str, String)>,
    /// Whether it runs on this computer and is reached without encryption.
    loopback: bool,
    /// What to call this device.
    label: RwSignal<String>,
    /// Why the last try failed.
    #[prop(into)]
    refused: Signal<Option<IpcError>>,
) -> impl IntoView {
    // The button that led here is gone.
    keep_focus("#join-server");
    let plain = loopback.then(|| {
        view! {
            <Notice tone=Tone::Warning icon=Icon::Info>
                <p>"The connection is not encrypted. That is fine for this server, because it runs on this computer."</p>
            </Notice>
        }
    });
    view! {
        <section class="wm-card wm-join__card" aria-labelledby="join-server">
            <h2 class="wm-join__name" id="join-server" tabindex="-1"><IconView icon=Icon::Server large=true/>{name}</h2>
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
    }
}

/// Whether one has to wait, or give the device a name first.
pub(super) fn not_yet(busy: Signal<bool>, label: RwSignal<String>) -> Signal<bool> {
    Signal::derive(move || busy.get() || label.with(|label| label.trim().is_empty()))
}
