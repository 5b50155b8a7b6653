//! How settings are laid out: groups with a heading, rows with a control at the end.

use leptos::prelude::*;

/// A part of a page of settings.
#[component]
pub(crate) fn Group(
    /// Its heading.
    #[prop(into)]
    title: String,
    /// One sentence under the heading.
    #[prop(optional, into)]
    lead: Option<String>,
    /// The fields or rows.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="wm-group">
            <div>
                <h2 class="wm-group__title">{title}</h2>
                {lead.map(|lead| view! { <p class="wm-group__lead">{lead}</p> })}
            </div>
            <div class="wm-group__body">{children()}</div>
        </section>
    }
}

/// Words at the left, a control at the right. The control brings its own accessible name.
#[component]
pub(crate) fn Row(
    /// What is set.
    #[prop(into)]
    title: String,
    /// What it does, one sentence.
    #[prop(optional, into)]
    text: Option<String>,
    /// The control.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="wm-setting">
            <div class="wm-setting__words">
                <p class="wm-setting__title">{title}</p>
                {text.map(|text| view! { <p class="wm-setting__text">{text}</p> })}
            </div>
            <div class="wm-setting__control">{children()}</div>
        </div>
    }
}
