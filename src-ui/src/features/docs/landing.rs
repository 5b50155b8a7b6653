//! "Docs" without a page: what was read, what is bookmarked, what changed, and all sites.

use leptos::prelude::*;
use waymark_api::{
    IpcError,
    ipc::docs::{LibraryView, OpenLibrary},
    topic::Topic,
};

use super::{
    model::{Landing as Target, landing},
    shelf::Shelf,
};
use crate::{
    backend::use_backend,
    kit::{ButtonKind, EmptyState, ErrorPanel, Icon, LinkButton, Page, Skeleton},
    routes::{Route, Section},
    state::{mark_ready, use_navigator, use_topics},
};

/// What stands at `/docs`.
#[component]
pub(super) fn Landing() -> impl IntoView {
    let backend = use_backend();
    let navigator = use_navigator();
    let changed = use_topics().track(|topic| matches!(topic, Topic::Pack(_) | Topic::Packs | Topic::Bookmarks));
    let library = LocalResource::new(move || {
        changed.track();
        backend.call(OpenLibrary {})
    });
    // What is on screen stays while something loads, and nothing is drawn again that did not change.
    let library = Memo::new(move |before: Option<&Option<Result<LibraryView, IpcError>>>| {
        library.get().or_else(|| before.cloned().flatten())
    });
    // A shelf that was shown stays, also when its last bookmark is taken off: nobody asked to go elsewhere.
    let shelf = StoredValue::new(false);
    let landing = move |view: &LibraryView| match landing(view) {
        Target::Page(..) if shelf.get_value() => Target::Shelf,
        target => {
            shelf.set_value(target == Target::Shelf);
            target
        }
    };
    Effect::new(move |_| {
        let target = library.with(|library| library.as_ref().and_then(|view| view.as_ref().ok().map(landing)));
        if let Some(Target::Page(site, page)) = target {
            navigator.replace(Route::Page { site, page, heading: None });
        }
    });
    let main = move || match library.get() {
        Some(Ok(view)) => match landing(&view) {
            Target::Nothing => view! { <h1 class="wm-hidden" tabindex="-1">"Docs"</h1><Nothing/> }.into_any(),
            Target::Shelf => view! { <Shelf view/> }.into_any(),
            Target::Page(..) => view! { <Skeleton lines=8/> }.into_any(),
        },
        Some(Err(error)) => view! { <h1 class="wm-hidden" tabindex="-1">"Docs"</h1><ErrorPanel error/> }.into_any(),
        None => view! { <Skeleton lines=8/> }.into_any(),
    };
    view! {
        <Page title="Docs">
            <div class="wm-panes">
                <main class="wm-main wm-docs-landing" id="main" tabindex="-1">{main}</main>
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
