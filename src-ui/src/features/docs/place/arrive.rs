//! Going to a place on the page: a heading, the top, or where the reader was.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use waymark_core::docs::ID_PREFIX;
use web_sys::HtmlElement;

use super::{
    super::model::{current_heading, is_under_way, scroll_for},
    LINE, ReadingPlace, Resume, VISITED, distance,
};
use crate::{kit::reveal, state::shown_entry};

/// What stays free above a heading that was jumped to, in px.
const MARGIN: f64 = 24.0;

/// Whether the window came to this page by being opened: nothing else was shown before.
fn begins_here() -> bool {
    window().history().and_then(|history| history.length()).is_ok_and(|length| length <= 1)
}

impl ReadingPlace {
    /// The page is in the pane, or the address points to another part of it: go there.
    ///
    /// Going back leads to where the reader was, an address with a heading to that heading, anything else to the top.
    pub(in super::super) fn arrive(self) {
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
        let goes_on = begins_here() && is_under_way(open.before);
        if visited.is_some_and(|top| top > 0) || goes_on || self.heading_asked().is_some() {
            self.complete();
        }
        let target = self.target();
        match (visited, target) {
            (Some(top), _) => pane.set_scroll_top(top),
            (None, _) if goes_on => self.go_on(open.before),
            (None, Some(target)) => self.jump(&target),
            (None, None) => {
                pane.set_scroll_top(0);
                self.when_complete(move || self.offer(open.before));
            }
        }
        self.when_complete(move || {
            self.update();
            self.wait();
        });
    }

    /// Goes to where the reader stopped before the app was closed, and stays there while images come in.
    fn go_on(self, progress: f64) {
        let Some(pane) = self.pane() else { return };
        let top = scroll_for(progress, f64::from(pane.scroll_height()), f64::from(pane.client_height()));
        pane.set_scroll_top(top.round() as i32);
        let top = pane.scroll_top();
        self.change(|open| open.held = Some((progress, top)));
    }

    /// An image of the page arrived and may have moved the text.
    pub(super) fn image_arrived(self) {
        let held = self.open.try_get_value().flatten().and_then(|open| open.held);
        if let Some((progress, held)) = held
            && let Some(top) = self.pane().map(|pane| pane.scroll_top())
        {
            // Whoever scrolled meanwhile wants to be where they are.
            if held.abs_diff(top) <= 1 { self.go_on(progress) } else { self.change(|open| open.held = None) }
        }
    }

    /// The element that the address names.
    fn target(self) -> Option<HtmlElement> {
        document().get_element_by_id(&self.heading_asked()?)?.dyn_into().ok()
    }

    /// The id that the address names.
    fn heading_asked(self) -> Option<String> {
        let hash = self.hash.get_untracked();
        let id = js_sys::decode_uri_component(hash.trim_start_matches('#')).ok()?.as_string()?;
        id.starts_with(ID_PREFIX).then_some(id)
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
    pub(in super::super) fn continue_reading(self) {
        let (Some(pane), Some(resume)) = (self.pane(), self.resume.get_untracked()) else { return };
        let top = scroll_for(resume.progress, f64::from(pane.scroll_height()), f64::from(pane.client_height()));
        pane.set_scroll_top(top.round() as i32);
        self.resume.set(None);
        // The button is gone; the text takes the focus, so that the arrow keys scroll on.
        let _ = pane.focus();
    }
}
