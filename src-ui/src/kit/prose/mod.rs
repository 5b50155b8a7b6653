//! Rendered documents: a page, the text of a step, a roadmap item's body.
//!
//! The HTML comes sanitised from the docs engine and is put in as it is. It has no listeners of its own, so one
//! listener per kind of event serves the whole text: links, copy buttons, tabs.

mod copy;
mod images;
mod links;
mod memory;
mod parts;
mod session;
mod tabs;

use leptos::prelude::*;

use super::use_viewer;
use crate::state::use_navigator;

pub(crate) use parts::Parts;
pub(crate) use tabs::reveal;

/// A rendered document with everything in it that can be pressed.
#[component]
pub(crate) fn Prose(
    /// Sanitised HTML from the docs engine.
    #[prop(into)]
    html: String,
    /// Smaller and quieter, for texts inside a step or an item.
    #[prop(optional)]
    compact: bool,
    /// How far it is put in, for whoever has to know.
    #[prop(default = Parts::new(true))]
    parts: Parts,
) -> impl IntoView {
    let root = parts.root();
    let copied = RwSignal::new("");
    let navigator = use_navigator();
    let viewer = use_viewer();
    let (html, long) = if parts.apply_to(&html) { (String::new(), Some(html)) } else { (html, None) };
    // The text is in the page only after the component ran; what was chosen earlier is shown before the first paint.
    Effect::new(move |_| {
        if let Some(root) = root.get() {
            match &long {
                Some(html) => parts.begin(html),
                None => tabs::restore(&root),
            }
            images::follow(&root);
        }
    });
    view! {
        <div
            class="wm-prose"
            class=("wm-prose--compact", compact)
            node_ref=root
            inner_html=html
            on:click=move |event| {
                tabs::on_click(&event);
                copy::on_click(&event, copied);
                links::on_press(&event, navigator);
                images::on_click(&event, viewer);
            }
            on:auxclick=move |event| links::on_press(&event, navigator)
            on:keydown=move |event| {
                tabs::on_key(&event);
                images::on_key(&event, viewer);
            }
        ></div>
        <p class="wm-hidden" role="status">{move || copied.get()}</p>
    }
}
