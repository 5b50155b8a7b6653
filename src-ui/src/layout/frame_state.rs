//! What is open over the screens.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// What is open over the screens of this window.
#[derive(Clone, Copy)]
pub(crate) struct FrameState {
    palette: RwSignal<bool>,
    shortcuts: RwSignal<bool>,
}

impl FrameState {
    /// Nothing is open. Made once, at the root.
    pub(crate) fn new() -> Self {
        Self { palette: RwSignal::new(false), shortcuts: RwSignal::new(false) }
    }

    /// Whether the palette is open.
    pub(crate) fn palette(self) -> RwSignal<bool> {
        self.palette
    }

    /// Whether the shortcut sheet is open.
    pub(crate) fn shortcuts(self) -> RwSignal<bool> {
        self.shortcuts
    }

    /// Opens the palette, or closes it where it is open; over another dialog it stays closed.
    pub(crate) fn toggle_palette(self) {
        let open = self.palette.get_untracked();
        if open || !dialog_is_open() {
            self.palette.set(!open);
        }
    }

    /// Opens the shortcut sheet.
    pub(crate) fn open_shortcuts(self) {
        self.shortcuts.set(true);
    }

    /// Moves the focus to the first button of the newest message.
    pub(crate) fn focus_newest_toast(self) {
        let button = document().query_selector(".wm-toasts > :last-child button").ok().flatten();
        if let Some(button) = button.and_then(|button| button.dyn_into::<web_sys::HtmlElement>().ok()) {
            // An element of this page can always take the focus.
            let _ = button.focus();
        }
    }
}

/// Whether a modal dialog is on screen.
pub(super) fn dialog_is_open() -> bool {
    document().query_selector("dialog[open]").ok().flatten().is_some()
}

/// What is open over the screens of this window.
pub(crate) fn use_frame_state() -> FrameState {
    expect_context()
}
