//! Which server, for somebody without an invite.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::{
    Code, IpcError,
    ipc::account::{LookAtServer, ServerView},
};

use crate::{
    backend::use_backend,
    kit::{Button, FieldKind, Refusal, TextField},
};

/// Asks for the server's address, and the server how people sign in there.
#[component]
pub(in super::super) fn CompanyForm(
    /// Called with a server that signs in without an invite.
    #[prop(into)]
    on_found: Callback<ServerView>,
) -> impl IntoView {
    let backend = use_backend();
    let typed = RwSignal::new(String::new());
    let (busy, refused) = (RwSignal::new(false), RwSignal::new(None::<IpcError>));
    let cannot = Signal::derive(move || busy.get() || typed.with(|typed| typed.trim().is_empty()));
    let look = move || {
        let server = typed.get_untracked().trim().to_owned();
        refused.set(None);
        busy.set(true);
        spawn_local(async move {
            match backend.call(LookAtServer { server }).await {
                Ok(view) if view.ways.is_empty() => {
                    let why = format!("{} takes invites only; ask your manager for one", view.server_name);
                    refused.try_set(Some(IpcError::new(Code::BadRequest, why)));
                }
                Ok(view) => drop(on_found.try_run(view)),
                Err(error) => drop(refused.try_set(Some(error))),
            }
            busy.try_set(false);
        });
    };
    view! {
        <form
            class="wm-join wm-join__other"
            aria-labelledby="join-company"
            on:submit=move |event| {
                event.prevent_default();
                if !cannot.get_untracked() {
                    look();
                }
            }
        >
            <h2 class="wm-join__title" id="join-company">"No invite? Sign in with your company"</h2>
            <TextField
                label="Your team’s server"
                kind=FieldKind::Url
                value=typed
                on_change=move |text| typed.set(text)
                placeholder="https://waymark.example.com"
                hint="Works where your company has connected its sign-in to Waymark."
            />
            <Refusal refused/>
            <div class="wm-account__actions">
                <Button submit=true disabled=cannot on_press=|()| ()>
                    {move || if busy.get() { "Asking…" } else { "Continue" }}
                </Button>
            </div>
        </form>
    }
}
