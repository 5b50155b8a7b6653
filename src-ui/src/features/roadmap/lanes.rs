//! The board: three columns, and what is over below them.

use leptos::prelude::*;
use waymark_api::ipc::roadmap::{Card, Column};
use waymark_core::roadmap::{Horizon, Status};

use super::{
    card::{LaterItem, PlanCard},
    level::ItemStatusView,
    model::{column_note, nothing_in},
};
use crate::{kit::Disclosure, routes::Route};

/// How many shipped items an empty Now shows.
const SHIPPED_SHOWN: usize = 3;

/// Three columns.
#[component]
pub(super) fn Lanes(
    /// The columns that the filters leave.
    columns: Vec<Column>,
    /// What is over.
    past: Vec<Card>,
    /// Whether a filter may have hidden items.
    narrow: bool,
) -> impl IntoView {
    let shipped: Vec<Card> = past
        .iter()
        .filter(|card| matches!(card.status, Status::Shipped | Status::Reviewed))
        .take(SHIPPED_SHOWN)
        .cloned()
        .collect();
    let lane = |column: Column| {
        let shipped = if column.horizon == Horizon::Now && !narrow { shipped.clone() } else { Vec::new() };
        view! { <Lane column narrow shipped/> }
    };
    view! { <div class="wm-board">{columns.into_iter().map(lane).collect_view()}</div> }
}

#[component]
fn Lane(
    /// Horizon and items.
    column: Column,
    /// Whether a filter may have hidden items.
    narrow: bool,
    /// What an empty column shows instead of nothing.
    shipped: Vec<Card>,
) -> impl IntoView {
    let Column { horizon, cards } = column;
    let id = format!("lane-{}", horizon.title().to_lowercase());
    let label = id.clone();
    let count = cards.len();
    let body = match (cards.is_empty(), horizon) {
        (true, _) if !shipped.is_empty() => view! { <ShippedLast cards=shipped/> }.into_any(),
        (_, Horizon::Later) => view! { <Later cards narrow/> }.into_any(),
        (true, _) => view! { <p class="wm-lane__empty">{nothing_in(horizon, narrow)}</p> }.into_any(),
        (false, _) => {
            let item = |card: Card| view! { <li><PlanCard card/></li> };
            view! { <ol class="wm-lane__list">{cards.into_iter().map(item).collect_view()}</ol> }.into_any()
        }
    };
    view! {
        <section class="wm-lane" aria-labelledby=label>
            <div class="wm-lane__head">
                <h2 class="wm-lane__name" id=id>{horizon.title()}</h2>
                <span class="wm-num" aria-hidden="true">{count}</span>
                <span class="wm-hidden">{if count == 1 { "1 item".to_owned() } else { format!("{count} items") }}</span>
                <span class="wm-lane__note">{column_note(horizon)}</span>
            </div>
            {body}
        </section>
    }
}

#[component]
fn Later(
    /// Directions.
    cards: Vec<Card>,
    /// Whether a filter may have hidden items.
    narrow: bool,
) -> impl IntoView {
    let empty = cards.is_empty().then(|| view! { <p class="wm-later__none">{nothing_in(Horizon::Later, narrow)}</p> });
    let item = |card: Card| view! { <LaterItem card/> };
    let list = (!cards.is_empty()).then(|| view! { <ul>{cards.into_iter().map(item).collect_view()}</ul> });
    view! {
        <div class="wm-later">
            <p class="wm-later__note">"No dates, on purpose. Order and scope will change with what we learn."</p>
            {empty}
            {list}
        </div>
    }
}

/// After everything was shipped, Now says what that was.
#[component]
fn ShippedLast(
    /// Shipped items, latest first.
    cards: Vec<Card>,
) -> impl IntoView {
    let row = |card: Card| view! { <li><a class="wm-link wm-link--quiet" href=Route::Item(card.id).href()>{card.title}</a></li> };
    view! {
        <div class="wm-lane__empty">
            <p>"Nothing is being built right now. Shipped last:"</p>
            <ul class="wm-lane__shipped">{cards.into_iter().map(row).collect_view()}</ul>
        </div>
    }
}

/// What is over: it stays findable, the declined with their reason on their page.
#[component]
pub(super) fn Past(
    /// Items that are over.
    cards: Vec<Card>,
) -> impl IntoView {
    if cards.is_empty() {
        return ().into_any();
    }
    let count = cards.len();
    let open = RwSignal::new(false);
    let cards = StoredValue::new(cards);
    let row = |card: Card| {
        view! {
            <li class="wm-past__item">
                <a class="wm-past__title" href=Route::Item(card.id).href()>{card.title}</a>
                <ItemStatusView status=card.status/>
            </li>
        }
    };
    view! {
        <div class="wm-past">
            <Disclosure open title=move || format!("Shipped and declined ({count})") level=2>
                <ul class="wm-past__list">{cards.get_value().into_iter().map(row).collect_view()}</ul>
            </Disclosure>
        </div>
    }
    .into_any()
}
