//! Loads a site and a page of it, and arranges the three panes.

use leptos::{html, prelude::*};
use waymark_api::{
    IpcError,
    ipc::docs::{ListSites, OpenPage, OpenSite, PageView, SiteView},
    topic::Topic,
};
use waymark_core::id::SiteId;

use super::{
    aside::Aside,
    body::PageBody,
    drawer::{Drawer, DrawerButtons},
    find_bar::FindBar,
    landing::Landing,
    place::ReadingPlace,
    print::SitePrint,
    tree_pane::TreePane,
};
use crate::{
    backend::use_backend,
    kit::{Absent, Icon, LinkButton, Page, Skeleton},
    routes::{Route, use_route},
    state::{mark_ready, use_navigator, use_session, use_topics},
};

/// The documentation: a page, or without one the page that was read last.
#[component]
pub(crate) fn DocsPage() -> impl IntoView {
    let route = use_route();
    let place = Memo::new(move |before: Option<&Option<(SiteId, String)>>| match route.get() {
        Some(Route::Page { site, page, .. }) => Some((site, page)),
        Some(Route::Docs) => None,
        // The address already names another screen while this one is still on its way out.
        _ => before.cloned().flatten(),
    });
    let has_place = Memo::new(move |_| place.with(Option::is_some));
    // The reader keeps its place while it makes room for the first screen: it must not load "no page" on its
    // way out.
    let shown = Memo::new(move |before: Option<&(SiteId, String)>| {
        place.get().or_else(|| before.cloned()).unwrap_or_else(|| (SiteId::new(""), String::new()))
    });
    move || {
        if has_place.get() { view! { <Reader place=shown/> }.into_any() } else { view! { <Landing/> }.into_any() }
    }
}

/// One site, open at a page.
#[component]
fn Reader(
    /// Site and source path; an empty path stands for the site's first page.
    #[prop(into)]
    place: Signal<(SiteId, String)>,
) -> impl IntoView {
    let backend = use_backend();
    let navigator = use_navigator();
    let preferences = use_session().preferences();
    let changed = use_topics().track(|topic| matches!(topic, Topic::Pack(_) | Topic::Packs));
    let site_id = Memo::new(move |_| place.with(|(site, _)| site.clone()));

    let sites = LocalResource::new(move || {
        changed.track();
        backend.call(ListSites {})
    });
    let site = LocalResource::new(move || {
        changed.track();
        backend.call(OpenSite { site: site_id.get() })
    });
    let page = LocalResource::new(move || {
        changed.track();
        let (site, page) = place.get();
        async move { if page.is_empty() { None } else { Some(backend.call(OpenPage { site, page }).await) } }
    });
    let again = Callback::new(move |()| {
        site.refetch();
        page.refetch();
    });
    // Memos keep what is on screen while something loads, and let nothing redraw that did not change.
    let sites = Memo::new(move |_| sites.get().and_then(Result::ok).unwrap_or_default());
    let site = Memo::new(move |_| site.get());
    let page = Memo::new(move |_| page.get().flatten());

    Effect::new(move |_| {
        let (id, source) = place.get();
        let home = site.with(|site| site.as_ref().and_then(|site| home_of(site.as_ref().ok()?, &id)));
        if let (true, Some(page)) = (source.is_empty(), home) {
            navigator.replace(Route::Page { site: id, page, heading: None });
        }
    });

    let pane = NodeRef::<html::Main>::new();
    let reading = ReadingPlace::new(pane, backend);
    let title = move || page.with(|page| page.as_ref().map(page_title).unwrap_or_default());
    let site_view = Memo::new(move |_| site.with(|site| site.as_ref().and_then(|site| site.clone().ok())));
    let opened = Memo::new(move |_| page.with(|page| page.as_ref().and_then(|page| page.clone().ok())));
    let main = move || match (page.get(), site.get()) {
        (Some(Ok(view)), _) => view! { <PageBody view reading/> }.into_any(),
        (Some(Err(error)), _) | (None, Some(Err(error))) => {
            view! { <Trouble error site=site_view on_retry=again/> }.into_any()
        }
        (None, _) => view! { <Skeleton lines=8/> }.into_any(),
    };
    let drawer = Drawer::new(place);
    let size = move || format!("{}px", preferences.read().text_size);
    view! {
        <Page title=Signal::derive(title)>
            <div class="wm-panes wm-docs" class:wm-docs--pages=move || drawer.shows_pages() class:wm-docs--about=move || drawer.shows_about()>
                <TreePane sites site=site_view place reading/>
                <div class="wm-docpage">
                    <DrawerButtons drawer/>
                    <main
                        class="wm-main wm-docpage__scroll"
                        id="main"
                        tabindex="-1"
                        node_ref=pane
                        style:--wm-read-size=size
                        on:scroll=move |_| reading.scrolled()
                    >
                        {main}
                    </main>
                    <FindBar pane reading page=opened/>
                </div>
                <aside class="wm-aside" aria-label="About this page">
                    {move || opened.get().map(|view| view! { <Aside view reading/> })}
                </aside>
                <SitePrint site=site_view/>
            </div>
        </Page>
    }
}

fn home_of(site: &SiteView, id: &SiteId) -> Option<String> {
    if site.summary.id == *id { site.summary.home.clone() } else { None }
}

fn page_title(page: &Result<PageView, IpcError>) -> String {
    page.as_ref().map_or_else(|_| "Docs".to_owned(), |view| view.title.clone())
}

/// What stands in the page's place.
#[component]
fn Trouble(
    /// Why there is no page.
    error: IpcError,
    /// The site, where it could be opened: its first page is the way back.
    site: Memo<Option<SiteView>>,
    /// Called when the person wants to try again.
    on_retry: Callback<()>,
) -> impl IntoView {
    mark_ready();
    let back = move || {
        let home = site.with(|site| {
            let summary = &site.as_ref()?.summary;
            Some((
                Route::Page { site: summary.id.clone(), page: summary.home.clone()?, heading: None },
                summary.title.clone(),
            ))
        });
        let (route, title) = home.unwrap_or((Route::Docs, "Docs".to_owned()));
        view! { <LinkButton href=route.href() icon=Icon::Back>{format!("Go to {title}")}</LinkButton> }
    };
    view! {
        <Absent
            error
            on_retry
            screen="Docs"
            icon=Icon::Page
            title="This page is not here"
            text="It was moved or removed in its source, or its source is no longer on this device. The list at the left and the search show what there is."
        >
            {back}
        </Absent>
    }
}
