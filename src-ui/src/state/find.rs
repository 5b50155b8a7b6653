//! Ctrl+F: the frame asks, the docs page answers.

use leptos::prelude::*;

/// Counts how often the person asked to find something in the page.
#[derive(Clone, Copy)]
pub(crate) struct FindRequest(RwSignal<u32>);

impl FindRequest {
    /// Starts at zero. Made once, at the root.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(0))
    }

    /// Asks the page to open its find bar.
    pub(crate) fn ask(self) {
        self.0.update(|count| *count += 1);
    }

    /// Changes with every wish; the value is a plain counter that starts at zero.
    pub(crate) fn count(self) -> Signal<u32> {
        self.0.into()
    }
}

/// The wish to find something in the page: a docs page opens its find bar when the count grows.
pub(crate) fn use_find_request() -> FindRequest {
    expect_context()
}
