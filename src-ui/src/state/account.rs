//! The person's membership of a team and how the exchange with its server stands.

use std::pin::Pin;

use leptos::{prelude::*, task::spawn_local};
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use waymark_api::ipc::account::{AccountView, Member, OpenAccount, SyncNow, SyncState};

use super::toasts::Toasts;
use crate::{backend::Backend, kit::fetch_failed};

/// A question to the shell under way.
type Asking = Pin<Box<dyn Future<Output = ()>>>;

/// The account of this window. It is alone until the shell said otherwise.
#[derive(Clone, Copy)]
pub(crate) struct Account {
    view: RwSignal<AccountView>,
    known: RwSignal<bool>,
    sending: RwSignal<bool>,
    backend: Backend,
    toasts: Toasts,
}

impl Account {
    /// Nothing asked yet. Made once, at the root.
    pub(crate) fn new(backend: Backend, toasts: Toasts) -> Self {
        Self { view: RwSignal::default(), known: RwSignal::new(false), sending: RwSignal::new(false), backend, toasts }
    }

    /// Everything that is known.
    pub(crate) fn view(self) -> Signal<AccountView> {
        self.view.into()
    }

    /// Whether the shell was asked and answered, in whichever way.
    pub(crate) fn known(self) -> Signal<bool> {
        self.known.into()
    }

    /// The membership; `None` where the app works alone.
    pub(crate) fn member(self) -> Memo<Option<Member>> {
        Memo::new(move |_| self.view.with(|view| view.member.clone()))
    }

    /// Whether somebody reports to the person: then there is a Team screen.
    pub(crate) fn leads(self) -> Memo<bool> {
        Memo::new(move |_| self.view.with(|view| view.member.as_ref().is_some_and(|member| member.line > 0)))
    }

    /// How the exchange stands.
    pub(crate) fn sync(self) -> Memo<SyncState> {
        Memo::new(move |_| self.view.with(|view| view.sync.clone()))
    }

    /// Whether a [`Account::sync_now`] is under way.
    pub(crate) fn sending(self) -> Signal<bool> {
        self.sending.into()
    }

    /// Asks the shell again.
    pub(crate) fn refresh(self) {
        spawn_local(async move {
            // What was known stays where nobody answers; nothing on this device depends on it.
            if let Ok(asking) = ask(self).await {
                asking.await;
            }
            self.known.set(true);
        });
    }

    /// Takes what the shell answered to another request.
    pub(crate) fn take(self, view: AccountView) {
        if self.view.with_untracked(|known| *known != view) {
            self.view.set(view);
        }
    }

    /// Sends and fetches now.
    pub(crate) fn sync_now(self) {
        if self.sending.get_untracked() {
            return;
        }
        self.sending.set(true);
        spawn_local(async move {
            match exchange(self).await {
                Ok(exchanging) => exchanging.await,
                Err(_) => self.toasts.failed(&fetch_failed()),
            }
            self.sending.set(false);
        });
    }
}

/// Asks how the person stands. Reading the answers is much code, and nobody waits for one to see the first
/// screen: it is a part.
#[wasm_split(account, fallible)]
fn ask(account: Account) -> Result<Asking, SplitLoaderError> {
    Ok(Box::pin(async move {
        if let Ok(view) = account.backend.call(OpenAccount {}).await {
            account.take(view);
        }
    }))
}

/// Sends and fetches.
#[wasm_split(account, fallible)]
fn exchange(account: Account) -> Result<Asking, SplitLoaderError> {
    Ok(Box::pin(async move {
        match account.backend.call(SyncNow {}).await {
            Ok(sync) => account.view.update(|view| view.sync = sync),
            Err(error) => account.toasts.failed(&error),
        }
    }))
}

/// The account of this window.
pub(crate) fn use_account() -> Account {
    expect_context()
}
