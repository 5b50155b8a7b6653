//! Links inside the app.

use leptos::prelude::*;

use super::{ButtonKind, ButtonSize, Icon, IconView, button::button_class};

/// A link that looks like a button: it goes somewhere and changes nothing.
#[component]
pub(crate) fn LinkButton(
    /// Where it goes.
    #[prop(into)]
    href: Signal<String>,
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// How large it is.
    #[prop(optional)]
    size: ButtonSize,
    /// A drawing before the words.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <a class=button_class(kind, size) href=move || href.get()>
            {icon.map(|icon| view! { <IconView icon/> })}
            {children()}
        </a>
    }
}

/// A link in running text or in a row.
#[component]
pub(crate) fn TextLink(
    /// Where it goes.
    #[prop(into)]
    href: Signal<String>,
    /// A drawing before the words.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// In the muted colour, for lists of links.
    #[prop(optional)]
    quiet: bool,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <a class="wm-link" class:wm-link--quiet=quiet href=move || href.get()>
            {icon.map(|icon| view! { <IconView icon/> })}
            {children()}
        </a>
    }
}
