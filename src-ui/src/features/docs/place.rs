//! Where the reader is on a page: follows the pane's scrolling, keeps the place, and brings the reader back to it.

use std::{cell::RefCell, collections::HashMap, time::Duration};

use leptos::{html, prelude::*, task::spawn_local};
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;
use waymark_api::ipc::docs::{PageView, SaveReading};
use waymark_core::{
    docs::{Heading, ID_PREFIX},
    id::SiteId,
};
use web_sys::{Element, HtmlElement};

use super::model::{Leaving, current_heading, is_under_way, kept_progress, progress_at, scroll_for, shown_outline};
use crate::{backend::Backend, kit::reveal, state::shown_entry};

/// How long the reader has to stay at a place before it is kept.
const SETTLED: Duration = Duration::from_secs(1);
/// Distance from the pane's upper edge at which a heading counts as reached, in px.
const LINE: f64 = 96.0;
/// What stays free above a heading that was jumped to, in px.
const MARGIN: f64 = 24.0;

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
        };
        // A link inside the page changes the hash and nothing else.
        Effect::new(move |before: Option<String>| {
            let hash = place.hash.get();
            if before.is_some_and(|before| before != hash) {
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

    /// A page is about to be shown.
    pub(super) fn open(self, view: &PageView) {
        let same = self
            .open
            .with_value(|open| open.as_ref().is_some_and(|open| open.site == view.site && open.page == view.page));
        if same {
            // The same page in a newer text: the pane keeps its place.
            self.open.update_value(|open| {
                if let Some(open) = open {
                    open.outline = outline_of(view);
                    open.renewed = true;
                }
            });
            return;
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
            entry: None,
            settled: false,
            renewed: false,
            last,
        }));
    }

    /// The page is in the pane, or the address points to another part of it: go there.
    ///
    /// Going back leads to where the reader was, an address with a heading to that heading, anything else to the top.
    pub(super) fn arrive(self) {
        // The frame moves the focus to the page's title one frame after the change; the place is set after that.
        request_animation_frame(move || request_animation_frame(move || self.settle()));
    }

    fn settle(self) {
        let (Some(pane), Some(open)) = (self.pane(), self.open.try_get_value().flatten()) else { return };
        if open.renewed {
            self.change(|open| (open.renewed, open.settled) = (false, true));
            return self.update();
        }
        // A fresh entry gets its number a moment later; one that the reader came back to has it.
        let entry = shown_entry();
        self.change(|open| (open.entry, open.settled) = (entry, true));
        let visited = entry.and_then(|entry| {
            VISITED.with_borrow(|visited| visited.get(&(entry, open.site.clone(), open.page.clone())).copied())
        });
        let target = self.target();
        match (visited, target) {
            (Some(top), _) => pane.set_scroll_top(top),
            (None, Some(target)) => self.jump(&target),
            (None, None) => {
                pane.set_scroll_top(0);
                self.offer(open.before);
            }
        }
        self.update();
        self.wait();
    }

    /// The element that the address names.
    fn target(self) -> Option<HtmlElement> {
        let hash = self.hash.get_untracked();
        let id = js_sys::decode_uri_component(hash.trim_start_matches('#')).ok()?.as_string()?;
        let element = document().get_element_by_id(id.strip_prefix(ID_PREFIX).map(|_| id.as_str())?)?;
        element.dyn_into().ok()
    }

    fn jump(self, target: &HtmlElement) {
        let Some(pane) = self.pane() else { return };
        reveal(target);
        pane.set_scroll_top(pane.scroll_top() + (distance(&pane, target) - MARGIN).round() as i32);
        // Keyboard and screen reader go on from here.
        if !target.has_attribute("tabindex") {
            let _ = target.set_attribute("tabindex", "-1");
        }
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = target.focus_with_options(&options);
        let top = pane.scroll_top();
        let id = target.id();
        let heading = id.strip_prefix(ID_PREFIX).map(str::to_owned);
        self.change(|open| open.jumped_to = Some(top));
        self.heading.set(heading);
    }

    /// Offers to go on where the reader stopped.
    fn offer(self, progress: f64) {
        let Some(pane) = self.pane() else { return };
        if !is_under_way(progress) {
            return;
        }
        let scroll = scroll_for(progress, f64::from(pane.scroll_height()), f64::from(pane.client_height()));
        let tops: Vec<f64> = self.tops(&pane).into_iter().map(|top| top - scroll).collect();
        let heading = current_heading(&tops, LINE, false);
        let text =
            self.open.with_value(|open| open.as_ref()?.outline.get(heading?).map(|heading| heading.text.clone()));
        self.resume.set(Some(Resume { heading: text, progress }));
    }

    /// Goes to where the reader stopped.
    pub(super) fn continue_reading(self) {
        let (Some(pane), Some(resume)) = (self.pane(), self.resume.get_untracked()) else { return };
        let top = scroll_for(resume.progress, f64::from(pane.scroll_height()), f64::from(pane.client_height()));
        pane.set_scroll_top(top.round() as i32);
        self.resume.set(None);
        // The button is gone; the text takes the focus, so that the arrow keys scroll on.
        let _ = pane.focus();
    }

    /// The pane scrolled. Work is done at most once a frame.
    pub(super) fn scrolled(self) {
        if self.drawing.get_value() {
            return;
        }
        self.drawing.set_value(true);
        request_animation_frame(move || {
            if self.drawing.try_set_value(false).is_none() {
                self.update();
                self.wait();
            }
        });
    }

    fn update(self) {
        let (Some(pane), Some(open)) = (self.pane(), self.open.try_get_value().flatten()) else { return };
        if !open.settled {
            return;
        }
        let top = pane.scroll_top();
        let (content, height) = (f64::from(pane.scroll_height()), f64::from(pane.client_height()));
        let moved = open.moved || top > 0;
        let at_end = top > 0 && f64::from(top) + height >= content - 2.0;
        if open.jumped_to.is_none_or(|jumped| jumped.abs_diff(top) > 1) {
            let current = current_heading(&self.tops(&pane), LINE, at_end);
            let id = current.and_then(|index| open.outline.get(index)).map(|heading| heading.id.clone());
            if self.heading.with_untracked(|before| *before != id) {
                self.heading.set(id);
            }
            self.change(|open| open.jumped_to = None);
        }
        let progress = kept_progress(open.before, progress_at(f64::from(top), content, height), moved);
        let heading = self.heading.get_untracked();
        if moved
            && self.resume.with_untracked(|resume| resume.as_ref().is_some_and(|resume| progress >= resume.progress))
        {
            self.resume.set(None);
        }
        self.change(|open| {
            open.moved = moved;
            open.last = Leaving { progress, heading };
        });
        if let Some(entry) = open.entry.or_else(shown_entry) {
            self.change(|open| open.entry = Some(entry));
            VISITED.with_borrow_mut(|visited| visited.insert((entry, open.site, open.page), top));
        }
    }

    /// Keeps the place when the reader has been at it for a moment.
    fn wait(self) {
        let handle = set_timeout_with_handle(move || self.keep(), SETTLED).ok();
        if let Some(Some(before)) = self.waiting.try_update_value(|waiting| std::mem::replace(waiting, handle)) {
            before.clear();
        }
    }

    fn keep(self) {
        let Some(open) = self.open.try_get_value().flatten() else { return };
        self.waiting.try_set_value(None);
        self.kept.update(|kept| {
            kept.insert((open.site.clone(), open.page.clone()), open.last.progress);
        });
        let Leaving { progress, heading } = open.last;
        let request = SaveReading { site: open.site, page: open.page, progress, heading };
        let backend = self.backend;
        // A place that could not be kept is not worth a message: the page is on screen.
        spawn_local(async move { drop(backend.call(request).await) });
    }

    /// The page goes away; what the last second changed is kept now.
    pub(super) fn leave(self) {
        let waiting = self.waiting.try_update_value(Option::take).flatten();
        if let Some(handle) = waiting {
            handle.clear();
            if self.open.try_get_value().flatten().is_some_and(|open| open.moved) {
                self.keep();
            }
        }
    }

    fn change(self, change: impl FnOnce(&mut Open)) {
        self.open.try_update_value(|open| open.as_mut().map(change));
    }

    fn pane(self) -> Option<HtmlElement> {
        self.pane.get_untracked().map(|pane| pane.unchecked_into())
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
