//! Whose server it is and what would be shared, before anybody signs in.

use leptos::prelude::*;
use waymark_api::{
    IpcError,
    ipc::account::{ServerView, SignInWay},
};

use crate::{
    features::{
        account::{
            membership::Lines,
            model::{device_name, ways},
        },
        privacy::Leaves,
    },
    kit::{Button, ButtonKind, Icon, IconView, Notice, Refusal, TextField, Tone, keep_focus},
    state::use_session,
};

/// The server in words, what would be shared, and the ways to sign in.
#[component]
pub(super) fn CompanyCard(
    /// The server.
    server: ServerView,
    /// What to call this device.
    label: RwSignal<String>,
    /// Why the last sign-in failed.
    #[prop(into)]
    refused: Signal<Option<IpcError>>,
    /// Whether one is being begun.
    #[prop(into)]
    busy: Signal<bool>,
    /// Called with the way that the person chose.
    on_sign_in: Callback<SignInWay>,
    /// Called when the person joins in another way.
    on_back: Callback<()>,
) -> impl IntoView {
    if label.with_untracked(String::is_empty) {
        label.set(device_name(use_session().platform(), ""));
    }
    // The button that led here is gone.
    keep_focus("#join-server");
    let cannot = Signal::derive(move || busy.get() || label.with(|label| label.trim().is_empty()));
    let plain = server.loopback.then(|| {
        view! {
            <Notice tone=Tone::Warning icon=Icon::Info>
                <p>"The connection is not encrypted. That is fine for this server, because it runs on this computer."</p>
            </Notice>
        }
    });
    let (first, others) = ways(&server.ways);
    let other = move |(way, words): (SignInWay, &'static str)| {
        view! { <Button disabled=cannot on_press=move |()| on_sign_in.run(way)>{words}</Button> }
    };
    let main = first.map(|(way, words)| {
        view! {
            <Button kind=ButtonKind::Primary disabled=cannot on_press=move |()| on_sign_in.run(way)>
                {move || if busy.get() { "Asking…" } else { words }}
            </Button>
        }
    });
    view! {
        <div class="wm-join">
            <section class="wm-card wm-join__card" aria-labelledby="join-server">
                <h2 class="wm-join__name" id="join-server" tabindex="-1"><IconView icon=Icon::Server large=true/>{server.server_name}</h2>
                <Lines lines=vec![("Server", server.server)]/>
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
                {main}
                {others.into_iter().map(other).collect::<Vec<_>>()}
                <Button kind=ButtonKind::Ghost disabled=busy on_press=on_back>"Join another way"</Button>
            </div>
        </div>
    }
}
