//! The page itself, the same for both.

use leptos::prelude::*;
use waymark_core::team::PersonPage;

use super::{
    Eyes, head::Head, others::OthersCard, stones::Stones, tally::Tally, timeline::Timeline, waiting::WaitingCard,
};

/// Everything that is known about a journey of a person.
#[component]
pub(super) fn Sheet(
    /// The page.
    page: PersonPage,
    /// Who looks.
    eyes: Eyes,
    /// The way to the person's other journeys, in place of this one's title. An option on purpose: most people
    /// have one journey.
    choice: Option<ViewFn>,
) -> impl IntoView {
    let cards = page
        .waiting
        .iter()
        .map(|waiting| view! { <WaitingCard waiting=waiting.clone() page=page.clone() eyes/> })
        .collect::<Vec<_>>();
    view! {
        <Head page=page.clone() eyes choice/>
        <div class="wm-person__top">
            <div class="wm-person__cards">
                {cards}
                <OthersCard page=page.clone() eyes/>
                <Stones page=page.clone()/>
            </div>
            <Tally page=page.clone()/>
        </div>
        <Timeline page eyes/>
    }
}
