//! Signing in with one's company account: which server, what it means, then waiting for the person.

mod card;
mod form;
mod waiting;

use leptos::{prelude::*, task::spawn_local};
use waymark_api::{
    IpcError,
    ipc::{
        account::{AccountView, BeginSignIn, CancelSignIn, FinishSignIn, ServerView, SignInView, SignInWay},
        system::OpenLink,
    },
};

pub(super) use self::form::CompanyForm;
use self::{card::CompanyCard, waiting::Waiting};
use crate::{
    backend::{Backend, use_backend},
    state::{use_toasts, use_topics},
};

/// From "this is my company's server" to "joined".
#[component]
pub(super) fn CompanyFlow(
    /// The server.
    server: ServerView,
    /// Whether something is under way that another invite must not interrupt.
    busy: RwSignal<bool>,
    /// Called when the device has joined.
    #[prop(into)]
    on_joined: Callback<AccountView>,
    /// Called when the person joins in another way.
    #[prop(into)]
    on_back: Callback<()>,
) -> impl IntoView {
    let (backend, toasts, topics) = (use_backend(), use_toasts(), use_topics());
    let waiting = RwSignal::new(None::<SignInView>);
    let refused = RwSignal::new(None::<IpcError>);
    let label = RwSignal::new(String::new());
    // Whoever leaves the page does not sign in behind its back; where nothing waits, nothing happens.
    on_cleanup(move || give_up(backend));
    let address = server.server.clone();
    let sign_in = move |way: SignInWay| {
        let asked = BeginSignIn { server: address.clone(), label: label.get_untracked().trim().to_owned(), way };
        topics.forget_job();
        refused.set(None);
        busy.set(true);
        spawn_local(async move {
            match begin(backend, asked).await {
                Ok(Some(view)) => {
                    // The person may have left meanwhile; then nobody waits for them.
                    if waiting.try_set(Some(view)).is_some() {
                        return give_up(backend);
                    }
                    let finished = backend.call(FinishSignIn {}).await;
                    let given_up = waiting.try_with_untracked(Option::is_none).unwrap_or(true);
                    match finished {
                        // Joined is joined, whether somebody looks or not.
                        Ok(view) => drop(on_joined.try_run(view)),
                        Err(_) if given_up => {}
                        Err(error) => {
                            if refused.try_set(Some(error.clone())).is_some() {
                                toasts.failed(&error);
                            }
                        }
                    }
                }
                Ok(None) => {}
                Err(error) => drop(refused.try_set(Some(error))),
            }
            waiting.try_set(None);
            busy.try_set(false);
        });
    };
    let cancel = move |()| {
        waiting.set(None);
        give_up(backend);
    };
    let sign_in = Callback::new(sign_in);
    move || match waiting.get() {
        Some(view) => view! { <Waiting view on_cancel=cancel/> }.into_any(),
        None => view! { <CompanyCard server=server.clone() label refused busy on_sign_in=sign_in on_back/> }.into_any(),
    }
}

/// Begins, and opens the browser where that is the way; `None` where the person did not want it opened.
async fn begin(backend: Backend, asked: BeginSignIn) -> Result<Option<SignInView>, IpcError> {
    let way = asked.way;
    let view = backend.call(asked).await?;
    if way == SignInWay::Code {
        return Ok(Some(view));
    }
    match backend.call(OpenLink { url: view.url.clone() }).await {
        Ok(true) => Ok(Some(view)),
        Ok(false) => {
            give_up(backend);
            Ok(None)
        }
        Err(error) => {
            give_up(backend);
            Err(error)
        }
    }
}

/// Ends the sign-in that waits, if there is one.
fn give_up(backend: Backend) {
    spawn_local(async move {
        // There is nobody to tell.
        let _ = backend.call(CancelSignIn {}).await;
    });
}
