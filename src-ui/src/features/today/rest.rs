//! What Today seldom shows: a part of its own.

use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use waymark_api::ipc::today::TodayView;

use super::states::{AllDone, Finished, NothingStarted, Others};
use crate::{
    features::journey::{BlockDialog, Blocking},
    kit::Draw,
};

/// What the dialog about a blocked step needs: whether it is open, and the step.
pub(super) type Asked = (RwSignal<bool>, Signal<Option<Blocking>>);

/// What Today seldom shows.
#[derive(Clone, Copy)]
pub(super) struct Rest {
    /// No journey was ever started.
    pub(super) nothing_started: Draw<()>,
    /// Every journey is finished.
    pub(super) all_done: Draw<Signal<TodayView>>,
    /// Further journeys, under way and finished.
    pub(super) further: Draw<Signal<TodayView>>,
    /// What blocks a step.
    pub(super) block: Draw<Asked>,
}

/// What Today seldom shows.
#[wasm_split(today, fallible)]
pub(super) fn rest() -> Result<Rest, SplitLoaderError> {
    Ok(Rest {
        nothing_started: |()| view! { <NothingStarted/> }.into_any(),
        all_done: |view| view! { <AllDone view/> }.into_any(),
        further: |view| view! { <Others view/><Finished view/> }.into_any(),
        block: |(open, about)| view! { <BlockDialog open about/> }.into_any(),
    })
}
