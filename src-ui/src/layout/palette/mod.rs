//! The command palette: steps, docs, roadmap and commands in one list.

mod model;
mod options;
mod standing;

use std::time::Duration;

use leptos::{html, prelude::*, task::spawn_local};
use waymark_api::ipc::{
    docs::{BookmarkRow, OpenLibrary},
    search::{Hit, Search},
};

use self::{
    model::{Group, Known, MOST, Offer, Target, Wish, count, count_text, list, row_at, step},
    options::{LISTBOX, Options, option_id},
};
use super::use_frame_state;
use crate::{
    backend::use_backend,
    commands::{Command, use_commands},
    kit::{Icon, IconView, Kbd, follow},
    state::use_navigator,
};

/// At most this many hits a kind.
const LIMIT: u32 = 8;

/// Screen readers hear the count once the person stops typing.
const COUNT_PAUSE: Duration = Duration::from_millis(500);

/// The palette. Its content is made when it opens, so it always starts empty.
#[component]
pub(super) fn Palette() -> impl IntoView {
    let open = use_frame_state().palette();
    let dialog = NodeRef::<html::Dialog>::new();
    follow(dialog, open);
    // A click beside the palette lands on the dialog element itself.
    let click = move |event: web_sys::MouseEvent| {
        let outside = event.target().as_ref() == dialog.get_untracked().as_deref().map(AsRef::as_ref);
        if outside {
            open.set(false);
        }
    };
    view! {
        <dialog
            node_ref=dialog
            class="wm-palette"
            aria-label="Search or jump to"
            on:close=move |_| open.set(false)
            on:click=click
        >
            {move || open.get().then(|| view! { <Content open/> })}
        </dialog>
    }
}

#[component]
fn Content(
    /// Whether the palette is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let commands = use_commands();
    let navigator = use_navigator();
    let available =
        StoredValue::new(commands.available().into_iter().filter(|one| one.id != "palette").collect::<Vec<Command>>());
    let lately = StoredValue::new(commands.lately());
    let typed = RwSignal::new(String::new());
    let field = NodeRef::<html::Input>::new();
    let wish = Memo::new(move |_| Wish::read(&typed.read()));
    let limit = RwSignal::new(LIMIT);
    let Answer { hits, better } = search(wish, limit);
    let bookmarks = bookmarks();
    let groups = Memo::new(move |_| {
        let offers: Vec<Offer> =
            available.with_value(|all| all.iter().map(|one| Offer { id: one.id, title: one.title }).collect());
        let (hits, bookmarks) = (hits.read(), bookmarks.read());
        let known = Known { hits: &hits, limit: limit.get(), bookmarks: &bookmarks };
        wish.with(|wish| lately.with_value(|lately| list(wish, known, &offers, lately)))
    });
    let chosen = RwSignal::new(0_usize);
    let at = Memo::new(move |_| chosen.get().min(groups.with(|groups| count(groups)).saturating_sub(1)));
    let go = Callback::new(move |index: usize| {
        let Some(target) = groups.with_untracked(|groups| row_at(groups, index).map(|row| row.target.clone())) else {
            return;
        };
        if matches!(target, Target::More(_)) {
            return limit.set(MOST);
        }
        open.set(false);
        // One frame later the dialog has given the focus back, so that the target can take it.
        request_animation_frame(move || match target {
            Target::Hit(hit) => navigator.go_href(&hit.route),
            Target::More(_) => {}
            Target::Command(id) => {
                if let Some(command) = commands.all().into_iter().find(|command| command.id == id) {
                    commands.run(command);
                }
            }
        });
    });
    let keydown = move |event: web_sys::KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "Enter" => go.run(at.get_untracked()),
            "Escape" if typed.with_untracked(String::is_empty) => open.set(false),
            "Escape" => typed.set(String::new()),
            // With text in the field, Home and End belong to the text.
            "Home" | "End" if !typed.with_untracked(String::is_empty) => return,
            key => match step(key, at.get_untracked(), groups.with_untracked(|groups| count(groups))) {
                Some(next) => {
                    chosen.set(next);
                    options::scroll_to(next);
                }
                None => return,
            },
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let type_in = move |event: web_sys::Event| {
        chosen.set(0);
        limit.set(LIMIT);
        typed.set(event_target_value(&event));
    };
    let some = move || groups.with(|groups| !groups.is_empty());
    view! {
        <div class="wm-palette__box">
            <div class="wm-palette__query">
                <IconView icon=Icon::Search/>
                <input
                    node_ref=field
                    class="wm-palette__input"
                    type="text"
                    role="combobox"
                    placeholder="Search or jump to"
                    aria-label="Search or jump to"
                    aria-autocomplete="list"
                    aria-expanded=move || if some() { "true" } else { "false" }
                    aria-controls=move || some().then_some(LISTBOX)
                    aria-activedescendant=move || some().then(|| option_id(at.get()))
                    autocomplete="off"
                    spellcheck="false"
                    autofocus
                    prop:value=move || typed.get()
                    on:input=type_in
                    on:keydown=keydown
                />
                {move || (wish.get() == Wish::Nothing).then(|| view! {
                    <span class="wm-palette__hint"><Kbd keys=">"/>"for commands"</span>
                })}
            </div>
            <Options groups at go available=available.get_value()/>
            {move || better.get().map(|better| {
                let mended = better.clone();
                let take = move |_| {
                    chosen.set(0);
                    typed.set(mended.clone());
                    focus_field(field);
                };
                view! {
                    <p class="wm-palette__mean">
                        "Did you mean "
                        <button class="wm-link" type="button" on:click=take>{better}</button>
                        "?"
                    </p>
                }
            })}
            <Foot groups/>
        </div>
    }
}

fn focus_field(field: NodeRef<html::Input>) {
    if let Some(field) = field.get_untracked() {
        // An element of this page can always take the focus.
        let _ = field.focus();
    }
}

/// What the library found.
struct Answer {
    hits: Signal<Vec<Hit>>,
    /// A better spelling, where little was found.
    better: Signal<Option<String>>,
}

/// What the library finds. Old hits stay on screen until newer ones come; late replies are dropped.
fn search(wish: Memo<Wish>, limit: RwSignal<u32>) -> Answer {
    let backend = use_backend();
    let (hits, better) = (RwSignal::new(Vec::new()), RwSignal::new(None));
    Effect::new(move |_| {
        let Some(query) = wish.with(|wish| wish.query().map(str::to_owned)) else {
            better.set(None);
            return;
        };
        let limit = limit.get();
        spawn_local(async move {
            // A search that fails finds nothing; the commands are still there.
            let found = backend.call(Search { query: query.clone(), limit }).await.unwrap_or_default();
            let current = wish.try_with_untracked(|wish| wish.query() == Some(&query)).unwrap_or(false);
            if current {
                hits.try_set(found.hits);
                better.try_set(found.did_you_mean);
            }
        });
    });
    Answer { hits: hits.into(), better: better.into() }
}

/// The person's bookmarks. Where they cannot be read, the rest of the palette works.
fn bookmarks() -> RwSignal<Vec<BookmarkRow>> {
    let (backend, bookmarks) = (use_backend(), RwSignal::new(Vec::new()));
    spawn_local(async move {
        if let Ok(library) = backend.call(OpenLibrary {}).await {
            // The palette may be closed by now.
            bookmarks.try_set(library.bookmarks);
        }
    });
    bookmarks
}

/// Keys and the number of results.
#[component]
fn Foot(
    /// The list.
    groups: Memo<Vec<Group>>,
) -> impl IntoView {
    let text = Memo::new(move |_| groups.with(|groups| count_text(count(groups))));
    let spoken = RwSignal::new(String::new());
    let pause = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        let text = text.get();
        if let Some(handle) = pause.try_update_value(Option::take).flatten() {
            handle.clear();
        }
        let handle = set_timeout_with_handle(
            move || {
                spoken.try_set(text);
            },
            COUNT_PAUSE,
        )
        .ok();
        pause.set_value(handle);
    });
    view! {
        <div class="wm-palette__foot">
            <span class="wm-palette__key"><span class="wm-palette__pair"><Kbd keys="↑"/><Kbd keys="↓"/></span>"Move"</span>
            <span class="wm-palette__key"><Kbd keys="Enter"/>"Open"</span>
            <span class="wm-palette__key"><Kbd keys="Esc"/>"Close"</span>
            <span class="wm-palette__count wm-num" aria-hidden="true">{move || text.get()}</span>
            <span class="wm-hidden" role="status">{move || spoken.get()}</span>
        </div>
    }
}
