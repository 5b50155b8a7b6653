//! How much is kept and where, and what the person can do with it.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::ipc::{
    privacy::{EraseData, EraseOnServer, ExportData, PrivacyView},
    system::{Place, Reveal},
};

use super::model::{FactCount, counts};
use crate::{
    backend::use_backend,
    kit::{Button, ButtonKind, ButtonSize, Eyebrow, Icon},
    state::{use_account, use_session, use_toasts, use_undo},
};

/// Counts, size and folder of the library.
#[component]
pub(super) fn Kept(
    /// What is kept.
    #[prop(into)]
    view: Signal<PrivacyView>,
) -> impl IntoView {
    let (backend, toasts) = (use_backend(), use_toasts());
    let show = move || {
        spawn_local(async move {
            if let Err(error) = backend.call(Reveal { place: Place::Data }).await {
                toasts.failed(&error);
            }
        });
    };
    let line = |FactCount { name, value }: FactCount| view! { <div class="wm-kept__line"><dt>{name}</dt><dd class="wm-num">{value}</dd></div> };
    view! {
        <section aria-labelledby="privacy-kept">
            <Eyebrow id="privacy-kept">"Kept on this computer"</Eyebrow>
            <dl class="wm-kept">{move || view.with(counts).into_iter().map(line).collect_view()}</dl>
            <p class="wm-kept__place"><bdi>{move || view.with(|view| view.data_folder.clone())}</bdi></p>
            <Button size=ButtonSize::Small icon=Icon::Folder on_press=show>"Show folder"</Button>
        </section>
    }
}

/// Taking everything along, and deleting it.
#[component]
pub(super) fn Yours(
    /// Whether there is a team.
    joined: Memo<bool>,
) -> impl IntoView {
    let (backend, session, toasts, undo) = (use_backend(), use_session(), use_toasts(), use_undo());
    let account = use_account();
    let busy = RwSignal::new(false);
    let export = move || {
        busy.set(true);
        spawn_local(async move {
            match backend.call(ExportData {}).await {
                Ok(Some(path)) => toasts.say(format!("Saved to {path}")),
                // The person changed their mind.
                Ok(None) => {}
                Err(error) => toasts.failed(&error),
            }
            busy.try_set(false);
        });
    };
    let erase = move || {
        busy.set(true);
        spawn_local(async move {
            // The shell asks once more before anything is deleted.
            match backend.call(EraseData {}).await {
                Ok(true) => {
                    undo.clear();
                    toasts.say("Everything on this device was erased");
                    session.reload();
                }
                Ok(false) => {}
                Err(error) => toasts.failed(&error),
            }
            busy.try_set(false);
        });
    };
    let forget = move || {
        busy.set(true);
        spawn_local(async move {
            // The shell asks once more before the server is told.
            match backend.call(EraseOnServer {}).await {
                Ok(true) => {
                    toasts.say("The server forgets you. What is on this device stays");
                    account.refresh();
                }
                Ok(false) => {}
                Err(error) => toasts.failed(&error),
            }
            busy.try_set(false);
        });
    };
    view! {
        <section aria-labelledby="privacy-yours">
            <Eyebrow id="privacy-yours">"Yours to take or remove"</Eyebrow>
            <div class="wm-privacy__actions">
                <Button icon=Icon::Download disabled=busy on_press=export>"Export my data"</Button>
                <Button icon=Icon::Trash disabled=busy on_press=erase>"Erase on this device…"</Button>
                {move || joined.get().then(|| view! {
                    <Button kind=ButtonKind::Ghost icon=Icon::Server disabled=busy on_press=forget>"Erase on the server…"</Button>
                })}
            </div>
            <p class="wm-privacy__fine">
                "The export is one JSON file with what you did, your notes and your preferences. Erasing cannot be undone; your team’s folders stay as they are."
                {move || joined.get().then_some(" On the server, a mark without your name stays, so that counts do not change.")}
            </p>
        </section>
    }
}
