//! What stands in a screen's place when what it names cannot be shown.

use leptos::prelude::*;
use waymark_api::{Code, IpcError};

use super::{EmptyState, ErrorPanel, Icon};

/// Says that something is not on this device, with the way back; or, where it may be, why it could not be
/// loaded.
#[component]
pub(crate) fn Absent(
    /// Why there is nothing to show.
    error: IpcError,
    /// The screen's name, for the heading that only screen readers hear.
    screen: &'static str,
    /// What the screen shows.
    icon: Icon,
    /// "This … is not here".
    title: &'static str,
    /// Why it may be missing.
    text: &'static str,
    /// Called when the person wants to try again.
    #[prop(into)]
    on_retry: Callback<()>,
    /// The way back.
    children: Children,
) -> impl IntoView {
    let missing = error.code == Code::NotFound;
    let body = if missing {
        view! { <EmptyState icon title text>{children()}</EmptyState> }.into_any()
    } else {
        view! { <ErrorPanel error on_retry/> }.into_any()
    };
    view! {
        <h1 class="wm-hidden" tabindex="-1">{if missing { title } else { screen }}</h1>
        {body}
    }
}
