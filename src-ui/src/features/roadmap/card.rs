//! An item on the board.

use leptos::prelude::*;
use waymark_api::ipc::roadmap::Card;
use waymark_core::roadmap::Horizon;

use super::{
    level::{ItemStatusView, Levels},
    model::{people, persona_names, sentence},
};
use crate::{
    kit::{Icon, IconView},
    routes::Route,
};

/// A card: the nearer the horizon, the more it says.
#[component]
pub(super) fn PlanCard(
    /// The item.
    card: Card,
) -> impl IntoView {
    let quiet = card.horizon != Horizon::Now;
    let names = persona_names(&card);
    let who = (names.is_some() || card.people.is_some()).then(|| {
        view! {
            <p class="wm-plan__who">
                <strong>{names}</strong>
                {card.people.map(|count| view! { <span class="wm-num">{people(count)}</span> })}
            </p>
        }
    });
    let summary = sentence(&card.summary);
    view! {
        <article class="wm-card wm-plan" class=("wm-plan--next", quiet)>
            <div class="wm-plan__head">
                <h3 class="wm-plan__title"><a href=Route::Item(card.id.clone()).href()>{card.title.clone()}</a></h3>
                <ItemStatusView status=card.status/>
            </div>
            {(!summary.is_empty()).then(|| view! { <p class="wm-plan__job">{summary}</p> })}
            {who}
            <Levels impact=card.impact effort=card.effort/>
            {card.owner.map(|owner| view! { <p class="wm-plan__owner">"Owner: " {owner}</p> })}
            <Missing list=card.missing/>
        </article>
    }
}

/// What readers need and the item lacks; nothing is invented for it.
#[component]
pub(super) fn Missing(
    /// In the words of the board.
    list: Vec<String>,
) -> impl IntoView {
    (!list.is_empty()).then(|| {
        view! {
            <p class="wm-plan__missing"><IconView icon=Icon::Info/><span>{format!("Missing: {}", list.join(", "))}</span></p>
        }
    })
}

/// An item under Later: a direction, so a line instead of a card.
#[component]
pub(super) fn LaterItem(
    /// The item.
    card: Card,
) -> impl IntoView {
    let summary = card.summary.trim().trim_end_matches('.').to_owned();
    let parts: Vec<String> =
        [persona_names(&card), Some(summary)].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let line = parts.join(" · ");
    view! {
        <li class="wm-later__item">
            <h3 class="wm-later__title"><a href=Route::Item(card.id).href()>{card.title}</a></h3>
            {(!line.is_empty()).then(|| view! { <p>{line}</p> })}
            <Missing list=card.missing/>
        </li>
    }
}
