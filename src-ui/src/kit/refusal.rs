//! Why a form was not taken. What the person typed stays in it.

use leptos::prelude::*;
use waymark_api::{Code, IpcError};

use super::{Icon, Notice, Tone, sentence};

/// The reason of the last refusal, announced when it comes; nothing where there is none.
#[component]
pub(crate) fn Refusal(
    /// Why.
    #[prop(into)]
    refused: Signal<Option<IpcError>>,
) -> impl IntoView {
    let notice = move || {
        refused.get().map(|error| {
            let (tone, icon, title) = match error.code {
                Code::Offline => (Tone::Warning, Icon::Offline, "The server cannot be reached"),
                Code::SignIn => (Tone::Danger, Icon::Lock, "The server does not let this device in"),
                _ => (Tone::Danger, Icon::Warning, "This did not work"),
            };
            view! {
                <Notice tone icon>
                    <p class="wm-refusal__title">{title}</p>
                    <p class="wm-refusal__why">{sentence(&error.message)}</p>
                </Notice>
            }
        })
    };
    view! { <div role="alert">{notice}</div> }
}
