//! One fact of a list: a row that opens.

use jiff::civil::DateTime;
use leptos::prelude::*;

use crate::kit::{Icon, IconView, dates, unique_id};

/// A row with kind, title and time; open, it shows the fact itself.
#[component]
pub(super) fn FactRow(
    /// What kind of fact it is.
    kind: String,
    /// What it is about.
    title: String,
    /// A word where the server did not take it.
    #[prop(optional_no_strip)]
    refused: Option<String>,
    /// Whether it is held back from the team's server.
    #[prop(optional)]
    held: bool,
    /// When it happened.
    at: DateTime,
    /// What time it is.
    now: Signal<DateTime>,
    /// The fact itself. Made when the row is opened.
    children: ChildrenFn,
) -> impl IntoView {
    let id = unique_id("fact");
    let open = RwSignal::new(false);
    let controls = id.clone();
    let refused = refused.map(|word| view! { <span class="wm-fact__refused">{word}</span> });
    let held = held.then(|| view! { <span class="wm-fact__held"><IconView icon=Icon::Lock/>"held back"</span> });
    view! {
        <li class:wm-fact--open=move || open.get()>
            <button
                class="wm-fact__row"
                type="button"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-controls=controls
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <IconView icon=Icon::Right/>
                <span class="wm-fact__kind">{kind}</span>
                <span class="wm-fact__title">{title}</span>
                {refused}
                {held}
                <time class="wm-fact__time" datetime=at.to_string()>{move || dates::ago(at, now.get())}</time>
            </button>
            <div id=id hidden=move || !open.get()>{move || open.get().then(|| children())}</div>
        </li>
    }
}
