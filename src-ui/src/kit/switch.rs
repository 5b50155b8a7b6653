//! A switch: something is on or off at once, without a save button.

use leptos::prelude::*;

/// A switch with its label before it.
#[component]
pub(crate) fn Switch(
    /// What is on or off.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is on.
    #[prop(into)]
    checked: Signal<bool>,
    /// Called with the state that the person wants.
    #[prop(into)]
    on_toggle: Callback<bool>,
    /// Whether it cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Leaves the label to the row around it; it stays the accessible name.
    #[prop(optional)]
    hide_label: bool,
) -> impl IntoView {
    view! {
        <span class="wm-switch-field">
            {(!hide_label).then(|| view! { <span aria-hidden="true">{move || label.get()}</span> })}
            <button
                class="wm-switch"
                type="button"
                role="switch"
                aria-label=move || label.get()
                aria-checked=move || if checked.get() { "true" } else { "false" }
                disabled=move || disabled.get()
                on:click=move |_| on_toggle.run(!checked.get_untracked())
            ></button>
        </span>
    }
}
