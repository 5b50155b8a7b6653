//! What every page has in common: a title, and the focus after a navigation.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Around every page. It draws nothing itself: a page brings its own panes, one `<main class="wm-main"
/// id="main" tabindex="-1">` among them, and one `<h1 tabindex="-1">`.
///
/// Sets the window's title, and moves the focus to the heading when the person came here from another
/// place, so that keyboard and screen reader start at the top of the new page.
#[component]
pub(crate) fn Page(
    /// What the window's title says before "Waymark"; empty while it is not known.
    #[prop(into)]
    title: Signal<String>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let arrival = use_context::<Arrival>();
    Effect::new(move |_| {
        let title = title.get();
        if title.is_empty() {
            return;
        }
        document().set_title(&format!("{title} · Waymark"));
        request_animation_frame(move || focus_heading(arrival));
    });
    children()
}

/// Whether the person just came to this place and the focus has not followed yet: what had it when they came.
#[derive(Clone, Copy)]
pub(crate) struct Arrival(StoredValue<Option<Option<Element>>, LocalStorage>);

impl Arrival {
    /// Nobody moved yet. Made once, at the root.
    pub(crate) fn new() -> Self {
        Self(StoredValue::new_local(None))
    }

    /// The address changed.
    pub(crate) fn announce(self) {
        self.0.set_value(Some(document().active_element()));
    }

    /// Whether they came and did nothing since: a focus that they moved themselves stays where it is.
    fn take(self, focused: Option<&Element>) -> bool {
        let arrived = self.0.get_value().is_some_and(|before| before.as_ref() == focused);
        self.0.set_value(None);
        arrived
    }
}

/// Focuses the page's heading after a navigation, or where the focus was lost with the old page.
fn focus_heading(arrival: Option<Arrival>) {
    let document = document();
    let focused = document.active_element();
    let lost = focused.as_ref().is_none_or(|active| active.tag_name().eq_ignore_ascii_case("body"));
    let arrived = arrival.is_some_and(|arrival| arrival.take(focused.as_ref()));
    if !(arrived || lost) {
        return;
    }
    let heading = document
        .query_selector("h1[tabindex]")
        .ok()
        .flatten()
        .and_then(|heading| heading.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(heading) = heading {
        // The page decides what is on screen: it may open at a heading or where the person was.
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        // An element of this page can always take the focus.
        let _ = heading.focus_with_options(&options);
    }
}
