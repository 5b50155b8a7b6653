//! Putting text on the clipboard.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use super::{ButtonKind, ButtonSize, Icon, IconView, button::button_class};

/// Puts text on the clipboard; says whether that worked.
pub(crate) async fn copy_text(text: &str) -> bool {
    JsFuture::from(window().navigator().clipboard().write_text(text)).await.is_ok()
}

/// A button that copies a text and says so.
#[component]
pub(crate) fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// What the button says: "Copy link".
    #[prop(into)]
    label: Signal<String>,
    /// How large it is.
    #[prop(optional)]
    size: ButtonSize,
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
) -> impl IntoView {
    let said = RwSignal::new(None::<&'static str>);
    let copy = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            let words = if copy_text(&text).await { "Copied" } else { "Could not copy" };
            // The button may be gone by now, and its signal with it.
            said.try_set(Some(words));
            set_timeout(
                move || {
                    said.try_set(None);
                },
                std::time::Duration::from_secs(2),
            );
        });
    };
    let icon = move || if said.get() == Some("Copied") { Icon::Check } else { Icon::Copy };
    view! {
        <button class=button_class(kind, size) type="button" on:click=copy>
            {move || view! { <IconView icon=icon()/> }}
            <span>{move || said.get().map_or_else(|| label.get(), str::to_owned)}</span>
            <span class="wm-hidden" role="status">{move || said.get().unwrap_or_default()}</span>
        </button>
    }
}
