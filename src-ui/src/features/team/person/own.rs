//! The page that the manager sees of oneself.

use leptos::prelude::*;
use waymark_api::{ipc::team::OpenOwnPage, topic::Topic};

use super::{Eyes, sheet::Sheet};
use crate::{
    backend::use_backend,
    kit::{Crumbs, EmptyState, ErrorPanel, Icon, LinkButton, Page, Skeleton},
    routes::{Route, Section},
    state::{mark_ready, use_topics},
};

/// One's own page.
#[component]
pub(crate) fn OwnPage() -> impl IntoView {
    let backend = use_backend();
    let changed = use_topics()
        .track(|topic| matches!(topic, Topic::Journey(_) | Topic::Journeys | Topic::Account | Topic::Preferences));
    let loaded = LocalResource::new(move || {
        changed.track();
        backend.call(OpenOwnPage { journey: None })
    });
    let view = Memo::new(move |_| loaded.get());
    let crumbs = vec![
        ("Privacy".to_owned(), Some(Route::Settings(Section::Privacy).href())),
        ("What my manager sees".to_owned(), None),
    ];
    let body = move || match view.get() {
        None => view! { <Skeleton lines=10/> }.into_any(),
        Some(Ok(Some(page))) => {
            mark_ready();
            view! { <Sheet page eyes=Eyes::Own choice=None/> }.into_any()
        }
        Some(Ok(None)) => {
            mark_ready();
            view! {
                <h1 class="wm-hidden" tabindex="-1">"What my manager sees"</h1>
                <EmptyState
                    icon=Icon::Eye
                    title="Your manager sees nothing of you"
                    text="No journey of yours is shared. Once you join a team and a journey is under way, this page shows exactly what your manager sees, made from the facts on this computer."
                >
                    <LinkButton href=Route::Settings(Section::Privacy).href() icon=Icon::Back>"Back to Privacy"</LinkButton>
                </EmptyState>
            }
            .into_any()
        }
        Some(Err(error)) => {
            mark_ready();
            view! { <h1 class="wm-hidden" tabindex="-1">"What my manager sees"</h1><ErrorPanel error on_retry=move || loaded.refetch()/> }.into_any()
        }
    };
    view! {
        <Page title="What my manager sees">
            <div class="wm-panes">
                <main class="wm-main wm-person" id="main" tabindex="-1">
                    <Crumbs items=crumbs/>
                    {body}
                </main>
            </div>
        </Page>
    }
}
