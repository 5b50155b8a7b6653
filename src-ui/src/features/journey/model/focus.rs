//! Where the arrow keys go in the list of steps: one row at a time, over the rows that are on screen.

use waymark_core::id::StepId;

/// A wish of the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// The first row.
    First,
    /// The last row.
    Last,
}

impl Move {
    /// The move that a key asks for, by its `KeyboardEvent.key`.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        match key {
            "ArrowUp" => Some(Self::Up),
            "ArrowDown" => Some(Self::Down),
            "Home" => Some(Self::First),
            "End" => Some(Self::Last),
            _ => None,
        }
    }
}

/// The row to focus; the list does not wrap around. A row that has gone counts as the one before the first.
pub(crate) fn target<'a>(rows: &'a [StepId], from: Option<&StepId>, go: Move) -> Option<&'a StepId> {
    let at = from.and_then(|id| rows.iter().position(|row| row == id));
    match (go, at) {
        (Move::First, _) | (Move::Down | Move::Up, None) => rows.first(),
        (Move::Last, _) => rows.last(),
        (Move::Up, Some(at)) => rows.get(at.saturating_sub(1)),
        (Move::Down, Some(at)) => rows.get((at + 1).min(rows.len() - 1)),
    }
}

/// The one row that the Tab key reaches: the focused one while it is there, else the open step, else the first.
pub(crate) fn tab_stop<'a>(
    rows: &'a [StepId],
    focused: Option<&StepId>,
    opened: Option<&StepId>,
) -> Option<&'a StepId> {
    let find = |id: Option<&StepId>| id.and_then(|id| rows.iter().find(|row| *row == id));
    find(focused).or_else(|| find(opened)).or_else(|| rows.first())
}

/// What a single letter does to the row that has the focus (`ux.md`, section 2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Letter {
    /// Tick it, or take the tick back.
    Tick,
    /// Open its first page.
    Docs,
    /// Say that it is blocked.
    Block,
    /// Undo the last gesture.
    Undo,
}

impl Letter {
    /// The letter's meaning; capitals count, so that Caps Lock does not matter.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        match key {
            "x" | "X" => Some(Self::Tick),
            "e" | "E" => Some(Self::Docs),
            "b" | "B" => Some(Self::Block),
            "u" | "U" => Some(Self::Undo),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<StepId> {
        ["a", "b", "c"].map(StepId::from).to_vec()
    }

    #[test]
    fn arrows_stop_at_both_ends() {
        let rows = rows();
        let to = |from: &str, go| target(&rows, Some(&from.into()), go).map(StepId::as_str);
        assert_eq!(to("a", Move::Down), Some("b"));
        assert_eq!(to("c", Move::Down), Some("c"));
        assert_eq!(to("b", Move::Up), Some("a"));
        assert_eq!(to("a", Move::Up), Some("a"));
        assert_eq!(to("a", Move::Last), Some("c"));
        assert_eq!(to("c", Move::First), Some("a"));
    }

    #[test]
    fn a_row_that_has_gone_leads_to_the_first() {
        let rows = rows();
        assert_eq!(target(&rows, Some(&"gone".into()), Move::Down).map(StepId::as_str), Some("a"));
        assert_eq!(target(&rows, None, Move::Up).map(StepId::as_str), Some("a"));
        assert_eq!(target(&[], None, Move::Down), None);
    }

    #[test]
    fn tab_reaches_the_focused_row_then_the_open_one() {
        let rows = rows();
        let stop = |focused: Option<&str>, opened: Option<&str>| {
            let (focused, opened) = (focused.map(StepId::from), opened.map(StepId::from));
            tab_stop(&rows, focused.as_ref(), opened.as_ref()).map(StepId::as_str)
        };
        assert_eq!(stop(Some("b"), Some("c")), Some("b"));
        assert_eq!(stop(Some("gone"), Some("c")), Some("c"));
        assert_eq!(stop(None, None), Some("a"));
    }

    #[test]
    fn letters_mean_the_same_with_caps_lock() {
        for key in ["x", "X"] {
            assert_eq!(Letter::of_key(key), Some(Letter::Tick));
        }
        assert_eq!(Letter::of_key("q"), None);
        assert_eq!(Move::of_key("j"), None);
    }
}
