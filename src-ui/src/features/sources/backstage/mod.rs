//! Adding a Backstage: where it is and who asks, what it has, fetching the chosen part of that.

mod form;
mod list;
mod model;

use leptos::{prelude::*, task::spawn_local};
use waymark_api::{
    IpcError,
    ipc::sources::{AddBackstage, Added, BackstageList, ListBackstage},
};

use self::{form::ServerForm, list::SiteList, model::Server};
use super::flow::Reading;
use crate::{
    backend::use_backend,
    state::{use_toasts, use_topics},
};

/// Everything between "Add a Backstage" and "added".
#[component]
pub(crate) fn BackstageFlow(
    /// Address of a server that was added before, where its choice is to be changed.
    #[prop(optional, into)]
    known: Option<String>,
    /// Called when the chosen documentation is here.
    #[prop(into)]
    on_added: Callback<Added>,
) -> impl IntoView {
    let (backend, toasts, topics) = (use_backend(), use_toasts(), use_topics());
    let asks_at_once = known.is_some();
    let server = RwSignal::new(Server { address: known.unwrap_or_default(), ..Server::default() });
    let list = RwSignal::new(None::<BackstageList>);
    let refused = RwSignal::new(None::<IpcError>);
    let busy = RwSignal::new(false);
    let ask = move |()| {
        let Server { address, token, person } = server.get_untracked();
        let request = ListBackstage { address, token: model::token(&token), person: model::filled(&person) };
        refused.set(None);
        busy.set(true);
        spawn_local(async move {
            match backend.call(request).await {
                Ok(found) => drop(list.try_set(Some(found))),
                Err(error) => drop(refused.try_set(Some(error))),
            }
            busy.try_set(false);
        });
    };
    if asks_at_once {
        ask(());
    }
    let add = move |entities: Vec<String>| {
        let Server { token, person, .. } = server.get_untracked();
        let Some(address) = list.with_untracked(|list| list.as_ref().map(|list| list.address.clone())) else { return };
        let request = AddBackstage { address, token: model::token(&token), person: model::filled(&person), entities };
        topics.forget_job();
        refused.set(None);
        busy.set(true);
        spawn_local(async move {
            match backend.call(request).await {
                // The person may have closed this meanwhile; what was chosen is here all the same.
                Ok(added) => drop(on_added.try_run(added)),
                Err(error) => {
                    if refused.try_set(Some(error.clone())).is_some() {
                        toasts.failed(&error);
                    }
                }
            }
            busy.try_set(false);
        });
    };
    // The token is part of `server`, so it goes with this dialog.
    move || match list.get() {
        None => view! { <ServerForm server refused busy on_ask=ask/> }.into_any(),
        Some(found) => view! {
            <SiteList found refused busy on_add=add on_back=move |()| list.set(None)/>
            {move || busy.get().then(|| view! { <Reading at_first="Asking the server"/> })}
        }
        .into_any(),
    }
}
