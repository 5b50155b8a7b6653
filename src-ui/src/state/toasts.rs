//! Short messages in the corner, most of them with Undo.

use std::{collections::HashMap, sync::Arc};

use leptos::prelude::*;
use waymark_api::{Code, IpcError, ipc::journey::Changed};
use waymark_core::id::ActionId;

use super::undo::UndoStack;
use crate::kit::case::capitalised;

/// At most this many are on screen; an older one makes room.
const SHOWN: usize = 3;

/// A message in the corner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Toast {
    /// Grows with every toast.
    pub(crate) id: u64,
    /// What happened, one sentence.
    pub(crate) text: String,
    /// What it is.
    pub(crate) kind: ToastKind,
}

/// What a message is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ToastKind {
    /// Something is on disk and can be taken back.
    Changed(ActionId),
    /// Something that is no fact and can be taken back all the same.
    Offer,
    /// Something that the person should know.
    Plain,
    /// Something that did not work.
    Failed,
}

/// The messages of this window.
#[derive(Clone, Copy)]
pub(crate) struct Toasts {
    list: RwSignal<Vec<Toast>>,
    next: StoredValue<u64>,
    undo: UndoStack,
    offers: StoredValue<HashMap<u64, Arc<dyn Fn() + Send + Sync>>>,
}

impl Toasts {
    /// Without messages. Made once, at the root.
    pub(crate) fn new(undo: UndoStack) -> Self {
        Self { list: RwSignal::default(), next: StoredValue::new(0), undo, offers: StoredValue::default() }
    }

    /// A gesture is on disk: says so, offers Undo, and puts it on the undo stack.
    pub(crate) fn changed(self, changed: &Changed) {
        self.undo.push(changed.action);
        let text = match &changed.finished {
            Some(journey) => format!("{}. That was the last required step of {journey}.", changed.message),
            None => changed.message.clone(),
        };
        self.show(text, ToastKind::Changed(changed.action));
    }

    /// Says something.
    pub(crate) fn say(self, text: impl Into<String>) {
        self.show(text.into(), ToastKind::Plain);
    }

    /// Says something, with an Undo that does `undo`. It may outlive the page, so it must hold nothing of it.
    pub(crate) fn offer(self, text: impl Into<String>, undo: impl Fn() + Send + Sync + 'static) {
        self.offers.update_value(|offers| drop(offers.insert(self.next.get_value(), Arc::new(undo))));
        self.show(text.into(), ToastKind::Offer);
    }

    /// Says that something did not work.
    pub(crate) fn failed(self, error: &IpcError) {
        self.show(failure_text(error), ToastKind::Failed);
    }

    /// Takes a message off the screen.
    pub(crate) fn dismiss(self, id: u64) {
        self.list.update(|list| list.retain(|toast| toast.id != id));
        self.offers.update_value(|offers| drop(offers.remove(&id)));
    }

    /// A gesture was taken back by other means: its message has nothing left to offer.
    pub(super) fn forget(self, action: ActionId) {
        self.list.update(|list| list.retain(|toast| toast.kind != ToastKind::Changed(action)));
    }

    /// Takes a gesture back by the button in its message.
    pub(crate) fn undo(self, toast: &Toast) {
        let offer = self.offers.with_value(|offers| offers.get(&toast.id).cloned());
        self.dismiss(toast.id);
        if let Some(offer) = offer {
            offer();
        }
        if let ToastKind::Changed(action) = toast.kind {
            self.undo.undo_one(action, self);
        }
    }

    /// What is on screen, oldest first.
    pub(crate) fn list(self) -> Signal<Vec<Toast>> {
        self.list.into()
    }

    fn show(self, text: String, kind: ToastKind) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.list.update(|list| {
            list.push(Toast { id, text, kind });
            let extra = list.len().saturating_sub(SHOWN);
            list.drain(..extra);
        });
    }
}

/// An error's message as a sentence: messages are lower case and without a full stop.
fn failure_text(error: &IpcError) -> String {
    let sentence = capitalised(&error.message);
    match error.code {
        Code::DiskFull | Code::ReadOnly => format!("Not saved: {}", error.message),
        Code::Offline => format!("{sentence}. What is on this device can still be read"),
        _ => sentence,
    }
}

/// The messages of this window.
pub(crate) fn use_toasts() -> Toasts {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_becomes_a_sentence() {
        let locked = IpcError::new(Code::StepLocked, "finish “Accounts” first");
        assert_eq!(failure_text(&locked), "Finish “Accounts” first");
        let full = IpcError::new(Code::DiskFull, "the disk is full");
        assert_eq!(failure_text(&full), "Not saved: the disk is full");
        let offline = IpcError::new(Code::Offline, "could not reach b.example");
        assert!(failure_text(&offline).starts_with("Could not reach b.example. What is on this device"));
    }
}
