//! What is looked for on a page, the hits, and the one that the reader is at.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Range};

use super::{
    highlight,
    model::{find, first_from, turn},
    place::ReadingPlace,
};
use crate::kit::reveal;

/// Distance from the pane's upper edge at which a hit is shown, as a share of the pane's height.
const SHOWN_AT: f64 = 0.3;

/// What was found. Copies share one search.
#[derive(Clone, Copy)]
pub(super) struct Search {
    pane: NodeRef<html::Main>,
    reading: ReadingPlace,
    /// Whether the bar is there.
    pub(super) open: RwSignal<bool>,
    /// What was typed.
    pub(super) query: RwSignal<String>,
    hits: StoredValue<Vec<Range>, LocalStorage>,
    /// How many hits there are.
    pub(super) count: RwSignal<usize>,
    /// Which hit the reader is at.
    pub(super) current: RwSignal<Option<usize>>,
    /// Scroll position from which typing searches, so that every letter starts from the same place.
    from: StoredValue<i32>,
}

impl Search {
    /// Nothing yet; `pane` is what holds the page and scrolls.
    pub(super) fn new(pane: NodeRef<html::Main>, reading: ReadingPlace) -> Self {
        Self {
            pane,
            reading,
            open: RwSignal::new(false),
            query: RwSignal::default(),
            hits: StoredValue::new_local(Vec::new()),
            count: RwSignal::new(0),
            current: RwSignal::new(None),
            from: StoredValue::new(0),
        }
    }

    /// Opens the bar, or goes back into its field.
    pub(super) fn ask(self, input: NodeRef<html::Input>) {
        self.open.set(true);
        focus_soon(input);
        self.start_here();
        self.run();
    }

    fn start_here(self) {
        let top = self.pane.try_get_untracked().flatten().map_or(0, |pane| pane.scroll_top());
        self.from.try_set_value(top);
    }

    /// Looks through the whole page again and shows the first hit at or below the place where the search began.
    pub(super) fn run(self) {
        let (ranges, current) = self.look();
        if ranges.is_empty()
            && let Some(pane) = self.pane.get_untracked()
        {
            // An earlier letter may have led somewhere; without a hit the reader is back where they were.
            pane.set_scroll_top(self.from.get_value());
        }
        self.show(ranges, current);
    }

    /// Looks through a page that took the other's place; the reader stays where they are on it.
    pub(super) fn run_in_place(self) {
        // The screen may be gone by the time of the next frame.
        if self.open.try_get_untracked() != Some(true) {
            return;
        }
        self.start_here();
        let (ranges, current) = self.look();
        self.keep(ranges, current);
    }

    fn look(self) -> (Vec<Range>, Option<usize>) {
        self.reading.complete();
        let Some(pane) = self.pane.try_get_untracked().flatten() else { return (Vec::new(), None) };
        let Ok(Some(text)) = pane.query_selector(".wm-prose") else { return (Vec::new(), None) };
        let (nodes, pieces) = highlight::pieces(&text);
        let ranges = highlight::ranges(&nodes, &find(&pieces, &self.query.get_untracked()));
        let edge = pane.get_bounding_client_rect().top() + f64::from(self.from.get_value() - pane.scroll_top());
        let tops: Vec<f64> = ranges.iter().map(|range| range.get_bounding_client_rect().top()).collect();
        let current = first_from(&tops, edge);
        (ranges, current)
    }

    /// The next or previous hit.
    pub(super) fn go(self, forward: bool) {
        let next = turn(self.current.get_untracked(), self.count.get_untracked(), forward);
        let ranges = self.hits.get_value();
        self.show(ranges, next);
        self.start_here();
    }

    fn show(self, ranges: Vec<Range>, current: Option<usize>) {
        if let Some(range) = current.and_then(|index| ranges.get(index)) {
            self.bring(range);
        }
        self.keep(ranges, current);
    }

    fn keep(self, ranges: Vec<Range>, current: Option<usize>) {
        highlight::paint(&ranges, current);
        self.count.set(ranges.len());
        self.current.set(current);
        self.hits.set_value(ranges);
    }

    /// Unfolds what hides a hit, and scrolls to it where it is not on screen.
    fn bring(self, range: &Range) {
        let Some(pane) = self.pane.get_untracked() else { return };
        let holder = range.start_container().ok().and_then(|node| node.parent_element());
        if let Some(holder) = holder {
            reveal(&holder);
            bring_sideways(&holder, range);
        }
        let (frame, place) = (pane.get_bounding_client_rect(), range.get_bounding_client_rect());
        if place.top() < frame.top() || place.bottom() > frame.bottom() {
            let wanted = frame.top() + frame.height() * SHOWN_AT;
            pane.set_scroll_top(pane.scroll_top() + (place.top() - wanted).round() as i32);
        }
    }

    /// Closes the bar. The page stays where it is, with the hit selected, so that reading goes on from there.
    pub(super) fn close(self) {
        let current = self.current.get_untracked();
        let range = self.hits.with_value(|hits| current.and_then(|index| hits.get(index).cloned()));
        highlight::clear();
        self.open.set(false);
        if let Some(pane) = self.pane.get_untracked() {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            // The pane has a tabindex, so it can take the focus.
            let _ = pane.unchecked_ref::<HtmlElement>().focus_with_options(&options);
        }
        if let (Some(range), Ok(Some(selection))) = (range, window().get_selection()) {
            // A selection that the webview refuses costs only the mark.
            let _ = selection.remove_all_ranges().and_then(|()| selection.add_range(&range));
        }
    }
}

/// Wide code and tables scroll inside the page.
fn bring_sideways(holder: &Element, range: &Range) {
    let Ok(Some(wide)) = holder.closest("pre, .doc-table") else { return };
    let (frame, place) = (wide.get_bounding_client_rect(), range.get_bounding_client_rect());
    if place.left() < frame.left() || place.right() > frame.right() {
        let wanted = frame.left() + frame.width() * SHOWN_AT;
        wide.set_scroll_left(wide.scroll_left() + (place.left() - wanted).round() as i32);
    }
}

/// The field is in the page one frame after the bar was opened.
fn focus_soon(input: NodeRef<html::Input>) {
    request_animation_frame(move || {
        if let Some(input) = input.try_get_untracked().flatten() {
            // An element of this page can always take the focus.
            let _ = input.focus();
            input.select();
        }
    });
}
