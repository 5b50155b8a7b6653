//! Joining: paste the invite, look at what it means, join; or sign in with the company's account.

mod about;
mod card;
mod company;
mod form;

use leptos::{prelude::*, task::spawn_local};
use waymark_api::{
    IpcError,
    ipc::account::{AccountView, InviteView, Join, LookAtInvite, ServerView},
};

use self::{
    card::InviteCard,
    company::{CompanyFlow, CompanyForm},
    form::InviteForm,
};
use super::model::asked;
use crate::{
    backend::use_backend,
    features::sources::Reading,
    kit::keep_focus,
    state::{use_toasts, use_topics},
};

/// How far joining is.
#[derive(Clone)]
enum Stage {
    /// Neither invite nor server is known.
    Ask,
    /// The invite that was looked at.
    Invite(InviteView),
    /// The server that signs in with the company's account.
    Company(ServerView),
}

/// Everything between "I have an invite", or a company account, and "joined".
#[component]
pub(crate) fn JoinFlow(
    /// An invite that came from outside, possibly empty. It fills the form and does nothing else.
    #[prop(optional, into)]
    invite: Signal<String>,
    /// Called when the device has joined.
    #[prop(into)]
    on_joined: Callback<AccountView>,
) -> impl IntoView {
    let (backend, toasts, topics) = (use_backend(), use_toasts(), use_topics());
    let typed = RwSignal::new(invite.get_untracked());
    let server = RwSignal::new(String::new());
    let stage = RwSignal::new(Stage::Ask);
    let refused = RwSignal::new(None::<IpcError>);
    let busy = RwSignal::new(false);
    // A second link from outside takes the first one's place, unless joining is under way.
    Effect::new(move |before: Option<String>| {
        let invite = invite.get();
        let new = before.as_ref().is_some_and(|before| *before != invite);
        if new && !invite.is_empty() && !busy.get_untracked() {
            typed.set(invite.clone());
            stage.set(Stage::Ask);
            refused.set(None);
        }
        invite
    });
    let look = move |()| {
        let Some((invite, server)) = asked(&typed.get_untracked(), &server.get_untracked()) else { return };
        refused.set(None);
        busy.set(true);
        spawn_local(async move {
            match backend.call(LookAtInvite { invite, server }).await {
                Ok(view) => drop(stage.try_set(Stage::Invite(view))),
                Err(error) => drop(refused.try_set(Some(error))),
            }
            busy.try_set(false);
        });
    };
    let join = move |label: String| {
        let Some((invite, server)) = asked(&typed.get_untracked(), &server.get_untracked()) else { return };
        topics.forget_job();
        refused.set(None);
        busy.set(true);
        spawn_local(async move {
            match backend.call(Join { invite, server, label }).await {
                // The person may have left this page meanwhile; the device has joined all the same.
                Ok(view) => drop(on_joined.try_run(view)),
                Err(error) => {
                    if refused.try_set(Some(error.clone())).is_some() {
                        toasts.failed(&error);
                    }
                }
            }
            busy.try_set(false);
        });
    };
    let back = move |()| {
        refused.set(None);
        stage.set(Stage::Ask);
        keep_focus(".wm-join .wm-input");
    };
    move || match stage.get() {
        Stage::Ask => view! {
            <InviteForm typed server refused busy on_look=look/>
            <CompanyForm on_found=move |server| stage.set(Stage::Company(server))/>
        }
        .into_any(),
        Stage::Company(server) => view! { <CompanyFlow server busy on_joined on_back=back/> }.into_any(),
        Stage::Invite(invite) => view! {
            <InviteCard invite refused busy on_join=join on_back=back/>
            {move || busy.get().then(|| view! { <Reading at_first="Making this device’s key"/> })}
        }
        .into_any(),
    }
}
