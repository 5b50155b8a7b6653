//! What a plain browser shows: the interface works only inside Waymark's window.

use leptos::prelude::*;

use crate::kit::{Icon, IconView};

/// Asks the person to open the app.
#[component]
pub(crate) fn OutsidePanel() -> impl IntoView {
    view! {
        <main class="wm-panel" id="main">
            <div class="wm-panel__card">
                <span class="wm-panel__mark"><IconView icon=Icon::Mark large=true/></span>
                <h1 class="wm-panel__title">"Open this in Waymark"</h1>
                <p class="wm-panel__text">
                    "This page is the inside of a desktop app. It reads your checklists and docs from your own disk, which a browser cannot do."
                </p>
            </div>
        </main>
    }
}
