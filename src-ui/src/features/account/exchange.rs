//! How the exchange with the server stands.

use leptos::prelude::*;

use super::{keeping::KeepingSecrets, model::standing};
use crate::{
    kit::{Button, ButtonSize, Group, Icon, Status},
    state::{use_account, use_session},
};

/// The state in words, and the button that does not wait.
#[component]
pub(super) fn Exchange() -> impl IntoView {
    let (account, session) = (use_account(), use_session());
    let sync = account.sync();
    let said = move || {
        let now = session.frame().with(|frame| frame.now);
        let (kind, word, text) = sync.with(|sync| standing(sync, now));
        view! {
            <div class="wm-setting__words">
                <p class="wm-setting__title"><Status kind>{word}</Status></p>
                <p class="wm-setting__text">{text}</p>
            </div>
        }
    };
    view! {
        <Group title="Exchange with the server" lead="What you do is on this computer first. Waymark sends it as soon as the server can be reached.">
            <div class="wm-setting">
                <div role="status" class="wm-account__said">{said}</div>
                <div class="wm-setting__control">
                    <Button size=ButtonSize::Small icon=Icon::Refresh disabled=account.sending() on_press=move || account.sync_now()>
                        {move || if account.sending().get() { "Sending…" } else { "Sync now" }}
                    </Button>
                </div>
            </div>
            <KeepingSecrets/>
        </Group>
    }
}
