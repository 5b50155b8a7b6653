//! A few words beside a thing while the pointer or the focus is on it.

use leptos::prelude::*;

use super::Kbd;

/// Shows words and keys on hover and on keyboard focus, after half a second; Escape hides them. The
/// words repeat the accessible name of what they belong to, so screen readers do not get them twice.
#[component]
pub(crate) fn Tooltip(
    /// The words.
    #[prop(into)]
    text: Signal<String>,
    /// Keys as in [`Kbd`]. An option on purpose: callers pass on what they have.
    shortcut: Option<&'static str>,
    /// Beside the thing instead of below it.
    #[prop(optional)]
    beside: bool,
    /// What it belongs to.
    children: Children,
) -> impl IntoView {
    let dismissed = RwSignal::new(false);
    view! {
        <span
            class="wm-tip"
            class:wm-tip--beside=beside
            class:wm-tip--off=move || dismissed.get()
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    dismissed.set(true);
                }
            }
            on:mouseleave=move |_| dismissed.set(false)
            on:focusout=move |_| dismissed.set(false)
            on:click=move |_| dismissed.set(true)
        >
            {children()}
            <span class="wm-tooltip" aria-hidden="true">
                <span>{move || text.get()}</span>
                {shortcut.map(|keys| view! { <Kbd keys/> })}
            </span>
        </span>
    }
}
