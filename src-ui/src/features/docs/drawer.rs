//! A window that is too narrow for three panes: the pages, and what is known about the page, come over it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use waymark_core::id::SiteId;
use web_sys::HtmlElement;

use crate::kit::{Button, ButtonKind, ButtonSize, Icon};

/// What is over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pane {
    Pages,
    About,
}

/// Which pane is over the page, if any. In a wide window the panes stand beside it and this says nothing.
#[derive(Clone, Copy)]
pub(super) struct Drawer(RwSignal<Option<Pane>>);

impl Drawer {
    /// Closed; going to another place on a page or to another page closes it again, as do Escape and a press
    /// outside.
    pub(super) fn new(place: Signal<(SiteId, String)>) -> Self {
        let drawer = Self(RwSignal::new(None));
        Effect::new(move |_| {
            place.track();
            drawer.0.set(None);
        });
        let keys = window_event_listener(leptos::ev::keydown, move |event| {
            if event.key() == "Escape" && !event.default_prevented() && drawer.0.get_untracked().is_some() {
                event.prevent_default();
                drawer.close();
            }
        });
        let press = window_event_listener(leptos::ev::click, move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            let kept = target.as_ref().is_some_and(|target| {
                let inside = ".wm-docs > .wm-doctree, .wm-docs > .wm-aside, .wm-docpage__panes";
                target.closest(inside).ok().flatten().is_some()
                    && target.closest(".wm-outline").ok().flatten().is_none()
            });
            // What was pressed may be gone from the page by now; then it was inside.
            if !kept && target.is_some_and(|target| target.is_connected()) {
                drawer.0.set(None);
            }
        });
        on_cleanup(move || {
            keys.remove();
            press.remove();
        });
        drawer
    }

    /// Whether the list of pages is over the page.
    pub(super) fn shows_pages(self) -> bool {
        self.0.get() == Some(Pane::Pages)
    }

    /// Whether what is known about the page is over it.
    pub(super) fn shows_about(self) -> bool {
        self.0.get() == Some(Pane::About)
    }

    fn close(self) {
        let button = match self.0.get_untracked() {
            Some(Pane::About) => ".wm-docpage__panes > :last-child",
            _ => ".wm-docpage__panes > :first-child",
        };
        self.0.set(None);
        focus(button);
    }

    fn toggle(self, pane: Pane) {
        if self.0.get_untracked() == Some(pane) {
            return self.0.set(None);
        }
        self.0.set(Some(pane));
        let inside = match pane {
            Pane::Pages => ".wm-doctree input",
            Pane::About => ".wm-docs > .wm-aside a",
        };
        // One frame later it is in sight and can take the focus.
        request_animation_frame(move || focus(inside));
    }
}

fn focus(selector: &str) {
    let element = document().query_selector(selector).ok().flatten();
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element of this page can always take the focus.
        let _ = element.focus();
    }
}

/// The buttons that bring the panes over the page; the style sheet shows each where its pane does not fit.
#[component]
pub(super) fn DrawerButtons(
    /// What is over the page.
    drawer: Drawer,
) -> impl IntoView {
    view! {
        <div class="wm-docpage__panes">
            <Button kind=ButtonKind::Ghost size=ButtonSize::Small icon=Icon::List on_press=move |()| drawer.toggle(Pane::Pages)>
                "Pages"
            </Button>
            <Button kind=ButtonKind::Ghost size=ButtonSize::Small icon=Icon::Info on_press=move |()| drawer.toggle(Pane::About)>
                "On this page"
            </Button>
        </div>
    }
}
