//! The left pane: which site, a filter, and the site's pages.

use std::collections::HashMap;

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use waymark_api::ipc::docs::{SiteSummary, SiteView};
use waymark_core::id::SiteId;
use web_sys::{HtmlElement, KeyboardEvent};

use super::{
    matches::Matches,
    model::{Node, filter, nodes, page_key, with_newer},
    place::ReadingPlace,
};
use crate::{
    kit::{FieldKind, SelectField, TextField, Tree, TreeNode},
    routes::Route,
    state::{open_link, use_navigator},
};

/// Sites, filter and tree.
#[component]
pub(super) fn TreePane(
    /// All sites on this device.
    #[prop(into)]
    sites: Signal<Vec<SiteSummary>>,
    /// The site that is open, once it is loaded.
    #[prop(into)]
    site: Signal<Option<SiteView>>,
    /// Site and source path of the page that is open.
    place: Signal<(SiteId, String)>,
    /// What the reader read meanwhile.
    reading: ReadingPlace,
) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let list = NodeRef::<html::Ul>::new();
    let found = Memo::new(move |_| {
        site.with(|site| site.as_ref().map(|site| filter(&site.nav, &query.read())).unwrap_or_default())
    });
    let filtering = Memo::new(move |_| !query.read().trim().is_empty());
    let navigator = use_navigator();
    let keys = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" if filtering.get_untracked() => {
            event.prevent_default();
            event.stop_propagation();
            query.set(String::new());
        }
        "Enter" => {
            if let Some(first) = found.with_untracked(|found| found.first().cloned()) {
                navigator.go(route_of(&place.get_untracked().0, &first.page));
            }
        }
        "ArrowDown" => {
            if let Some(link) = list.get_untracked().and_then(|list| list.query_selector("a").ok().flatten()) {
                event.prevent_default();
                // An element of this page can always take the focus.
                let _ = link.unchecked_into::<HtmlElement>().focus();
            }
        }
        _ => {}
    };
    view! {
        <nav class="wm-doctree" aria-label="Pages">
            <div class="wm-doctree__head">
                <SiteSwitch sites place/>
                <div on:keydown=keys>
                    <TextField
                        label="Filter pages"
                        placeholder="Filter pages"
                        kind=FieldKind::Search
                        hide_label=true
                        value=query
                        on_change=move |text| query.set(text)
                    />
                </div>
            </div>
            <div class="wm-doctree__scroll">
                {move || {
                    if filtering.get() {
                        view! { <Matches found place list/> }.into_any()
                    } else {
                        view! { <Pages site place reading/> }.into_any()
                    }
                }}
            </div>
        </nav>
    }
}

/// The site's name; a choice where there are several.
#[component]
fn SiteSwitch(
    /// All sites.
    sites: Signal<Vec<SiteSummary>>,
    /// Site and page that are open.
    place: Signal<(SiteId, String)>,
) -> impl IntoView {
    let navigator = use_navigator();
    let options = Signal::derive(move || {
        sites.with(|sites| {
            sites.iter().map(|site| (site.id.as_str().to_owned(), site.title.clone())).collect::<Vec<_>>()
        })
    });
    let value = Signal::derive(move || place.with(|(site, _)| site.as_str().to_owned()));
    let several = Memo::new(move |_| sites.with(|sites| sites.len() > 1));
    let name = move || {
        let id = value.get();
        sites.with(|sites| sites.iter().find(|site| site.id.as_str() == id).map(|site| site.title.clone()))
    };
    let go = move |id: String| {
        navigator.go(Route::Page { site: SiteId::new(id), page: String::new(), heading: None });
    };
    move || {
        if several.get() {
            view! { <SelectField label="Documentation" hide_label=true options value on_select=go/> }.into_any()
        } else {
            view! { <p class="wm-doctree__name">{name}</p> }.into_any()
        }
    }
}

/// The tree of the site's pages.
#[component]
fn Pages(
    /// The site.
    site: Signal<Option<SiteView>>,
    /// Site and page that are open.
    place: Signal<(SiteId, String)>,
    /// What the reader read meanwhile.
    reading: ReadingPlace,
) -> impl IntoView {
    let navigator = use_navigator();
    let kept = reading.kept();
    let rows = Memo::new(move |_| {
        site.with(|site| {
            let Some(site) = site else { return Vec::new() };
            let id = &site.summary.id;
            let newer: HashMap<String, f64> = kept.with(|kept| {
                kept.iter().filter(|((own, _), _)| own == id).map(|((_, page), read)| (page.clone(), *read)).collect()
            });
            nodes(&site.nav, &with_newer(&site.begun, &newer))
        })
    });
    let tree = Memo::new(move |_| {
        let site = place.with(|(site, _)| site.clone());
        rows.with(|rows| rows.iter().map(|row| tree_node(row, &site)).collect::<Vec<_>>())
    });
    let current = Signal::derive(move || place.with(|(_, page)| (!page.is_empty()).then(|| page_key(page))));
    let open = move |key: String| {
        let row = rows.with_untracked(|rows| find_row(rows, &key));
        match row {
            Some(Node { page: Some(page), .. }) => navigator.go(route_of(&place.get_untracked().0, &page)),
            Some(Node { link: Some(link), .. }) => open_link(link),
            _ => {}
        }
    };
    let label = Signal::derive(move || {
        site.with(|site| site.as_ref().map(|site| site.summary.title.clone()).unwrap_or_default())
    });
    view! { <Tree label nodes=tree current on_open=open/> }
}

fn tree_node(row: &Node, site: &SiteId) -> TreeNode {
    TreeNode {
        key: row.key.clone(),
        title: row.title.clone(),
        href: row.page.as_ref().map(|page| route_of(site, page).href()).or_else(|| row.link.clone()),
        badge: (row.pages > 0).then(|| row.pages.to_string()),
        percent: row.progress.map(|progress| (progress * 100.0).round() as u8),
        children: row.children.iter().map(|child| tree_node(child, site)).collect(),
    }
}

fn find_row(rows: &[Node], key: &str) -> Option<Node> {
    rows.iter().find_map(|row| if row.key == key { Some(row.clone()) } else { find_row(&row.children, key) })
}

/// The address of a page.
pub(super) fn route_of(site: &SiteId, page: &str) -> Route {
    Route::Page { site: site.clone(), page: page.to_owned(), heading: None }
}
