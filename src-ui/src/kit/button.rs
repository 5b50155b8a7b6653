//! Buttons: with words, and with a drawing only.

use leptos::prelude::*;

use super::{Icon, IconView, Tooltip, kbd::aria_keys};

/// How much a button asks for attention. One primary button per group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ButtonKind {
    /// The one thing to do.
    Primary,
    /// A choice beside it.
    #[default]
    Plain,
    /// A quiet choice.
    Ghost,
    /// Something that cannot be taken back.
    Danger,
}

/// How large a button is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(dead_code, reason = "the set is whole, whether or not a screen needs each one today")]
pub(crate) enum ButtonSize {
    /// 28 px, inside rows.
    Small,
    /// 32 px.
    #[default]
    Normal,
    /// 40 px, on screens with one decision.
    Large,
}

/// The classes of a button.
pub(super) fn button_class(kind: ButtonKind, size: ButtonSize) -> String {
    let kind = match kind {
        ButtonKind::Primary => " wm-button--primary",
        ButtonKind::Plain => "",
        ButtonKind::Ghost => " wm-button--ghost",
        ButtonKind::Danger => " wm-button--danger",
    };
    let size = match size {
        ButtonSize::Small => " wm-button--small",
        ButtonSize::Normal => "",
        ButtonSize::Large => " wm-button--large",
    };
    format!("wm-button{kind}{size}")
}

/// A button with words; the words are a verb.
#[component]
pub(crate) fn Button(
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// How large it is.
    #[prop(optional)]
    size: ButtonSize,
    /// A drawing before the words.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// Called when it is pressed.
    #[prop(into)]
    on_press: Callback<()>,
    /// Whether it cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Sends the form around it, so that Enter in one of its fields does the same.
    #[prop(optional)]
    submit: bool,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            class=button_class(kind, size)
            type=if submit { "submit" } else { "button" }
            disabled=move || disabled.get()
            on:click=move |_| on_press.run(())
        >
            {icon.map(|icon| view! { <IconView icon/> })}
            {children()}
        </button>
    }
}

/// A button with a drawing only; its words are in the tooltip and for screen readers.
#[component]
pub(crate) fn IconButton(
    /// The drawing.
    icon: Icon,
    /// What it does, in words.
    #[prop(into)]
    label: Signal<String>,
    /// Called when it is pressed.
    #[prop(into)]
    on_press: Callback<()>,
    /// Whether it cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Its keys as in `Kbd`, for instance `Alt+←`.
    #[prop(optional, into)]
    shortcut: Option<&'static str>,
) -> impl IntoView {
    view! {
        <Tooltip text=label shortcut=shortcut>
            <button
                class="wm-icon-button"
                type="button"
                aria-label=move || label.get()
                aria-keyshortcuts=shortcut.map(aria_keys)
                disabled=move || disabled.get()
                on:click=move |_| on_press.run(())
            >
                <IconView icon/>
            </button>
        </Tooltip>
    }
}
