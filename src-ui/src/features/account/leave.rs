//! Leaving the team.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::ipc::account::LeaveTeam;

use crate::{
    backend::use_backend,
    kit::{Button, ButtonKind, ButtonSize, Dialog, Group, Refusal, Row, focus_soon},
    state::{use_account, use_session, use_toasts},
};

/// The button and its question.
#[component]
pub(super) fn Leave(
    /// The company's name for the server.
    name: String,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let title = format!("Leave {name}?");
    view! {
        <Group title="Leave the team">
            <Row title="End the session of this device" text="Your journeys, notes and docs stay on this computer. Your manager keeps what was sent.">
                <Button size=ButtonSize::Small on_press=move || open.set(true)>"Leave…"</Button>
            </Row>
        </Group>
        <Dialog open title>
            <LeaveForm open/>
        </Dialog>
    }
}

#[component]
fn LeaveForm(
    /// Whether the question is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let (backend, account, session, toasts) = (use_backend(), use_account(), use_session(), use_toasts());
    let (busy, refused) = (RwSignal::new(false), RwSignal::new(None));
    let leave = move || {
        busy.set(true);
        refused.set(None);
        spawn_local(async move {
            match backend.call(LeaveTeam {}).await {
                Ok(view) => {
                    open.try_set(false);
                    toasts.say("You left the team. Everything that you did is still here");
                    account.take(view);
                    // The question had the focus, and the button that asked it is gone.
                    focus_soon("#main h1");
                    session.refresh_frame();
                }
                Err(error) => drop(refused.try_set(Some(error))),
            }
            busy.try_set(false);
        });
    };
    view! {
        <div class="wm-ask">
            <p class="wm-ask__lead">
                "From then on nothing is sent and nothing is fetched. What has not been sent yet stays on this computer. To come back you need a new invite. To have the server forget you, see Privacy first."
            </p>
            <Refusal refused/>
            <div class="wm-dialog__actions">
                <Button on_press=move || open.set(false)>"Stay"</Button>
                <Button kind=ButtonKind::Danger disabled=busy on_press=leave>"Leave the team"</Button>
            </div>
        </div>
    }
}
