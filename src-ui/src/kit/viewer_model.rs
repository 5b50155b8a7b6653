//! What keys do in the image viewer.

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// The picture with this index.
    To(usize),
    /// Actual size, or the window's.
    Full(bool),
}

/// What `key` does at picture `at` of `count`; `None` for a key that belongs to others. At the ends it stays.
pub(super) fn press(key: &str, at: usize, count: usize) -> Option<Move> {
    let last = count.checked_sub(1)?;
    Some(match key {
        "ArrowRight" | "PageDown" => Move::To((at + 1).min(last)),
        "ArrowLeft" | "PageUp" => Move::To(at.saturating_sub(1)),
        "Home" => Move::To(0),
        "End" => Move::To(last),
        "+" | "=" | "1" => Move::Full(true),
        "-" | "0" => Move::Full(false),
        _ => return None,
    })
}

/// "2 of 5"; nothing for a single picture.
pub(super) fn caption(at: usize, count: usize) -> String {
    if count > 1 { format!("{} of {count}", at + 1) } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_stop_at_the_ends() {
        assert_eq!(press("ArrowRight", 0, 3), Some(Move::To(1)));
        assert_eq!(press("ArrowRight", 2, 3), Some(Move::To(2)));
        assert_eq!(press("ArrowLeft", 0, 3), Some(Move::To(0)));
        assert_eq!(press("End", 0, 3), Some(Move::To(2)));
        assert_eq!(press("ArrowRight", 0, 0), None);
        assert_eq!(press("+", 0, 1), Some(Move::Full(true)));
        assert_eq!(press("x", 0, 3), None);
    }

    #[test]
    fn a_single_picture_is_not_counted() {
        assert_eq!(caption(0, 1), "");
        assert_eq!(caption(1, 5), "2 of 5");
    }
}
