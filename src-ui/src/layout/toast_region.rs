//! Messages in the corner. The region exists from the start, so that screen readers hear them.

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    kit::{Button, ButtonKind, ButtonSize, Icon, IconView},
    state::{Toast, ToastKind, use_toasts},
};

/// How long a message stays while nobody points at it.
const STAYS: Duration = Duration::from_secs(12);

/// The region of messages.
#[component]
pub(crate) fn ToastRegion() -> impl IntoView {
    let toasts = use_toasts();
    view! {
        <div class="wm-toasts" role="status" aria-live="polite">
            <For each=move || toasts.list().get() key=|toast| toast.id let(toast)>
                <ToastView toast/>
            </For>
        </div>
    }
}

/// One message. Its time stands still while the pointer or the focus is on it.
#[component]
fn ToastView(
    /// The message.
    toast: Toast,
) -> impl IntoView {
    let toasts = use_toasts();
    let id = toast.id;
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(Some(handle)) = timer.try_update_value(Option::take) {
            handle.clear();
        }
    };
    let start = move || {
        stop();
        // A window without timers keeps the message, which is the safe side.
        let handle = set_timeout_with_handle(move || toasts.dismiss(id), STAYS).ok();
        timer.set_value(handle);
    };
    start();
    on_cleanup(stop);
    let failed = toast.kind == ToastKind::Failed;
    let undo = matches!(toast.kind, ToastKind::Changed(_) | ToastKind::Offer).then(|| {
        let toast = toast.clone();
        view! { <Button kind=ButtonKind::Ghost size=ButtonSize::Small on_press=move |()| toasts.undo(&toast)>"Undo"</Button> }
    });
    view! {
        <div
            class="wm-toast"
            class:wm-toast--failed=failed
            on:mouseenter=move |_| stop()
            on:mouseleave=move |_| start()
            on:focusin=move |_| stop()
            on:focusout=move |_| start()
        >
            {failed.then(|| view! { <IconView icon=Icon::Warning/> })}
            <span class="wm-toast__text">{toast.text}</span>
            {undo}
            <button class="wm-icon-button" type="button" aria-label="Dismiss" on:click=move |_| toasts.dismiss(id)>
                <IconView icon=Icon::Close/>
            </button>
        </div>
    }
}
