//! The command palette: steps, docs, roadmap and commands in one list.

mod answers;
mod early;
mod foot;
mod model;
mod options;
mod search;
mod standing;

use leptos::{html, prelude::*, task::spawn_local};
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use waymark_api::{Code, IpcError};

use self::{
    foot::Foot,
    model::{Known, MOST, Offer, Target, Wish, count, list, row_at, step},
    options::{LISTBOX, Options, option_id},
    search::{Asking, LIMIT, Remarks},
};
use super::use_frame_state;
use crate::{
    commands::{Command, use_commands},
    kit::{Icon, IconView, Kbd, follow},
    state::{use_navigator, use_toasts},
};

/// What draws the palette's content.
type Draw = fn(Place) -> AnyView;

/// Where the content is drawn.
#[derive(Clone, Copy)]
struct Place {
    /// Whether the palette is wanted.
    wanted: RwSignal<bool>,
    /// What is in the field.
    typed: RwSignal<String>,
}

/// The content is a part of its own: nobody needs it to see the first screen.
#[wasm_split(palette, fallible)]
fn content() -> Result<Draw, SplitLoaderError> {
    Ok(|Place { wanted, typed }| view! { <Content open=wanted typed/> }.into_any())
}

/// The palette. Its content is made when it opens, so it always starts empty. It is shown when its code is
/// there; what is typed until then goes into the field.
#[component]
pub(super) fn Palette() -> impl IntoView {
    let wanted = use_frame_state().palette();
    let toasts = use_toasts();
    let (open, part) = (RwSignal::new(false), RwSignal::new(None::<Draw>));
    let dialog = NodeRef::<html::Dialog>::new();
    follow(dialog, open);
    Effect::new(move |_| match (wanted.get(), part.get()) {
        (false, _) => open.set(false),
        (true, Some(_)) => open.set(true),
        (true, None) => spawn_local(async move {
            match content().await {
                Ok(draw) => part.set(Some(draw)),
                Err(error) => {
                    wanted.set(false);
                    toasts.failed(&IpcError::new(Code::Unknown, error.to_string()));
                }
            }
        }),
    });
    // A click beside the palette lands on the dialog element itself.
    let click = move |event: web_sys::MouseEvent| {
        let outside = event.target().as_ref() == dialog.get_untracked().as_deref().map(AsRef::as_ref);
        if outside {
            wanted.set(false);
        }
    };
    let place = move || {
        wanted.get().then(|| {
            let typed = RwSignal::new(String::new());
            early::catch(dialog, typed);
            move || part.get().map(|draw| draw(Place { wanted, typed }))
        })
    };
    view! {
        <dialog
            node_ref=dialog
            class="wm-palette"
            aria-label="Search or jump to"
            on:close=move |_| wanted.set(false)
            on:click=click
        >
            {place}
        </dialog>
    }
}

#[component]
fn Content(
    /// Whether the palette is open.
    open: RwSignal<bool>,
    /// What is in the field; letters that came before the field was there are in it already.
    typed: RwSignal<String>,
) -> impl IntoView {
    let commands = use_commands();
    let navigator = use_navigator();
    let available =
        StoredValue::new(commands.available().into_iter().filter(|one| one.id != "palette").collect::<Vec<Command>>());
    let lately = StoredValue::new(commands.lately());
    let field = NodeRef::<html::Input>::new();
    let wish = Memo::new(move |_| Wish::read(&typed.read()));
    let limit = RwSignal::new(LIMIT);
    let asking = Asking::about(wish, limit.into());
    let (answers, bookmarks) = (asking.answers(), search::bookmarks());
    let groups = Memo::new(move |_| {
        let offers: Vec<Offer> =
            available.with_value(|all| all.iter().map(|one| Offer { id: one.id, title: one.title }).collect());
        let (answers, bookmarks) = (answers.read(), bookmarks.read());
        let known = Known { hits: answers.hits(), limit: limit.get(), bookmarks: &bookmarks };
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
    let mend = Callback::new(move |better: String| {
        chosen.set(0);
        typed.set(better);
        focus_field(field);
    });
    let nothing = Signal::derive(move || answers.with(|answers| answers.without_rows().1));
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
                    on:focus=move |_| write_on(field)
                    on:input=type_in
                    on:keydown=keydown
                />
                {move || (wish.get() == Wish::Nothing).then(|| view! {
                    <span class="wm-palette__hint"><Kbd keys=">"/>"for commands"</span>
                })}
            </div>
            <Options groups nothing at go available=available.get_value()/>
            <Remarks asking take=mend/>
            <Foot groups answers/>
        </div>
    }
}

/// Puts the caret behind the letters that came before the field was there.
fn write_on(field: NodeRef<html::Input>) {
    if let Some(field) = field.get_untracked() {
        let end = u32::try_from(field.value().encode_utf16().count()).unwrap_or_default();
        // A field for text has a caret.
        let _ = field.set_selection_range(end, end);
    }
}

fn focus_field(field: NodeRef<html::Input>) {
    if let Some(field) = field.get_untracked() {
        // An element of this page can always take the focus.
        let _ = field.focus();
    }
}
