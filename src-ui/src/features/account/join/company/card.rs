//! Whose server it is and what would be shared, before anybody signs in.

use leptos::prelude::*;
use waymark_api::{
    IpcError,
    ipc::account::{ServerView, SignInWay},
};

use crate::{
    features::account::{
        join::about::{About, not_yet},
        model::{device_name, ways},
    },
    kit::{Button, ButtonKind},
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
    let cannot = not_yet(busy, label);
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
            <About name=server.server_name lines=vec![("Server", server.server)] loopback=server.loopback label refused/>
            <div class="wm-account__actions">
                {main}
                {others.into_iter().map(other).collect::<Vec<_>>()}
                <Button kind=ButtonKind::Ghost disabled=busy on_press=on_back>"Join another way"</Button>
            </div>
        </div>
    }
}
