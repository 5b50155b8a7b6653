//! Bars of five marks and the word for a status.

use leptos::prelude::*;
use waymark_api::ipc::roadmap::Marked;
use waymark_core::roadmap::Status as ItemStatus;

use super::model::{level_text, status_word};
use crate::kit::{Status, StatusKind};

/// How a bar looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// What is gained.
    Impact,
    /// What it costs, and how sure somebody is.
    Plain,
}

/// Five marks with their label. The text alternative says the figure itself, which the marks only rank.
#[component]
pub(super) fn Level(
    /// The label before the bar.
    #[prop(into)]
    label: String,
    /// Which ink.
    ink: Ink,
    /// How many of five marks are filled.
    marks: u8,
    /// What the bar says to those who do not see it.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let class = match ink {
        Ink::Impact => "wm-level",
        Ink::Plain => "wm-level wm-level--plain",
    };
    view! {
        <span class=class>
            <span aria-hidden="true">{label}</span>
            <span class="wm-level__bar" role="img" aria-label=text style:--wm-marks=marks.to_string()></span>
        </span>
    }
}

/// Impact and effort of an item, as far as they are known.
#[component]
pub(super) fn Levels(
    /// What it should change.
    impact: Option<Marked>,
    /// What it costs.
    effort: Option<Marked>,
) -> impl IntoView {
    let bar = |label, ink, marked: Marked| {
        let text = level_text(label, &marked);
        view! { <Level label ink marks=marked.marks text/> }
    };
    (impact.is_some() || effort.is_some()).then(|| {
        view! {
            <div class="wm-plan__levels">
                {impact.map(|marked| bar("Impact", Ink::Impact, marked))}
                {effort.map(|marked| bar("Effort", Ink::Plain, marked))}
            </div>
        }
    })
}

/// How far an item is, as drawing and word.
#[component]
pub(super) fn ItemStatusView(
    /// How far it is.
    status: ItemStatus,
) -> impl IntoView {
    let kind = match status {
        ItemStatus::Building | ItemStatus::Trial => StatusKind::Progress,
        ItemStatus::Shipped | ItemStatus::Reviewed => StatusKind::Done,
        ItemStatus::Declined | ItemStatus::Merged => StatusKind::Skipped,
        ItemStatus::Draft | ItemStatus::Open | ItemStatus::Validating => StatusKind::Todo,
    };
    view! { <Status kind>{status_word(status)}</Status> }
}
