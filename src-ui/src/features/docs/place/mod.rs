//! Where the reader is on a page: follows the pane's scrolling, keeps the place, and brings the reader back to it.

mod arrive;
mod follow;

use std::{cell::RefCell, collections::HashMap};

use leptos::{html, prelude::*};
use leptos_router::hooks::use_location;
use wasm_bindgen::{JsCast, closure::Closure};
use waymark_api::ipc::docs::PageView;
use waymark_core::{
    docs::{Heading, ID_PREFIX},
    id::SiteId,
};
use web_sys::{Element, HtmlElement};

use super::model::{Leaving, shown_outline};
use crate::{
    backend::Backend,
    kit::Parts,
    routes::{Route, use_route},
};

/// Distance from the pane's upper edge at which a heading counts as reached, in px.
const LINE: f64 = 96.0;

thread_local! {
    /// Scroll positions of this session, by entry of the history and page: going back leads to where one was.
    static VISITED: RefCell<HashMap<(u32, SiteId, String), i32>> = RefCell::default();
}

/// The page that is open.
#[derive(Clone, Debug)]
struct Open {
    site: SiteId,
    page: String,
    outline: Vec<Heading>,
    /// What was kept before this visit.
    before: f64,
    /// Whether the reader moved since the page was opened.
    moved: bool,
    /// Where our own jump ended: until the reader moves on, the heading that was jumped to stays the current one.
    jumped_to: Option<i32>,
    /// How far the page is held while its images come in, and the scroll position that this was.
    held: Option<(f64, i32)>,
    /// Number of the history's entry that led here, once it has one.
    entry: Option<u32>,
    /// Whether the pane is where it should be; scrolling before that is not the reader's.
    settled: bool,
    /// Whether the text was put in anew under a reader who stays where they are.
    renewed: bool,
    last: Leaving,
}

/// Where "Continue" leads.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Resume {
    /// Text of the heading, where the place has one.
    pub(super) heading: Option<String>,
    progress: f64,
}

/// Where the reader is. Copies share one place.
#[derive(Clone, Copy)]
pub(super) struct ReadingPlace {
    pane: NodeRef<html::Main>,
    backend: Backend,
    open: StoredValue<Option<Open>>,
    heading: RwSignal<Option<String>>,
    resume: RwSignal<Option<Resume>>,
    kept: RwSignal<HashMap<(SiteId, String), f64>>,
    waiting: StoredValue<Option<TimeoutHandle>, LocalStorage>,
    drawing: StoredValue<bool>,
    hash: Memo<String>,
    parts: StoredValue<Option<Parts>>,
}

impl ReadingPlace {
    /// Nowhere yet; `pane` is what scrolls.
    pub(super) fn new(pane: NodeRef<html::Main>, backend: Backend) -> Self {
        let place = Self {
            pane,
            backend,
            open: StoredValue::new(None),
            heading: RwSignal::new(None),
            resume: RwSignal::new(None),
            kept: RwSignal::default(),
            waiting: StoredValue::new_local(None),
            drawing: StoredValue::new(false),
            hash: use_location().hash,
            parts: StoredValue::new(None),
        };
        Effect::new(move |_| {
            if let Some(pane) = pane.get() {
                place.follow_images(&pane);
            }
        });
        let route = use_route();
        Effect::new(move |before: Option<String>| {
            let hash = place.hash.get();
            // A link inside the page changes the hash and nothing else; on the way to another page this one stays.
            let here = route.with_untracked(|route| place.shows(route.as_ref()));
            if here && before.is_some_and(|before| before != hash) {
                // What scrolls from here on belongs to the new place.
                place.change(|open| open.settled = false);
                place.arrive();
            }
            hash
        });
        place
    }

    /// Id of the heading that the reader is at.
    pub(super) fn heading(self) -> Signal<Option<String>> {
        self.heading.into()
    }

    /// Where "Continue" would lead; `None` where there is nothing to continue.
    pub(super) fn resume(self) -> Option<Resume> {
        self.resume.get()
    }

    /// How much of which page was read, as far as it changed since this screen was opened.
    pub(super) fn kept(self) -> Signal<HashMap<(SiteId, String), f64>> {
        self.kept.into()
    }

    fn shows(self, route: Option<&Route>) -> bool {
        let Some(Route::Page { site, page, .. }) = route else { return false };
        self.open.with_value(|open| open.as_ref().is_some_and(|open| open.site == *site && open.page == *page))
    }

    /// A page is about to be shown; in these parts, where it is long.
    pub(super) fn open(self, view: &PageView) -> Parts {
        let parts = Parts::new(self.turn_to(view));
        self.parts.set_value(Some(parts));
        parts
    }

    /// Whoever counts, prints or goes somewhere needs the whole page.
    pub(super) fn complete(self) {
        if let Some(Some(parts)) = self.parts.try_get_value() {
            parts.complete();
        }
    }

    /// Whether all of the page is in the pane.
    fn is_complete(self) -> bool {
        self.parts.try_get_value().flatten().is_none_or(Parts::is_whole)
    }

    /// Does something once all of the page is in the pane.
    fn when_complete(self, then: impl FnOnce() + 'static) {
        match self.parts.try_get_value().flatten() {
            Some(parts) => parts.when_whole(then),
            None => then(),
        }
    }

    /// Whether the page is the one that is open, in a newer text.
    fn turn_to(self, view: &PageView) -> bool {
        let same = self
            .open
            .with_value(|open| open.as_ref().is_some_and(|open| open.site == view.site && open.page == view.page));
        if same {
            // The same page in a newer text: the pane keeps its place.
            self.open.update_value(|open| {
                if let Some(open) = open {
                    open.outline = outline_of(view);
                    // Where nobody was brought to their place yet, that is still to be done.
                    open.renewed = open.settled;
                }
            });
            return true;
        }
        let last = Leaving { progress: view.progress, heading: None };
        if let Some(pane) = self.pane() {
            // The old text goes in the same moment, so nobody sees it move.
            pane.set_scroll_top(0);
        }
        self.heading.set(None);
        self.resume.set(None);
        self.open.set_value(Some(Open {
            site: view.site.clone(),
            page: view.page.clone(),
            outline: outline_of(view),
            before: view.progress,
            moved: false,
            jumped_to: None,
            held: None,
            entry: None,
            settled: false,
            renewed: false,
            last,
        }));
        false
    }

    /// Images tell when they arrive, but not to whoever listens further up: only on the way down.
    fn follow_images(self, pane: &Element) {
        // It may come after the screen is gone.
        let arrived = Closure::<dyn Fn()>::new(move || self.image_arrived()).into_js_value();
        // A listener of the pane goes with it; without one, images may move the text.
        let _ = pane.add_event_listener_with_callback_and_bool("load", arrived.unchecked_ref(), true);
    }

    fn change(self, change: impl FnOnce(&mut Open)) {
        self.open.try_update_value(|open| open.as_mut().map(change));
    }

    /// The pane; `None` also for frames and timers that come after the screen is gone.
    fn pane(self) -> Option<HtmlElement> {
        self.pane.try_get_untracked().flatten().map(|pane| pane.unchecked_into())
    }

    /// Distances of the outline's headings from the pane's upper edge, in px.
    fn tops(self, pane: &Element) -> Vec<f64> {
        let ids: Vec<String> = self.open.with_value(|open| {
            open.iter().flat_map(|open| &open.outline).map(|one| format!("{ID_PREFIX}{}", one.id)).collect()
        });
        let document = document();
        ids.iter()
            // A heading that the text lacks must not shift the others: it is never reached.
            .map(|id| document.get_element_by_id(id).map_or(f64::INFINITY, |heading| distance(pane, &heading)))
            .collect()
    }
}

fn outline_of(view: &PageView) -> Vec<Heading> {
    shown_outline(&view.outline).into_iter().map(|(heading, _)| heading).collect()
}

fn distance(pane: &Element, element: &Element) -> f64 {
    element.get_bounding_client_rect().top() - pane.get_bounding_client_rect().top()
}
