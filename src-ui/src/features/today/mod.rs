//! The first screen of the day.

use leptos::prelude::*;

/// Placeholder page.
#[component]
pub(crate) fn TodayPage() -> impl IntoView {
    crate::state::mark_ready();
    view! { <div class="wm-panes"><main class="wm-main" id="main" tabindex="-1"><h1 class="wm-page-title" tabindex="-1">"TodayPage"</h1></main></div> }
}
