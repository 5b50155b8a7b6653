//! A heading that opens and closes what is under it.

use leptos::prelude::*;

use super::{Icon, IconView, unique_id};

/// A button in a heading, and the part that it shows. Closed content is not in the page.
#[component]
pub(crate) fn Disclosure(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The words of the button.
    #[prop(into)]
    title: ViewFn,
    /// What stands at the end of the heading's line, outside the button.
    #[prop(optional, into)]
    extra: ViewFn,
    /// Level of the heading, 2 to 4.
    #[prop(default = 3)]
    level: u8,
    /// The part that is shown.
    children: ChildrenFn,
) -> impl IntoView {
    let id = unique_id("fold");
    let body = id.clone();
    let button = move || {
        view! {
            <button
                class="wm-disclosure__button"
                type="button"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-controls=id.clone()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <IconView icon=Icon::Right/>
                <span class="wm-disclosure__title">{title.run()}</span>
            </button>
        }
    };
    let heading = match level {
        2 => view! { <h2 class="wm-disclosure__heading">{button()}</h2> }.into_any(),
        4 => view! { <h4 class="wm-disclosure__heading">{button()}</h4> }.into_any(),
        _ => view! { <h3 class="wm-disclosure__heading">{button()}</h3> }.into_any(),
    };
    view! {
        <div class:wm-disclosure--open=move || open.get()>
            <div class="wm-disclosure__head">{heading}{extra.run()}</div>
            <div class="wm-disclosure__body" id=body hidden=move || !open.get()>
                {move || open.get().then(|| children())}
            </div>
        </div>
    }
}
