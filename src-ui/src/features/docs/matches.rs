//! What the filter over the tree found.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use waymark_core::id::SiteId;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::{model::Match, tree_pane::route_of};

/// What the filter found, flat, each page with its section.
#[component]
pub(super) fn Matches(
    /// Pages in the order of the list.
    found: Memo<Vec<Match>>,
    /// Site and page that are open.
    place: Signal<(SiteId, String)>,
    /// The list, for the arrow key.
    list: NodeRef<html::Ul>,
) -> impl IntoView {
    let count = move || match found.with(Vec::len) {
        0 => "No page has these words.".to_owned(),
        1 => "1 page".to_owned(),
        count => format!("{count} pages"),
    };
    let row = move |hit: Match| {
        let (site, page) = place.get_untracked();
        let here = hit.page == page;
        view! {
            <li>
                <a class="wm-doctree__match" href=route_of(&site, &hit.page).href() aria-current=here.then_some("page")>
                    <span>{hit.title}</span>
                    {(!hit.section.is_empty()).then(|| view! { <span class="wm-doctree__section">{hit.section.join(" › ")}</span> })}
                </a>
            </li>
        }
    };
    view! {
        <p class="wm-doctree__count" role="status">{count}</p>
        <ul aria-label="Pages found" node_ref=list on:keydown=move_between_links>
            {move || found.get().into_iter().map(row).collect_view()}
        </ul>
    }
}

/// Up and down go from link to link.
fn move_between_links(event: KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowDown" => Element::next_element_sibling as fn(&Element) -> Option<Element>,
        "ArrowUp" => Element::previous_element_sibling as fn(&Element) -> Option<Element>,
        _ => return,
    };
    let item = document().active_element().and_then(|link| link.closest("li").ok().flatten());
    let next = item.and_then(|item| step(&item)).and_then(|item| item.query_selector("a").ok().flatten());
    if let Some(next) = next {
        event.prevent_default();
        // An element of this page can always take the focus.
        let _ = next.unchecked_into::<HtmlElement>().focus();
    }
}
