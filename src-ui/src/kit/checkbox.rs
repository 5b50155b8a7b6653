//! A native checkbox with three states.

use leptos::{html, prelude::*};

/// A checkbox. Its look follows `checked`, not the click: an optimistic caller flips its signal in
/// `on_toggle`, and flips it back where the change did not reach the disk.
#[component]
pub(crate) fn Checkbox(
    /// Id of the input, so that a `<label for>` elsewhere in the row can name it.
    #[prop(into)]
    id: String,
    /// What it is, in words. Spoken always, printed only with `show_label`.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is ticked.
    #[prop(into)]
    checked: Signal<bool>,
    /// Whether some of its parts are ticked.
    #[prop(optional, into)]
    mixed: Signal<bool>,
    /// Whether it cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The quiet look of things that are done.
    #[prop(optional, into)]
    settled: Signal<bool>,
    /// Whether the Tab key reaches it, in a list where one row at a time is a tab stop.
    #[prop(optional, into)]
    tab_stop: Option<Signal<bool>>,
    /// Prints the label beside the box.
    #[prop(optional)]
    show_label: bool,
    /// Called with the state that the person wants.
    #[prop(into)]
    on_toggle: Callback<bool>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let sync = move || {
        // It also runs one frame after a click, when the box may be gone.
        let states = checked.try_get_untracked().zip(mixed.try_get_untracked());
        if let (Some(input), Some((checked, mixed))) = (input.try_get_untracked().flatten(), states) {
            input.set_checked(checked);
            input.set_indeterminate(mixed);
        }
    };
    let change = move |_| {
        on_toggle.run(!checked.get_untracked());
        // The browser ticked the box itself; where the caller refused, it must be put back.
        request_animation_frame(sync);
    };
    let name = (!show_label).then_some(move || label.get());
    view! {
        <input
            node_ref=input
            class="wm-checkbox"
            class:wm-checkbox--done=move || settled.get()
            type="checkbox"
            id=id.clone()
            aria-label=name
            tabindex=move || tab_stop.map(|stop| if stop.get() { "0" } else { "-1" })
            prop:checked=move || checked.get()
            prop:indeterminate=move || mixed.get()
            disabled=move || disabled.get()
            on:change=change
        />
        {show_label.then(|| view! { <label class="wm-checkbox-label" for=id>{move || label.get()}</label> })}
    }
}
