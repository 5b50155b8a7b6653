//! The person's devices, and ending the session of one that is lost.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::ipc::account::{EndSession, SessionLine};

use crate::{
    backend::use_backend,
    kit::{Badge, Button, ButtonKind, ButtonSize, Dialog, Group, Icon, IconView, Refusal, dates},
    state::{use_account, use_session, use_toasts},
};

/// The devices.
#[component]
pub(super) fn Devices() -> impl IntoView {
    let (account, session) = (use_account(), use_session());
    let sessions = Memo::new(move |_| account.view().with(|view| view.sessions.clone()));
    let (ending, open) = (RwSignal::new(None::<SessionLine>), RwSignal::new(false));
    let ask = move |line: SessionLine| {
        ending.set(Some(line));
        open.set(true);
    };
    let list = move || {
        let now = session.frame().with(|frame| frame.now);
        let sessions = sessions.get();
        if sessions.is_empty() {
            return view! { <p class="wm-account__none">"The server could not be asked which devices there are."</p> }
                .into_any();
        }
        let row = |line: SessionLine| {
            let seen = format!("last seen {}", dates::ago(line.last_seen, now));
            let end = if line.current {
                view! { <Badge>"This device"</Badge> }.into_any()
            } else {
                let label = line.label.clone();
                let line = line.clone();
                view! {
                    <Button size=ButtonSize::Small on_press=move || ask(line.clone())>
                        "End…"<span class="wm-hidden">{format!(" the session of {label}")}</span>
                    </Button>
                }
                .into_any()
            };
            view! {
                <li class="wm-row">
                    <IconView icon=Icon::EvidenceObserved/>
                    <span class="wm-row__title">{line.label}</span>
                    <span class="wm-row__meta wm-num">{seen}</span>
                    {end}
                </li>
            }
        };
        view! { <ul class="wm-rows">{sessions.into_iter().map(row).collect::<Vec<_>>()}</ul> }.into_any()
    };
    let title = Signal::derive(move || {
        ending
            .with(|line| line.as_ref().map(|line| format!("End the session of “{}”?", line.label)).unwrap_or_default())
    });
    view! {
        <Group title="Your devices" lead="End the session of a device that you lost or gave back. What was done on it and had been sent stays.">
            {list}
        </Group>
        <Dialog open title>
            {move || ending.get().map(|line| view! { <EndForm line open/> })}
        </Dialog>
    }
}

/// Asks once more, because the device cannot send what it still holds.
#[component]
fn EndForm(
    /// Which device.
    line: SessionLine,
    /// Whether the question is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let (backend, account, toasts) = (use_backend(), use_account(), use_toasts());
    let (busy, refused) = (RwSignal::new(false), RwSignal::new(None));
    let end = move || {
        let (id, label) = (line.id.clone(), line.label.clone());
        busy.set(true);
        spawn_local(async move {
            match backend.call(EndSession { id }).await {
                Ok(view) => {
                    account.take(view);
                    toasts.say(format!("The session of “{label}” has ended"));
                    open.try_set(false);
                }
                Err(error) => drop(refused.try_set(Some(error))),
            }
            busy.try_set(false);
        });
    };
    view! {
        <div class="wm-ask">
            <p class="wm-ask__lead">"That device can neither send nor fetch any more. What it has not sent yet stays on it, and it needs a new invite to go on."</p>
            <Refusal refused/>
            <div class="wm-dialog__actions">
                <Button on_press=move || open.set(false)>"Cancel"</Button>
                <Button kind=ButtonKind::Danger disabled=busy on_press=end>"End the session"</Button>
            </div>
        </div>
    }
}
