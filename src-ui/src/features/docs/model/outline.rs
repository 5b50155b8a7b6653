//! "On this page": which headings are listed, and which of them the reader is at.

use waymark_core::docs::Heading;

/// Headings of level 2 and 3; pages that start deeper show their two highest levels instead.
pub(crate) fn shown_outline(headings: &[Heading]) -> Vec<(Heading, bool)> {
    let top = headings.iter().map(|heading| heading.level).filter(|level| *level >= 2).min().unwrap_or(2);
    headings
        .iter()
        .filter(|heading| heading.level == top || heading.level == top + 1)
        .map(|heading| (heading.clone(), heading.level > top))
        .collect()
}

/// The heading that the reader is at: the last one whose top edge lies above `line`.
///
/// `tops` are distances from the top of the pane in px, in document order. Before the first heading there is none; at
/// the end of the page it is the last one, whose section may be too short to ever reach the line.
pub(crate) fn current_heading(tops: &[f64], line: f64, at_end: bool) -> Option<usize> {
    if at_end {
        return tops.len().checked_sub(1);
    }
    tops.iter().rposition(|top| *top <= line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(level: u8, id: &str) -> Heading {
        Heading { level, id: id.into(), text: id.into() }
    }

    #[test]
    fn two_levels_are_shown_wherever_the_page_starts() {
        let usual = [heading(2, "a"), heading(3, "b"), heading(4, "c"), heading(2, "d")];
        let shown: Vec<(String, bool)> =
            shown_outline(&usual).into_iter().map(|(heading, sub)| (heading.id, sub)).collect();
        assert_eq!(shown, [("a".into(), false), ("b".into(), true), ("d".into(), false)]);
        let deep = [heading(3, "a"), heading(4, "b"), heading(5, "c")];
        assert_eq!(shown_outline(&deep).len(), 2);
        assert!(shown_outline(&[]).is_empty());
    }

    #[test]
    fn the_current_heading_follows_the_line() {
        let tops = [200.0, 700.0, 1500.0];
        assert_eq!(current_heading(&tops, 80.0, false), None, "still above the first heading");
        assert_eq!(current_heading(&tops, 200.0, false), Some(0), "exactly at the line counts");
        assert_eq!(current_heading(&tops, 1499.0, false), Some(1));
        assert_eq!(current_heading(&[-900.0, -100.0, 300.0], 80.0, true), Some(2), "the end belongs to the last one");
        assert_eq!(current_heading(&[], 80.0, true), None);
    }
}
