//! Find in page: the webviews have no bar of their own, so this one stands under the page.

use leptos::{html, prelude::*};
use waymark_api::ipc::docs::PageView;
use web_sys::KeyboardEvent;

use super::{highlight, model::count_text, place::ReadingPlace, search::Search};
use crate::{
    kit::{Icon, IconButton, IconView},
    state::use_find_request,
};

/// The bar under the page; it is there while somebody looks for something.
#[component]
pub(super) fn FindBar(
    /// The pane that holds the page and scrolls.
    pane: NodeRef<html::Main>,
    /// Where the reader is on the page.
    reading: ReadingPlace,
    /// The page: another text is searched anew.
    #[prop(into)]
    page: Signal<Option<PageView>>,
) -> impl IntoView {
    let search = Search::new(pane, reading);
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
            request_animation_frame(move || search.run_in_place());
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
