//! Short marks and quiet notices.

use leptos::prelude::*;

use super::{Icon, IconView};

/// What a mark or a notice means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(dead_code, reason = "the set is whole, whether or not a screen needs each one today")]
pub(crate) enum Tone {
    /// A fact.
    #[default]
    Neutral,
    /// Something is good.
    Success,
    /// Something needs care.
    Warning,
    /// Something is wrong.
    Danger,
    /// Something is new.
    Accent,
}

impl Tone {
    fn suffix(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Danger => "danger",
            Self::Accent => "accent",
        }
    }
}

/// A word in a pill.
#[component]
pub(crate) fn Badge(
    /// What it means.
    #[prop(optional)]
    tone: Tone,
    /// A drawing before the word.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// The word.
    children: Children,
) -> impl IntoView {
    view! {
        <span class=format!("wm-badge wm-badge--{}", tone.suffix())>
            {icon.map(|icon| view! { <IconView icon/> })}
            {children()}
        </span>
    }
}

/// A few sentences on a soft ground.
#[component]
pub(crate) fn Notice(
    /// What it means.
    #[prop(optional)]
    tone: Tone,
    /// A drawing before the words.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=format!("wm-notice wm-notice--{}", tone.suffix())>
            {icon.map(|icon| view! { <IconView icon/> })}
            <div class="wm-notice__text">{children()}</div>
        </div>
    }
}
