//! The star of a page.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::ipc::docs::{PageView, SetBookmark};
use waymark_core::id::SiteId;

use crate::{
    backend::{Backend, use_backend},
    kit::{Icon, IconView, Tooltip},
    state::{Toasts, use_toasts},
};

/// A page and whether it has a bookmark. Copies share the state.
#[derive(Clone, Copy)]
pub(super) struct Bookmarking {
    page: StoredValue<(SiteId, String, String)>,
    on: RwSignal<bool>,
    backend: Backend,
    toasts: Toasts,
}

impl Bookmarking {
    /// As the page was loaded.
    pub(super) fn new(view: &PageView) -> Self {
        Self {
            page: StoredValue::new((view.site.clone(), view.page.clone(), view.title.clone())),
            on: RwSignal::new(view.bookmarked),
            backend: use_backend(),
            toasts: use_toasts(),
        }
    }

    /// Sets the bookmark or takes it off, and says so.
    pub(super) fn toggle(self) {
        let (site, page, title) = self.page.get_value();
        let on = !self.on.get_untracked();
        self.on.set(on);
        let Self { on: shown, backend, toasts, .. } = self;
        // The page may have been left meanwhile; then there is no star to change.
        set(SetBookmark { site, page, on }, title, (backend, toasts), move |on| {
            shown.try_set(on);
        });
    }
}

/// Sets a bookmark or takes it off, says so and offers to undo it. `shown` is told what is not so after all:
/// the request failed, or it was undone.
pub(super) fn set(
    request: SetBookmark,
    title: String,
    (backend, toasts): (Backend, Toasts),
    shown: impl Fn(bool) + Copy + Send + Sync + 'static,
) {
    spawn_local(async move {
        let undo = SetBookmark { on: !request.on, ..request.clone() };
        let text = if request.on {
            format!("Bookmarked “{title}”")
        } else {
            format!("Bookmark of “{title}” taken off")
        };
        if let Err(error) = backend.call(request).await {
            shown(undo.on);
            return toasts.failed(&error);
        }
        toasts.offer(text, move || {
            shown(undo.on);
            let undo = undo.clone();
            spawn_local(async move {
                if let Err(error) = backend.call(undo).await {
                    toasts.failed(&error);
                }
            });
        });
    });
}

/// The star.
#[component]
pub(super) fn Star(
    /// The page.
    bookmark: Bookmarking,
) -> impl IntoView {
    let on = bookmark.on;
    let words = move || if on.get() { "Take the bookmark off" } else { "Bookmark this page" };
    view! {
        <Tooltip text=Signal::derive(move || words().to_owned()) shortcut=Some("Ctrl+D")>
            <button
                class="wm-icon-button wm-star"
                type="button"
                aria-label="Bookmark"
                aria-pressed=move || if on.get() { "true" } else { "false" }
                aria-keyshortcuts="Control+D"
                on:click=move |_| bookmark.toggle()
            >
                {move || view! { <IconView icon=if on.get() { Icon::Starred } else { Icon::Star }/> }}
            </button>
        </Tooltip>
    }
}
