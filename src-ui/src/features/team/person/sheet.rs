//! The page itself, the same for both.

use leptos::prelude::*;
use waymark_core::team::PersonPage;

use super::{Eyes, head::Head, stones::Stones, tally::Tally, timeline::Timeline, waiting::WaitingCard};

/// Everything that is known about a journey of a person.
#[component]
pub(super) fn Sheet(
    /// The page.
    page: PersonPage,
    /// Who looks.
    eyes: Eyes,
) -> impl IntoView {
    let cards = page
        .waiting
        .iter()
        .map(|waiting| view! { <WaitingCard waiting=waiting.clone() page=page.clone() eyes/> })
        .collect::<Vec<_>>();
    view! {
        <Head page=page.clone() eyes/>
        <div class="wm-person__top">
            <div class="wm-person__cards">
                {cards}
                <Stones page=page.clone()/>
            </div>
            <Tally page=page.clone()/>
        </div>
        <Timeline page eyes/>
    }
}
