//! Find in page: the webviews have no bar of their own, so this one stands under the page.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use waymark_api::ipc::docs::PageView;
use web_sys::{Element, HtmlElement, KeyboardEvent, Range};

use super::{
    highlight,
    model::{count_text, find, first_from, turn},
};
use crate::{
    kit::{Icon, IconButton, IconView, reveal},
    state::use_find_request,
};

/// Distance from the pane's upper edge at which a hit is shown, as a share of the pane's height.
const SHOWN_AT: f64 = 0.3;

/// What was found. Copies share one search.
#[derive(Clone, Copy)]
struct Search {
    pane: NodeRef<html::Main>,
    open: RwSignal<bool>,
    query: RwSignal<String>,
    hits: StoredValue<Vec<Range>, LocalStorage>,
    count: RwSignal<usize>,
    current: RwSignal<Option<usize>>,
    /// Scroll position from which typing searches, so that every letter starts from the same place.
    from: StoredValue<i32>,
}

/// The bar under the page; it is there while somebody looks for something.
#[component]
pub(super) fn FindBar(
    /// The pane that holds the page and scrolls.
    pane: NodeRef<html::Main>,
    /// The page: another text is searched anew.
    #[prop(into)]
    page: Signal<Option<PageView>>,
) -> impl IntoView {
    let search = Search {
        pane,
        open: RwSignal::new(false),
        query: RwSignal::default(),
        hits: StoredValue::new_local(Vec::new()),
        count: RwSignal::new(0),
        current: RwSignal::new(None),
        from: StoredValue::new(0),
    };
    let input = NodeRef::<html::Input>::new();
    let asked = use_find_request().count();
    Effect::new(move |before: Option<u32>| {
        let count = asked.get();
        if before.is_some_and(|before| before != count) {
            search.ask(input);
        }
        count
    });
    Effect::new(move |_| {
        page.track();
        if search.open.get_untracked() {
            // The new text is in the pane one frame later.
            request_animation_frame(move || search.run());
        }
    });
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "F3" && !event.default_prevented() {
            event.prevent_default();
            if search.open.get_untracked() {
                search.go(!event.shift_key());
            } else {
                search.ask(input);
            }
        }
    });
    on_cleanup(move || {
        listener.remove();
        highlight::clear();
    });
    move || search.open.get().then(|| view! { <Bar search input/> })
}

#[component]
fn Bar(
    /// What is looked for.
    search: Search,
    /// The field.
    input: NodeRef<html::Input>,
) -> impl IntoView {
    let keys = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.is_composing() => {
            event.prevent_default();
            search.go(!event.shift_key());
        }
        "Escape" if !event.is_composing() => {
            event.prevent_default();
            event.stop_propagation();
            search.close();
        }
        _ => {}
    };
    let none = Signal::derive(move || search.count.get() == 0);
    view! {
        <div class="wm-find" role="search" aria-label="Find in page" on:keydown=keys>
            <div class="wm-find__field">
                <IconView icon=Icon::Search/>
                <input
                    class="wm-find__input"
                    type="text"
                    aria-label="Find in page"
                    autocomplete="off"
                    spellcheck="false"
                    node_ref=input
                    prop:value=move || search.query.get()
                    on:input=move |event| {
                        search.query.set(event_target_value(&event));
                        search.run();
                    }
                />
                <span class="wm-find__count wm-num" role="status">
                    {move || count_text(&search.query.read(), search.current.get(), search.count.get())}
                </span>
            </div>
            <IconButton icon=Icon::Up label="Previous match" shortcut="Shift+F3" disabled=none on_press=move || search.go(false)/>
            <IconButton icon=Icon::Down label="Next match" shortcut="F3" disabled=none on_press=move || search.go(true)/>
            <IconButton icon=Icon::Close label="Close" shortcut="Esc" on_press=move || search.close()/>
        </div>
    }
}

impl Search {
    /// Opens the bar, or goes back into its field.
    fn ask(self, input: NodeRef<html::Input>) {
        self.open.set(true);
        focus_soon(input);
        self.start_here();
        self.run();
    }

    fn start_here(self) {
        self.from.set_value(self.pane.get_untracked().map_or(0, |pane| pane.scroll_top()));
    }

    /// Looks through the whole page again and shows the first hit at or below the place where the search began.
    fn run(self) {
        let Some(pane) = self.pane.try_get_untracked().flatten() else { return };
        let Ok(Some(text)) = pane.query_selector(".wm-prose") else { return self.show(Vec::new(), None) };
        let (nodes, pieces) = highlight::pieces(&text);
        let ranges = highlight::ranges(&nodes, &find(&pieces, &self.query.get_untracked()));
        let edge = pane.get_bounding_client_rect().top() + f64::from(self.from.get_value() - pane.scroll_top());
        let tops: Vec<f64> = ranges.iter().map(|range| range.get_bounding_client_rect().top()).collect();
        let current = first_from(&tops, edge);
        self.show(ranges, current);
    }

    /// The next or previous hit.
    fn go(self, forward: bool) {
        let next = turn(self.current.get_untracked(), self.count.get_untracked(), forward);
        let ranges = self.hits.get_value();
        self.show(ranges, next);
        self.start_here();
    }

    fn show(self, ranges: Vec<Range>, current: Option<usize>) {
        highlight::paint(&ranges, current);
        if let Some(range) = current.and_then(|index| ranges.get(index)) {
            self.bring(range);
        }
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
    fn close(self) {
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
