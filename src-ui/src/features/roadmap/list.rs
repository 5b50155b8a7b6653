//! The board as a table: the same items in the same order.

use leptos::prelude::*;
use waymark_api::ipc::roadmap::{Card, Column, Marked};

use super::{
    card::Missing,
    level::ItemStatusView,
    model::{confidence_level, people, persona_names, rows},
};
use crate::routes::Route;

/// The items as rows.
#[component]
pub(super) fn ItemTable(
    /// The columns that the filters leave.
    columns: Vec<Column>,
) -> impl IntoView {
    let head = ["Item", "When", "Status", "Who for", "Impact", "Effort", "Owner"];
    let head = head.map(|title| view! { <th scope="col">{title}</th> }).collect_view();
    view! {
        <div class="wm-plan-table" role="region" aria-label="Roadmap items" tabindex="0">
            <table>
                <thead><tr>{head}</tr></thead>
                <tbody>{rows(&columns).into_iter().map(|card| view! { <Row card/> }).collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(
    /// The item.
    card: Card,
) -> impl IntoView {
    let who = persona_names(&card);
    let reach = card.people.map(people);
    view! {
        <tr>
            <th scope="row">
                <a class="wm-plan-table__title" href=Route::Item(card.id).href()>{card.title}</a>
                <Missing list=card.missing/>
            </th>
            <td>{card.horizon.title()}</td>
            <td><ItemStatusView status=card.status/></td>
            <td>{who}{reach.map(|reach| view! { <span class="wm-plan-table__note wm-num">{reach}</span> })}</td>
            <td>{card.impact.map(figure)}</td>
            <td>{card.effort.map(figure)}</td>
            <td>{card.owner}</td>
        </tr>
    }
}

fn figure(marked: Marked) -> impl IntoView {
    let sure = marked.confidence.map(|sure| format!("{} confidence", confidence_level(sure).1));
    view! {
        {marked.words}
        {sure.map(|sure| view! { <span class="wm-plan-table__note">{sure}</span> })}
    }
}
