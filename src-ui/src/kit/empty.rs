//! A place without content yet.

use leptos::prelude::*;

use super::{Icon, IconView};

/// Says why nothing is here and what would be, with the one thing to do.
#[component]
pub(crate) fn EmptyState(
    /// A drawing.
    icon: Icon,
    /// What is missing.
    #[prop(into)]
    title: String,
    /// One sentence: why, and what a full one looks like.
    #[prop(into)]
    text: String,
    /// The buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="wm-empty">
            <span class="wm-empty__icon"><IconView icon large=true/></span>
            <p class="wm-empty__title">{title}</p>
            <p class="wm-empty__text">{text}</p>
            {children.map(|children| view! { <div class="wm-empty__actions">{children()}</div> })}
        </div>
    }
}
