//! What stands in a page's place when it fails.

use leptos::prelude::*;
use waymark_api::{Code, IpcError};

use crate::{
    kit::{Draw, ErrorPanel},
    state::mark_ready,
};

/// A page inside an error boundary of its own.
pub(super) fn guarded(page: Draw<()>) -> AnyView {
    let fallback = move |errors: ArcRwSignal<Errors>| {
        mark_ready();
        let error = errors.with_untracked(|errors| errors.iter().next().map(|(_, error)| as_ipc_error(error)));
        let error = error.unwrap_or_else(|| IpcError::new(Code::Unknown, "show this page"));
        view! {
            <div class="wm-panes">
                <main class="wm-main" id="main" tabindex="-1">
                    <h1 class="wm-hidden" tabindex="-1">"Something went wrong"</h1>
                    <ErrorPanel error/>
                </main>
            </div>
        }
        .into_any()
    };
    view! { <ErrorBoundary fallback>{page(())}</ErrorBoundary> }.into_any()
}

/// The error as a screen knows it, or its words where it is something else.
fn as_ipc_error(error: &Error) -> IpcError {
    match error.downcast_ref::<IpcError>() {
        Some(error) => error.clone(),
        None => IpcError::new(Code::Unknown, error.to_string()),
    }
}
