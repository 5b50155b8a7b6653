//! Beside an item: how many people it reaches, what it is linked to, and how it got here.

use leptos::prelude::*;
use waymark_api::ipc::{journey::DocLink, roadmap::ItemView};

use super::model::{Move, full_day, moves, people, sentence};
use crate::{
    kit::{Eyebrow, Icon, IconView},
    routes::Route,
};

/// Reach, links, history.
#[component]
pub(super) fn ItemAside(
    /// The item.
    view: ItemView,
) -> impl IntoView {
    let reach = view.card.people.map(|count| {
        let names: Vec<String> = view.card.personas.iter().map(|(_, name)| name.clone()).collect();
        view! {
            <section class="wm-aside__group" aria-labelledby="reach">
                <Eyebrow id="reach">"Reach"</Eyebrow>
                <p class="wm-reach__figure wm-num">{format!("About {}", people(count))}</p>
                {(!names.is_empty()).then(|| view! { <p class="wm-reach__text">{names.join(", ")}</p> })}
            </section>
        }
    });
    let linked = (!view.links.is_empty()).then(|| {
        view! {
            <section class="wm-aside__group" aria-labelledby="linked">
                <Eyebrow id="linked">"Linked"</Eyebrow>
                <ul class="wm-item__links">{view.links.into_iter().map(link).collect_view()}</ul>
            </section>
        }
    });
    let moves = moves(&view.history);
    let history = (!moves.is_empty()).then(|| {
        view! {
            <section class="wm-aside__group" aria-labelledby="history">
                <Eyebrow id="history">"History"</Eyebrow>
                <ol class="wm-moves">{moves.into_iter().enumerate().map(|(index, entry)| line(index, entry)).collect_view()}</ol>
            </section>
        }
    });
    view! { {reach}{linked}{history} }
}

fn link(link: DocLink) -> AnyView {
    match link.route {
        Some(route) => {
            let icon = match Route::parse_href(&route) {
                Some(Route::Step(..) | Route::Journey(_)) => Icon::Checklist,
                Some(Route::Item(_)) => Icon::Roadmap,
                Some(_) => Icon::Docs,
                None => Icon::External,
            };
            view! { <li><a class="wm-item__link" href=route><IconView icon/><span>{link.title}</span></a></li> }.into_any()
        }
        None => view! {
            <li><span class="wm-item__link"><IconView icon=Icon::Page/><span>{link.title} <small>"not on this device"</small></span></span></li>
        }
        .into_any(),
    }
}

fn line(index: usize, entry: Move) -> impl IntoView {
    view! {
        <li class="wm-moves__item" class=("wm-moves__item--new", index == 0)>
            <p class="wm-moves__head"><b>{entry.title}</b><time datetime=entry.at.to_string()>{full_day(entry.at)}</time></p>
            {(!entry.reason.is_empty()).then(|| view! { <p>{sentence(&entry.reason)}</p> })}
        </li>
    }
}
