//! Joining: paste the invite, look at what it means, join.

mod card;
mod form;

use leptos::{prelude::*, task::spawn_local};
use waymark_api::{
    IpcError,
    ipc::account::{AccountView, InviteView, Join, LookAtInvite},
};

use self::{card::InviteCard, form::InviteForm};
use super::model::asked;
use crate::{
    backend::use_backend,
    features::sources::Reading,
    state::{use_toasts, use_topics},
};

/// Everything between "I have an invite" and "joined".
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
    let found = RwSignal::new(None::<InviteView>);
    let refused = RwSignal::new(None::<IpcError>);
    let busy = RwSignal::new(false);
    // A second link from outside takes the first one's place, unless joining is under way.
    Effect::new(move |before: Option<String>| {
        let invite = invite.get();
        let new = before.as_ref().is_some_and(|before| *before != invite);
        if new && !invite.is_empty() && !busy.get_untracked() {
            typed.set(invite.clone());
            found.set(None);
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
                Ok(view) => drop(found.try_set(Some(view))),
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
        found.set(None);
    };
    move || match found.get() {
        None => view! { <InviteForm typed server refused busy on_look=look/> }.into_any(),
        Some(invite) => view! {
            <InviteCard invite refused busy on_join=join on_back=back/>
            {move || busy.get().then(|| view! { <Reading at_first="Making this device’s key"/> })}
        }
        .into_any(),
    }
}
