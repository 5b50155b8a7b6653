//! The place of words that are on their way.

use leptos::prelude::*;

/// Grey lines; they appear after 150 ms, so that a quick answer does not flash.
#[component]
pub(crate) fn Skeleton(
    /// How many lines.
    #[prop(default = 3)]
    lines: u32,
) -> impl IntoView {
    let lines = (0..lines).map(|_| view! { <span class="wm-skeleton__line"></span> }).collect_view();
    view! { <div class="wm-skeleton" aria-hidden="true">{lines}</div> }
}
