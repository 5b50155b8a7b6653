//! The keys of the list: arrows move between rows, single letters act on the row that has the focus.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use waymark_api::ipc::journey::OpenStep;
use waymark_core::id::StepId;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::ListState;
use crate::{
    backend::{Backend, use_backend},
    features::journey::{
        dialogs::Blocking,
        model::{
            bar,
            focus::{self, Letter, Move},
        },
    },
    kit::is_field,
    routes::Route,
    state::{Navigator, Session, Toasts, UndoHandle, use_navigator, use_session, use_toasts, use_undo},
};

/// What keys can reach. Made with the list, because a listener has no context of its own.
#[derive(Clone, Copy)]
pub(crate) struct Keys {
    state: ListState,
    backend: Backend,
    navigator: Navigator,
    session: Session,
    toasts: Toasts,
    undo: UndoHandle,
}

impl Keys {
    /// The keys of this list.
    pub(crate) fn new(state: ListState) -> Self {
        Self {
            state,
            backend: use_backend(),
            navigator: use_navigator(),
            session: use_session(),
            toasts: use_toasts(),
            undo: use_undo(),
        }
    }

    /// A key was pressed beside the list: a letter acts on the step that is open, as after a click on its row.
    pub(crate) fn press_beside(self, event: &KeyboardEvent) {
        if is_chord(event) || event.default_prevented() || is_field(event.target()) || row_of(event).is_some() {
            return;
        }
        if let Some(step) = self.state.opened.get_untracked() {
            self.letter(event, &event.key(), step);
        }
    }

    /// A key was pressed while something in the list has the focus.
    pub(crate) fn press(self, event: &KeyboardEvent) {
        if is_chord(event) {
            return;
        }
        let Some((id, on_box)) = row_of(event) else { return };
        let key = event.key();
        if let Some(go) = Move::of_key(&key) {
            let rows = self.state.rows.get_untracked();
            if let Some(next) = focus::target(&rows, Some(&id), go) {
                event.prevent_default();
                focus_row(next, on_box);
            }
            return;
        }
        match (key.as_str(), on_box) {
            // The box ticks on Space and the link opens on Enter by themselves; these are the other two.
            ("Enter", true) | (" ", false) => {
                event.prevent_default();
                self.navigator.go(Route::Step(self.state.journey, id));
            }
            _ => self.letter(event, &key, id),
        }
    }

    fn letter(self, event: &KeyboardEvent, key: &str, id: StepId) {
        if !self.session.preferences().with_untracked(|preferences| preferences.single_keys) || event.repeat() {
            return;
        }
        let (Some(letter), Some(row)) = (Letter::of_key(key), untrack(|| self.state.row(&id))) else { return };
        event.prevent_default();
        // The frame has single letters of its own.
        event.stop_propagation();
        let bar = bar::bar(&row.item);
        match letter {
            Letter::Tick => match bar.main {
                bar::Main::Complete(_) => self.state.tick(&id, true),
                bar::Main::Reopen => self.state.tick(&id, false),
                bar::Main::Locked { after, .. } => self.toasts.say(format!("{} comes {after}", row.item.title)),
                bar::Main::Restore | bar::Main::Nothing => {}
            },
            Letter::Docs => self.open_docs(id),
            Letter::Block if bar.block => {
                self.state.ask_block.run(Blocking {
                    journey: self.state.journey,
                    step: id,
                    title: row.item.title.clone(),
                });
            }
            Letter::Block => {}
            Letter::Undo => self.undo.undo(),
        }
    }

    fn open_docs(self, step: StepId) {
        let journey = self.state.journey;
        spawn_local(async move {
            match self.backend.call(OpenStep { journey, step }).await {
                Ok(view) => match view.docs.into_iter().find_map(|doc| doc.route) {
                    Some(route) => self.navigator.go_href(&route),
                    None => self.toasts.say("This step names no page"),
                },
                Err(error) => self.toasts.failed(&error),
            }
        });
    }
}

/// Whether the key belongs to a shortcut with modifiers, or to a letter that is still being composed.
fn is_chord(event: &KeyboardEvent) -> bool {
    event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing()
}

/// The row that an event comes from, and whether it comes from the row's box.
fn row_of(event: &KeyboardEvent) -> Option<(StepId, bool)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let row = target.closest("[data-step]").ok()??;
    let on_box = target.tag_name().eq_ignore_ascii_case("input");
    Some((StepId::new(row.get_attribute("data-step")?), on_box))
}

/// Focuses a row: its box or its link, as in the row before; a box that cannot be ticked leaves its link.
fn focus_row(id: &StepId, on_box: bool) {
    // Ids are compared as text, so that an id may hold any character.
    let Ok(rows) = document().query_selector_all(".wm-steps [data-step]") else { return };
    let row = (0..rows.length())
        .filter_map(|at| rows.get(at)?.dyn_into::<Element>().ok())
        .find(|row| row.get_attribute("data-step").as_deref() == Some(id.as_str()));
    let Some(row) = row else { return };
    let find = |selector| row.query_selector(selector).ok().flatten()?.dyn_into::<HtmlElement>().ok();
    let wanted = if on_box { find("input:not(:disabled)") } else { None };
    if let Some(control) = wanted.or_else(|| find("a")) {
        // An element of this page can always take the focus, which also scrolls to it.
        let _ = control.focus();
    }
}
