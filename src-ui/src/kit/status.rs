//! Where something stands: a drawing and a word, never colour alone.

use leptos::prelude::*;

use super::{Icon, IconView};

/// Where something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StatusKind {
    /// It is done.
    Done,
    /// It is under way.
    Progress,
    /// It is due.
    Due,
    /// It cannot go on.
    Blocked,
    /// It did not work.
    Failed,
    /// It waits to be done.
    Todo,
    /// A moment that is measured.
    Milestone,
    /// It was skipped.
    Skipped,
    /// Something else comes first.
    Locked,
}

impl StatusKind {
    /// Its drawing.
    pub(crate) fn icon(self) -> Icon {
        match self {
            Self::Done => Icon::StatusDone,
            Self::Progress => Icon::StatusProgress,
            Self::Due => Icon::StatusDue,
            Self::Blocked => Icon::StatusBlocked,
            Self::Failed => Icon::StatusFailed,
            Self::Todo => Icon::StatusTodo,
            Self::Milestone => Icon::StatusMilestone,
            Self::Skipped => Icon::StatusSkipped,
            Self::Locked => Icon::Lock,
        }
    }

    fn suffix(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Progress => "progress",
            Self::Due => "due",
            Self::Blocked => "blocked",
            Self::Failed => "failed",
            Self::Todo => "todo",
            Self::Milestone => "milestone",
            Self::Skipped => "skipped",
            Self::Locked => "locked",
        }
    }
}

/// Where something stands, in a drawing and a word.
#[component]
pub(crate) fn Status(
    /// Where it stands.
    kind: StatusKind,
    /// The word.
    children: Children,
) -> impl IntoView {
    view! {
        <span class=format!("wm-status wm-status--{}", kind.suffix())>
            <IconView icon=kind.icon()/>
            {children()}
        </span>
    }
}
