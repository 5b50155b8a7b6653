//! The library cannot be opened: what happened, that nothing is lost, what to do.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::{
    IpcError,
    ipc::{
        start::{StartFresh, Trouble, TroubleKind},
        system::{CloseWindow, Place, Reveal},
    },
};

use crate::{
    backend::use_backend,
    commands::copy_diagnostics,
    kit::{Button, ButtonKind, Dialog, Icon, IconView, sentence},
    state::{mark_ready, use_session, use_toasts},
};

/// The library cannot be opened.
#[component]
pub(crate) fn TroublePanel(
    /// Why, in words for people.
    trouble: Trouble,
) -> impl IntoView {
    let damaged = trouble.kind == TroubleKind::Damaged;
    let title = match trouble.kind {
        TroubleKind::NewerVersion => "This library was made by a newer Waymark",
        TroubleKind::Damaged => "The library cannot be read",
        TroubleKind::DiskFull => "The disk is full",
        TroubleKind::ReadOnly => "The library cannot be written",
        TroubleKind::NoPermission => "The library may not be opened",
        TroubleKind::Other => "The library cannot be opened",
    };
    view! {
        <Panel title message=trouble.message help=trouble.help path=trouble.path>
            {damaged.then(|| view! { <FreshStart/> })}
        </Panel>
    }
}

/// The shell did not answer at all.
#[component]
pub(crate) fn FailurePanel(
    /// What it said.
    error: IpcError,
) -> impl IntoView {
    view! {
        <Panel
            title="Waymark could not start"
            message=sentence(&error.message)
            help="Nothing was changed on your disk. Try again, or copy the diagnostics for the person who helps you."
            path=""
        >
            ""
        </Panel>
    }
}

/// A full window with one card.
#[component]
fn Panel(
    /// What it is.
    title: &'static str,
    /// What happened.
    #[prop(into)]
    message: String,
    /// What to do.
    #[prop(into)]
    help: String,
    /// Where the library lies; empty where that is not known.
    #[prop(into)]
    path: String,
    /// Further buttons.
    children: Children,
) -> impl IntoView {
    let (backend, session, toasts) = (use_backend(), use_session(), use_toasts());
    document().set_title("Waymark");
    mark_ready();
    let reveal = move |()| {
        spawn_local(async move {
            if let Err(error) = backend.call(Reveal { place: Place::Data }).await {
                toasts.failed(&error);
            }
        });
    };
    let close = move |()| {
        spawn_local(async move {
            if let Err(error) = backend.call(CloseWindow {}).await {
                toasts.failed(&error);
            }
        });
    };
    view! {
        <main class="wm-panel" id="main">
            <div class="wm-panel__card">
                <span class="wm-panel__mark wm-panel__mark--trouble"><IconView icon=Icon::Warning large=true/></span>
                <h1 class="wm-panel__title">{title}</h1>
                <p class="wm-panel__text">{message}</p>
                <p class="wm-panel__text">{help}</p>
                {(!path.is_empty()).then(|| view! { <p class="wm-panel__path"><span class="wm-hidden">"Library: "</span><code>{path}</code></p> })}
                <div class="wm-panel__actions">
                    <Button kind=ButtonKind::Primary icon=Icon::Refresh on_press=move |()| session.reload()>"Try again"</Button>
                    {children()}
                </div>
                <div class="wm-panel__more">
                    <Button kind=ButtonKind::Ghost icon=Icon::Folder on_press=reveal>"Show data folder"</Button>
                    <Button kind=ButtonKind::Ghost icon=Icon::Copy on_press=move |()| copy_diagnostics(backend, toasts)>"Copy diagnostics"</Button>
                    <Button kind=ButtonKind::Ghost icon=Icon::Close on_press=close>"Close"</Button>
                </div>
            </div>
        </main>
    }
}

/// Puts the damaged library aside, after one question.
#[component]
fn FreshStart() -> impl IntoView {
    let (backend, session, toasts) = (use_backend(), use_session(), use_toasts());
    let asking = RwSignal::new(false);
    let start = move |()| {
        asking.set(false);
        spawn_local(async move {
            match backend.call(StartFresh {}).await {
                Ok(started) => session.take(started),
                Err(error) => toasts.failed(&error),
            }
        });
    };
    view! {
        <Button on_press=move |()| asking.set(true)>"Start with an empty library"</Button>
        <Dialog open=asking title="Start with an empty library">
            <p class="wm-dialog__text">
                "The old file is kept: it is only renamed, in the same folder, so that it can still be repaired or read by somebody who helps you."
            </p>
            <div class="wm-dialog__actions">
                <Button on_press=move |()| asking.set(false)>"Cancel"</Button>
                <Button kind=ButtonKind::Primary on_press=start>"Start empty"</Button>
            </div>
        </Dialog>
    }
}
