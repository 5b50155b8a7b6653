//! Undo and redo of what the person did. Undo is a further fact, so redo is the undo of an undo.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::ipc::journey::{Changed, Undo};
use waymark_core::id::ActionId;

use super::toasts::Toasts;
use crate::backend::Backend;

/// How many gestures can be taken back.
const DEPTH: usize = 100;

/// Which gestures could be taken back or done again. Plain data, so that its rules are tested.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct UndoModel {
    past: Vec<ActionId>,
    future: Vec<ActionId>,
}

impl UndoModel {
    /// A new gesture: what was undone before it can no longer be done again.
    pub(crate) fn push(&mut self, action: ActionId) {
        self.future.clear();
        self.past.push(action);
        let extra = self.past.len().saturating_sub(DEPTH);
        self.past.drain(..extra);
    }

    /// Takes the newest gesture off, to be undone.
    pub(crate) fn take_past(&mut self) -> Option<ActionId> {
        self.past.pop()
    }

    /// Takes the newest undo off, to be undone itself.
    pub(crate) fn take_future(&mut self) -> Option<ActionId> {
        self.future.pop()
    }

    /// Takes one named gesture off, wherever it stands.
    pub(crate) fn take(&mut self, action: ActionId) -> bool {
        let before = self.past.len();
        self.past.retain(|other| *other != action);
        self.past.len() != before
    }

    /// An undo is on disk: it can be undone itself.
    pub(crate) fn undone(&mut self, by: ActionId) {
        self.future.push(by);
    }

    /// A redo is on disk: it can be undone again, and older undos stay.
    pub(crate) fn redone(&mut self, by: ActionId) {
        self.past.push(by);
    }
}

/// The undo stack of this window.
#[derive(Clone, Copy)]
pub(crate) struct UndoStack {
    model: StoredValue<UndoModel>,
    backend: Backend,
}

impl UndoStack {
    /// Empty. Made once, at the root.
    pub(crate) fn new(backend: Backend) -> Self {
        Self { model: StoredValue::default(), backend }
    }

    /// Remembers a gesture.
    pub(crate) fn push(self, action: ActionId) {
        self.model.update_value(|model| model.push(action));
    }

    /// Takes the newest gesture back.
    pub(crate) fn undo(self, toasts: Toasts) {
        match self.model.try_update_value(UndoModel::take_past).flatten() {
            Some(action) => self.send(action, toasts, Direction::Undo),
            None => toasts.say("Nothing to undo"),
        }
    }

    /// Does the newest undone gesture again.
    pub(crate) fn redo(self, toasts: Toasts) {
        match self.model.try_update_value(UndoModel::take_future).flatten() {
            Some(action) => self.send(action, toasts, Direction::Redo),
            None => toasts.say("Nothing to redo"),
        }
    }

    /// Takes one named gesture back, for the button in its toast.
    pub(crate) fn undo_one(self, action: ActionId, toasts: Toasts) {
        if self.model.try_update_value(|model| model.take(action)).unwrap_or(false) {
            self.send(action, toasts, Direction::Undo);
        }
    }

    fn send(self, action: ActionId, toasts: Toasts, direction: Direction) {
        spawn_local(async move {
            match self.backend.call(Undo { action }).await {
                Ok(Changed { action: by, message, .. }) => {
                    self.model.update_value(|model| match direction {
                        Direction::Undo => model.undone(by),
                        Direction::Redo => model.redone(by),
                    });
                    toasts.forget(action);
                    toasts.say(message);
                }
                Err(error) => {
                    // It is not undone, so it can still be undone.
                    self.model.update_value(|model| match direction {
                        Direction::Undo => model.redone(action),
                        Direction::Redo => model.undone(action),
                    });
                    toasts.failed(&error);
                }
            }
        });
    }
}

/// Which way an undo request goes.
#[derive(Clone, Copy)]
enum Direction {
    Undo,
    Redo,
}

/// The undo stack and the toasts that report about it.
#[derive(Clone, Copy)]
pub(crate) struct UndoHandle {
    stack: UndoStack,
    toasts: Toasts,
}

impl UndoHandle {
    /// Forgets everything: the gestures' facts are gone.
    pub(crate) fn clear(self) {
        self.stack.model.set_value(UndoModel::default());
    }

    /// Takes the newest gesture back.
    pub(crate) fn undo(self) {
        self.stack.undo(self.toasts);
    }

    /// Does the newest undone gesture again.
    pub(crate) fn redo(self) {
        self.stack.redo(self.toasts);
    }
}

/// Undo and redo for this window.
pub(crate) fn use_undo() -> UndoHandle {
    UndoHandle { stack: expect_context(), toasts: super::use_toasts() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(number: u8) -> ActionId {
        format!("0190a5b2-0000-7000-8000-0000000000{number:02x}").parse().expect("a UUID")
    }

    #[test]
    fn undo_goes_back_in_order_and_redo_forth() {
        let mut model = UndoModel::default();
        model.push(action(1));
        model.push(action(2));
        assert_eq!(model.take_past(), Some(action(2)));
        model.undone(action(3));
        assert_eq!(model.take_past(), Some(action(1)));
        model.undone(action(4));
        assert_eq!(model.take_past(), None);
        assert_eq!(model.take_future(), Some(action(4)), "redo takes the newest undo back");
        model.redone(action(5));
        assert_eq!(model.take_future(), Some(action(3)), "an older undo survives a redo");
        model.redone(action(6));
        assert_eq!(model.take_past(), Some(action(6)), "what was redone can be undone again");
    }

    #[test]
    fn a_new_gesture_ends_redo() {
        let mut model = UndoModel::default();
        model.push(action(1));
        let _ = model.take_past();
        model.undone(action(2));
        model.push(action(3));
        assert_eq!(model.take_future(), None);
        assert_eq!(model.take_past(), Some(action(3)));
    }

    #[test]
    fn a_named_gesture_is_taken_once() {
        let mut model = UndoModel::default();
        model.push(action(1));
        model.push(action(2));
        assert!(model.take(action(1)));
        assert!(!model.take(action(1)));
        assert_eq!(model.take_past(), Some(action(2)));
    }

    #[test]
    fn the_stack_has_an_end() {
        let mut model = UndoModel::default();
        for number in 0..=u8::try_from(DEPTH).expect("a small depth") {
            model.push(action(number));
        }
        assert_eq!(model.past.len(), DEPTH);
        assert_eq!(model.past.first(), Some(&action(1)), "the oldest one fell off");
    }
}
