//! Following the reader: which heading they are at, how far they are, and keeping it.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use waymark_api::ipc::docs::SaveReading;

use super::{
    super::model::{Leaving, current_heading, kept_progress, progress_at},
    LINE, ReadingPlace, VISITED,
};
use crate::state::shown_entry;

/// How long the reader has to stay at a place before it is kept.
const SETTLED: Duration = Duration::from_secs(1);

impl ReadingPlace {
    /// The pane scrolled. Work is done at most once a frame.
    pub(in super::super) fn scrolled(self) {
        // A scroll that was under way may be told after the screen is gone.
        if self.drawing.try_get_value() != Some(false) {
            return;
        }
        self.drawing.set_value(true);
        request_animation_frame(move || {
            if self.drawing.try_set_value(false).is_none() {
                self.update();
                self.wait();
            }
        });
    }

    /// Reads the pane: heading, progress, and the position to come back to.
    pub(super) fn update(self) {
        let (Some(pane), Some(open)) = (self.pane(), self.open.try_get_value().flatten()) else { return };
        if !open.settled || !self.is_complete() {
            return;
        }
        let top = pane.scroll_top();
        let (content, height) = (f64::from(pane.scroll_height()), f64::from(pane.client_height()));
        let moved = open.moved || top > 0;
        let at_end = top > 0 && f64::from(top) + height >= content - 2.0;
        if open.jumped_to.is_none_or(|jumped| jumped.abs_diff(top) > 1) {
            let current = current_heading(&self.tops(&pane), LINE, at_end);
            let id = current.and_then(|index| open.outline.get(index)).map(|heading| heading.id.clone());
            if self.heading.with_untracked(|before| *before != id) {
                self.heading.set(id);
            }
            self.change(|open| open.jumped_to = None);
        }
        let progress = kept_progress(open.before, progress_at(f64::from(top), content, height), moved);
        let heading = self.heading.get_untracked();
        if moved
            && self.resume.with_untracked(|resume| resume.as_ref().is_some_and(|resume| progress >= resume.progress))
        {
            self.resume.set(None);
        }
        self.change(|open| {
            open.moved = moved;
            open.last = Leaving { progress, heading };
        });
        if let Some(entry) = open.entry.or_else(shown_entry) {
            self.change(|open| open.entry = Some(entry));
            VISITED.with_borrow_mut(|visited| visited.insert((entry, open.site, open.page), top));
        }
    }

    /// Keeps the place when the reader has been at it for a moment.
    pub(super) fn wait(self) {
        let handle = set_timeout_with_handle(move || self.keep(), SETTLED).ok();
        if let Some(Some(before)) = self.waiting.try_update_value(|waiting| std::mem::replace(waiting, handle)) {
            before.clear();
        }
    }

    fn keep(self) {
        let Some(open) = self.open.try_get_value().flatten() else { return };
        self.waiting.try_set_value(None);
        self.kept.update(|kept| {
            kept.insert((open.site.clone(), open.page.clone()), open.last.progress);
        });
        let Leaving { progress, heading } = open.last;
        let request = SaveReading { site: open.site, page: open.page, progress, heading };
        let backend = self.backend;
        // A place that could not be kept is not worth a message: the page is on screen.
        spawn_local(async move { drop(backend.call(request).await) });
    }

    /// The page goes away; what the last second changed is kept now.
    pub(in super::super) fn leave(self) {
        let waiting = self.waiting.try_update_value(Option::take).flatten();
        if let Some(handle) = waiting {
            handle.clear();
            if self.open.try_get_value().flatten().is_some_and(|open| open.moved) {
                self.keep();
            }
        }
    }
}
