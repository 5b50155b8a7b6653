//! "Docs" without a page: the one that was read last, or what to do where there is none.

use leptos::prelude::*;
use waymark_api::{
    IpcError,
    ipc::{docs::ListSites, today::OpenToday},
    topic::Topic,
};

use super::model::first_page;
use crate::{
    backend::use_backend,
    kit::{ButtonKind, EmptyState, ErrorPanel, Icon, LinkButton, Page, Skeleton},
    routes::{Route, Section},
    state::{mark_ready, use_navigator, use_topics},
};

/// Goes to the page that was read last, or says that there is nothing to read.
#[component]
pub(super) fn Landing() -> impl IntoView {
    let backend = use_backend();
    let navigator = use_navigator();
    let changed = use_topics().track(|topic| matches!(topic, Topic::Pack(_) | Topic::Packs));
    let target = LocalResource::new(move || {
        changed.track();
        async move {
            let sites = backend.call(ListSites {}).await?;
            // Without the reading history the first page of the first site is as good a start.
            let today = backend.call(OpenToday {}).await.ok();
            let read = today.map(|today| today.recent.into_iter().chain(today.reading).collect()).unwrap_or_default();
            let read: Vec<_> = read;
            Ok::<_, IpcError>(first_page(&sites, &read, |route| match Route::parse_href(route)? {
                Route::Page { site, page, .. } => Some((site, page)),
                _ => None,
            }))
        }
    });
    Effect::new(move |_| {
        if let Some(Ok(Some((site, page)))) = target.get() {
            navigator.replace(Route::Page { site, page, heading: None });
        }
    });
    let main = move || match target.get() {
        Some(Ok(None)) => view! { <Nothing/> }.into_any(),
        Some(Err(error)) => view! { <ErrorPanel error on_retry=move || target.refetch()/> }.into_any(),
        None | Some(Ok(Some(_))) => view! { <Skeleton lines=8/> }.into_any(),
    };
    view! {
        <Page title="Docs">
            <div class="wm-panes">
                <main class="wm-main wm-docs-landing" id="main" tabindex="-1">
                    <h1 class="wm-hidden" tabindex="-1">"Docs"</h1>
                    {main}
                </main>
            </div>
        </Page>
    }
}

/// No site on this device.
#[component]
fn Nothing() -> impl IntoView {
    mark_ready();
    view! {
        <EmptyState
            icon=Icon::Docs
            title="No documentation yet"
            text="Open the folder or git checkout that holds your team's docs. It is read where it lies, and you can read it with no network."
        >
            <LinkButton href=Route::Settings(Section::Sources).href() kind=ButtonKind::Primary icon=Icon::Folder>
                "Open a folder…"
            </LinkButton>
        </EmptyState>
    }
}
