//! Where this device's keys lie, and the sealed file where the system has no keyring.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::ipc::{
    account::{Keeping, SealSecrets, UnlockSecrets},
    sources::Secret,
};

use super::model::{Asked, Passphrase};
use crate::{
    backend::use_backend,
    kit::{Button, ButtonKind, ButtonSize, FieldKind, Icon, Notice, TextField, Tone, focus_soon, keep_focus, sentence},
    state::use_account,
};

/// One line where all is well; a question where it is not.
#[component]
pub(super) fn KeepingSecrets() -> impl IntoView {
    let account = use_account();
    let keeping = Memo::new(move |_| account.view().with(|view| view.keeping));
    let place = Memo::new(move |_| account.view().with(|view| view.secrets.clone()));
    let anew = RwSignal::new(false);
    let turn = move |to: bool| {
        anew.set(to);
        focus_soon(".wm-account__keeping .wm-input");
    };
    move || {
        match (keeping.get(), anew.get()) {
        (Keeping::Keyring | Keeping::File, _) => {
            let place = place.get();
            // After a passphrase was given, this is where its field was.
            (!place.is_empty())
                .then(|| view! { <p class="wm-account__secrets" tabindex="-1">{format!("The keys of this device lie in {place}.")}</p> })
                .into_any()
        }
        (Keeping::Locked, false) => view! {
            <PassphraseForm asked=Asked::Open/>
            <div>
                <Button size=ButtonSize::Small kind=ButtonKind::Ghost on_press=move || turn(true)>"I forgot it…"</Button>
            </div>
        }
        .into_any(),
        (Keeping::Locked, true) => view! {
            <Notice tone=Tone::Warning icon=Icon::Warning>
                <p>"Without its passphrase nobody can open the file. A new one takes its place, and you join your team again with a new invite. What you did stays."</p>
            </Notice>
            <PassphraseForm asked=Asked::MakeAnew/>
            <div>
                <Button size=ButtonSize::Small kind=ButtonKind::Ghost on_press=move || turn(false)>"I remember it"</Button>
            </div>
        }
        .into_any(),
        (Keeping::Memory, _) => view! { <PassphraseForm asked=Asked::Make/> }.into_any(),
    }
    }
}

/// A passphrase to open the file, or twice a new one to make it.
#[component]
fn PassphraseForm(
    /// What it is for.
    asked: Asked,
) -> impl IntoView {
    let (backend, account) = (use_backend(), use_account());
    let typed = RwSignal::new(Passphrase::default());
    let refused = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let makes = asked != Asked::Open;
    let held = Signal::derive(move || busy.get() || typed.with(|typed| !typed.is_ready(makes)));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if held.get_untracked() {
            return;
        }
        busy.set(true);
        refused.set(None);
        let passphrase = Secret(typed.with_untracked(|typed| typed.first.clone()));
        spawn_local(async move {
            let answer = if makes {
                backend.call(SealSecrets { passphrase }).await
            } else {
                backend.call(UnlockSecrets { passphrase }).await
            };
            busy.try_set(false);
            match answer {
                Ok(view) => {
                    account.take(view);
                    keep_focus(".wm-account__secrets");
                }
                Err(error) => drop(refused.try_set(Some(sentence(&error.message)))),
            }
        });
    };
    view! {
        <form class="wm-account__keeping" on:submit=submit>
            <div>
                <h3 class="wm-setting__title">"Keys of this device"</h3>
                <p class="wm-setting__text">{asked.words()}</p>
            </div>
            <TextField
                label=if makes { "A new passphrase" } else { "Passphrase" }
                hint=move || if makes { typed.with(Passphrase::hint) } else { String::new() }
                kind=FieldKind::Secret
                value=Signal::derive(move || typed.with(|typed| typed.first.clone()))
                on_change=move |text| {
                    refused.set(None);
                    typed.update(|typed| typed.first = text);
                }
            />
            {makes.then(|| view! {
                <TextField
                    label="Once more"
                    kind=FieldKind::Secret
                    value=Signal::derive(move || typed.with(|typed| typed.again.clone()))
                    on_change=move |text| typed.update(|typed| typed.again = text)
                />
            })}
            {move || refused.get().map(|why| view! {
                <div role="alert"><Notice tone=Tone::Danger icon=Icon::Info><p>{why}</p></Notice></div>
            })}
            <Button size=ButtonSize::Small icon=Icon::Lock submit=true disabled=held on_press=|()| ()>
                {move || match (busy.get(), makes) {
                    (true, _) => "One moment…",
                    (false, true) => "Keep them in a sealed file",
                    (false, false) => "Unlock",
                }}
            </Button>
        </form>
    }
}
