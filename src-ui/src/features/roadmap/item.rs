//! An item's page.

use leptos::prelude::*;
use waymark_api::{
    IpcError,
    ipc::roadmap::{ItemView, OpenItem},
    topic::Topic,
};
use waymark_core::{id::ItemId, roadmap::Horizon};

use super::{card::Missing, item_aside::ItemAside, item_facts::ItemFacts, level::ItemStatusView};
use crate::{
    backend::use_backend,
    kit::{Absent, ButtonKind, ButtonSize, CopyButton, Crumbs, Icon, IconView, LinkButton, Page, Prose, Skeleton},
    routes::{Route, use_route},
    state::{mark_ready, use_topics},
};

/// One item of the roadmap in full.
#[component]
pub(crate) fn ItemPage() -> impl IntoView {
    let backend = use_backend();
    let route = use_route();
    let id = Memo::new(move |before: Option<&ItemId>| match route.get() {
        Some(Route::Item(item)) => item,
        // The address already names another screen while this one is still on its way out.
        _ => before.cloned().unwrap_or_else(|| ItemId::new("")),
    });
    let changed = use_topics().track(|topic| matches!(topic, Topic::Pack(_) | Topic::Packs));
    let loaded = LocalResource::new(move || {
        changed.track();
        backend.call(OpenItem { item: id.get(), pack: None })
    });
    // A memo keeps the item on screen while it loads again, and redraws nothing that did not change.
    let item = Memo::new(move |_| loaded.get());
    let title = Signal::derive(move || {
        item.with(|item| match item {
            None => String::new(),
            Some(Ok(view)) => view.card.title.clone(),
            Some(Err(_)) => "Roadmap".to_owned(),
        })
    });
    let aside = move || {
        item.with(|item| item.as_ref().and_then(|item| item.clone().ok())).map(|view| view! { <ItemAside view/> })
    };
    let main = move || match item.get() {
        None => view! { <Skeleton lines=6/> }.into_any(),
        Some(Ok(view)) => view! { <Item view/> }.into_any(),
        Some(Err(error)) => view! { <Trouble error on_retry=move || loaded.refetch()/> }.into_any(),
    };
    view! {
        <Page title>
            <div class="wm-panes wm-panes--aside">
                <main class="wm-main wm-item" id="main" tabindex="-1">{main}</main>
                <aside class="wm-aside" aria-label="Reach, links and history">{aside}</aside>
            </div>
        </Page>
    }
}

#[component]
fn Item(
    /// The item.
    view: ItemView,
) -> impl IntoView {
    mark_ready();
    let card = &view.card;
    let crumbs = vec![("Roadmap".to_owned(), Some(Route::Roadmap.href())), (card.horizon.title().to_owned(), None)];
    let link = format!("waymark://roadmap/item/{}", card.id);
    let later = (card.horizon == Horizon::Later).then(|| {
        view! {
            <p class="wm-item__direction"><IconView icon=Icon::Compass/><span>"Direction, not a promise; may change."</span></p>
        }
    });
    let body = view.body_html.clone();
    view! {
        <div class="wm-item__top">
            <Crumbs items=crumbs/>
            <CopyButton text=link label="Copy link" kind=ButtonKind::Ghost size=ButtonSize::Small/>
        </div>
        <h1 class="wm-item__title" tabindex="-1">{card.title.clone()}</h1>
        <div class="wm-item__facts">
            <ItemStatusView status=card.status/>
            {card.area.clone().map(|area| view! { <span>"Area: " {area}</span> })}
            {card.owner.clone().map(|owner| view! { <span>"Owner: " {owner}</span> })}
        </div>
        {later}
        <Missing list=card.missing.clone()/>
        <ItemFacts view/>
        {(!body.trim().is_empty()).then(|| view! {
            <section class="wm-item__body" aria-label="Description and updates"><Prose html=body compact=true/></section>
        })}
    }
}

#[component]
fn Trouble(
    /// Why there is no item.
    error: IpcError,
    /// Called when the person wants to try again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    mark_ready();
    view! {
        <Absent
            error
            on_retry
            screen="Roadmap"
            icon=Icon::Roadmap
            title="This item is not here"
            text="No roadmap on this device has it. It may belong to a source that was removed, or the link may be older than the roadmap."
        >
            <LinkButton href=Route::Roadmap.href() icon=Icon::Back>"Go to the roadmap"</LinkButton>
        </Absent>
    }
}
