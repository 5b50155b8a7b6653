//! Where the reader is on a page, and what of it is kept.

/// From here on a page counts as read; the last line rarely reaches the very end of the pane.
const FINISHED: f64 = 0.97;
/// Below this nobody has begun to read.
const BEGUN: f64 = 0.03;

/// A page that is being left, or was moved on: what `SaveReading` is told.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Leaving {
    /// 0 to 1.
    pub(crate) progress: f64,
    /// Id of the heading at the top, without the `doc-` prefix.
    pub(crate) heading: Option<String>,
}

/// How much of a page is above the lower edge of the pane, 0 to 1. A page without a scroll bar is read when it is open.
pub(crate) fn progress_at(scroll: f64, content: f64, pane: f64) -> f64 {
    let way = content - pane;
    if way <= 1.0 { 1.0 } else { (scroll / way).clamp(0.0, 1.0) }
}

/// The scroll position for a progress, in px: the inverse of [`progress_at`].
pub(crate) fn scroll_for(progress: f64, content: f64, pane: f64) -> f64 {
    progress.clamp(0.0, 1.0) * (content - pane).max(0.0)
}

/// What to keep. Looking up a line in a finished page does not make it unfinished, and opening a half-read page at its
/// top does not lose the place: only a reader who moves changes it.
pub(crate) fn kept_progress(before: f64, now: f64, moved: bool) -> f64 {
    if before >= FINISHED || !moved && now < FINISHED { before } else { now }
}

/// Whether "Continue at …" should be offered.
pub(crate) fn is_under_way(progress: f64) -> bool {
    (BEGUN..FINISHED).contains(&progress)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_and_scroll_are_inverse() {
        assert_eq!(progress_at(0.0, 3000.0, 600.0), 0.0);
        assert_eq!(progress_at(2400.0, 3000.0, 600.0), 1.0);
        assert_eq!(progress_at(9999.0, 3000.0, 600.0), 1.0, "rubber band");
        assert_eq!(progress_at(0.0, 500.0, 600.0), 1.0, "no scroll bar: everything is on screen");
        let progress = progress_at(731.0, 3000.0, 600.0);
        assert!((scroll_for(progress, 3000.0, 600.0) - 731.0).abs() < 1e-9);
        assert_eq!(scroll_for(0.5, 500.0, 600.0), 0.0);
    }

    #[test]
    fn opening_a_page_does_not_lose_the_place() {
        assert_eq!(kept_progress(0.6, 0.0, false), 0.6);
        assert_eq!(kept_progress(0.6, 0.2, true), 0.2, "the reader went back on purpose");
        assert_eq!(kept_progress(1.0, 0.1, true), 1.0, "a finished page stays finished");
        assert_eq!(kept_progress(0.0, 1.0, false), 1.0, "a short page is read when it is open");
    }

    #[test]
    fn only_half_read_pages_offer_to_continue() {
        assert!(!is_under_way(0.0));
        assert!(is_under_way(0.5));
        assert!(!is_under_way(1.0));
    }
}
