//! The person's milestones, each with what supports it.

use leptos::prelude::*;
use waymark_core::team::PersonPage;

use crate::{
    features::team::model::{Stone, evidence_icon, evidence_word, stones},
    kit::{Eyebrow, Icon, IconView},
};

/// The milestones in the template's order.
#[component]
pub(super) fn Stones(
    /// The page.
    page: PersonPage,
) -> impl IntoView {
    let list = stones(&page);
    (!list.is_empty()).then(|| {
        view! {
            <section aria-labelledby="person-milestones">
                <Eyebrow id="person-milestones">"Milestones"</Eyebrow>
                <ul class="wm-rows">{list.into_iter().map(row).collect::<Vec<_>>()}</ul>
            </section>
        }
    })
}

fn row(stone: Stone) -> AnyView {
    let Stone { title, when, reached, evidence } = stone;
    let class = if reached { "wm-stone wm-stone--reached" } else { "wm-stone" };
    let evidence = evidence.map(|evidence| {
        view! { <span class="wm-evidence"><IconView icon=evidence_icon(evidence)/>{evidence_word(evidence)}</span> }
    });
    view! {
        <li class=class>
            <IconView icon=Icon::StatusMilestone/>
            <span class="wm-stone__title">{title}<span class="wm-hidden">{if reached { ", reached" } else { ", not reached" }}</span></span>
            {evidence}
            <span class="wm-stone__when wm-num">{when}</span>
        </li>
    }
    .into_any()
}
