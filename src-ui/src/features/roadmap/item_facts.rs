//! Whom an item is for, which job it serves, what it should change and how that is judged.

use leptos::prelude::*;
use waymark_api::ipc::roadmap::{ItemView, Marked};
use waymark_core::roadmap::Outcome;

use super::{
    level::{Ink, Level},
    model::{confidence_level, figures, full_day, sentence},
};

/// The facts of an item; what is not known has no row.
#[component]
pub(super) fn ItemFacts(
    /// The item.
    view: ItemView,
) -> impl IntoView {
    let ItemView { card, job, outcome, .. } = view;
    let personas: Vec<String> = card.personas.into_iter().map(|(_, name)| name).collect();
    let who = (!personas.is_empty())
        .then(|| row("Who for", view! { <span class="wm-facts__main">{personas.join(", ")}</span> }));
    let job = job.map(|job| row("Job to be done", view! { <p class="wm-facts__job">{sentence(&job)}</p> }));
    let impact = card.impact.map(|marked| row("Expected impact", view! { <Figure marked/> }));
    let effort = card.effort.map(|marked| row("Effort", view! { <Figure marked/> }));
    let outcome = outcome.map(|outcome| row("Outcome", view! { <OutcomeBox outcome/> }));
    view! { <dl class="wm-facts">{who}{job}{impact}{effort}{outcome}</dl> }
}

fn row(term: &'static str, definition: impl IntoView + 'static) -> AnyView {
    view! { <div class="wm-facts__row"><dt>{term}</dt><dd>{definition}</dd></div> }.into_any()
}

/// A figure in words, with the owner's confidence at the row's end.
#[component]
fn Figure(
    /// The figure.
    marked: Marked,
) -> impl IntoView {
    let sure = marked.confidence.map(|sure| {
        let (marks, word) = confidence_level(sure);
        view! { <Level label=format!("{word} confidence") ink=Ink::Plain marks text=format!("{marks} of 5")/> }
    });
    view! { <div class="wm-facts__figure"><span class="wm-facts__main">{marked.words}</span>{sure}</div> }
}

/// From where to where, measured how.
#[component]
fn OutcomeBox(
    /// How success is measured.
    outcome: Outcome,
) -> impl IntoView {
    let figures = figures(&outcome, full_day)
        .into_iter()
        .map(|figure| {
            view! {
                <p class="wm-outcome__figure">
                    {figure.label}
                    <span class="wm-outcome__value wm-num">{figure.value}</span>
                    {figure.note}
                </p>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <p class="wm-outcome__objective">{sentence(&outcome.objective)}</p>
        {(!figures.is_empty()).then(|| view! { <div class="wm-outcome">{figures}</div> })}
        {outcome.metric.map(|metric| view! { <p class="wm-outcome__metric">"Measured as " <code>{metric}</code></p> })}
    }
}
