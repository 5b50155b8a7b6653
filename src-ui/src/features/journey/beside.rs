//! A page of the docs beside the step: the list of steps makes room for it.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use waymark_api::ipc::docs::OpenPage;
use waymark_core::docs::ID_PREFIX;
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

use crate::{
    backend::use_backend,
    kit::{ErrorPanel, Icon, IconButton, LinkButton, Prose, Skeleton, reveal},
    routes::Route,
    state::use_session,
};

/// Which page is beside the step, as its address; `None` for none. It stays while the person goes from step to step.
#[derive(Clone, Copy)]
pub(crate) struct Beside(RwSignal<Option<String>>);

impl Beside {
    /// No page. Made once a workspace.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Opens the page at `href` beside the step.
    pub(crate) fn open(self, href: &str) {
        self.0.set(Some(href.to_owned()));
    }

    /// Whether a page is open.
    pub(crate) fn is_open(self) -> bool {
        self.0.with(Option::is_some)
    }

    fn close(self) {
        self.0.set(None);
        // Back to where it came from.
        let button = document().query_selector("[data-beside] button").ok().flatten();
        if let Some(button) = button.and_then(|button| button.dyn_into::<web_sys::HtmlElement>().ok()) {
            // An element of this page can always take the focus.
            let _ = button.focus();
        }
    }
}

/// The page's pane.
#[component]
pub(crate) fn BesidePane(
    /// Which page.
    beside: Beside,
) -> impl IntoView {
    let backend = use_backend();
    let preferences = use_session().preferences();
    let pane = NodeRef::<html::Div>::new();
    let place = Memo::new(move |_| match beside.0.with(|href| Route::parse_href(href.as_ref()?)) {
        Some(Route::Page { site, page, heading }) => Some((site, page, heading)),
        _ => None,
    });
    let loaded = LocalResource::new(move || {
        let place = place.get();
        async move {
            let (site, page, _) = place?;
            Some(backend.call(OpenPage { site, page }).await)
        }
    });
    let loaded = Memo::new(move |_| loaded.get().flatten());
    Effect::new(move |_| {
        let (heading, there) = (place.get().and_then(|(_, _, heading)| heading), loaded.with(Option::is_some));
        // The text is in the pane two frames later.
        if there {
            request_animation_frame(move || request_animation_frame(move || show(pane, heading)));
        }
    });
    // Links to pages are followed here; all others do what they do everywhere.
    let follow = move |event: MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|target| target.closest(".wm-prose a[href]").ok().flatten());
        let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else { return };
        let written = link.get_attribute("href").unwrap_or_default();
        if event.default_prevented() || link.class_list().contains("doc-external") {
            return;
        }
        let here = beside.0.get_untracked().unwrap_or_default();
        let href = match written.strip_prefix('#') {
            Some(id) => format!("{}#{id}", here.split('#').next().unwrap_or_default()),
            None => written,
        };
        if matches!(Route::parse_href(&href), Some(Route::Page { .. })) {
            event.prevent_default();
            beside.open(&href);
        }
    };
    let title =
        move || loaded.with(|page| page.as_ref().and_then(|page| page.as_ref().ok().map(|view| view.title.clone())));
    let body = move || match loaded.get() {
        Some(Ok(view)) => view! { <Prose html=view.html/> }.into_any(),
        Some(Err(error)) => view! { <ErrorPanel error/> }.into_any(),
        None => view! { <Skeleton lines=6/> }.into_any(),
    };
    let href = Signal::derive(move || beside.0.get().unwrap_or_default());
    let size = move || format!("{}px", preferences.read().text_size);
    view! {
        <aside class="wm-beside" aria-label="Page beside the step">
            <div class="wm-beside__head">
                <h2 class="wm-beside__title" tabindex="-1">{move || title().unwrap_or_else(|| "Page".to_owned())}</h2>
                <LinkButton href size=crate::kit::ButtonSize::Small kind=crate::kit::ButtonKind::Ghost icon=Icon::Docs>"Open in Docs"</LinkButton>
                <IconButton icon=Icon::Close label="Close the page" on_press=move |()| beside.close()/>
            </div>
            <div class="wm-beside__scroll" tabindex="0" role="group" aria-label="Text of the page" node_ref=pane style:--wm-read-size=size on:click=follow>
                {body}
            </div>
        </aside>
    }
}

/// Goes to the heading, or to the top.
fn show(pane: NodeRef<html::Div>, heading: Option<String>) {
    let Some(pane) = pane.try_get_untracked().flatten() else { return };
    let target =
        heading.and_then(|id| pane.query_selector(&format!("[id=\"{ID_PREFIX}{}\"]", quoted(&id))).ok().flatten());
    let Some(target) = target else { return pane.set_scroll_top(0) };
    reveal(&target);
    let way = target.get_bounding_client_rect().top() - pane.get_bounding_client_rect().top();
    pane.set_scroll_top(pane.scroll_top() + way.round() as i32);
}

/// As it may stand between quotation marks of a selector.
fn quoted(id: &str) -> String {
    id.replace('\\', "\\\\").replace('"', "\\\"")
}
