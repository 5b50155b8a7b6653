//! What stands in a screen's place when it could not be loaded.

use leptos::prelude::*;
use waymark_api::{Code, IpcError};

use super::{Button, CopyButton, Icon, IconView, case::capitalised};

/// What went wrong in words, a retry where it can help, and the details to copy.
#[component]
pub(crate) fn ErrorPanel(
    /// What went wrong.
    error: IpcError,
    /// Called when the person wants to try again.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let retry = on_retry.filter(|_| error.code != Code::NotFound);
    let title = if error.code == Code::NotFound { "This is not here any more" } else { "This could not be loaded" };
    let details = format!("Waymark: {:?}: {}", error.code, error.message);
    view! {
        <div class="wm-error" role="alert">
            <span class="wm-error__icon"><IconView icon=Icon::Warning large=true/></span>
            <p class="wm-error__title">{title}</p>
            <p class="wm-error__text">{sentence(&error.message)}</p>
            <div class="wm-error__actions">
                {retry.map(|retry| view! { <Button icon=Icon::Refresh on_press=retry>"Try again"</Button> })}
                <CopyButton text=details label="Copy details"/>
            </div>
        </div>
    }
}

/// An error's message as a sentence.
pub(crate) fn sentence(message: &str) -> String {
    let mut text = capitalised(message);
    if !text.ends_with(['.', '!', '?']) {
        text.push('.');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn messages_become_sentences() {
        assert_eq!(sentence("open the page: it is gone"), "Open the page: it is gone.");
        assert_eq!(sentence("Done."), "Done.");
    }
}
