//! The rules of a menu without any view.

use super::case::lower;

/// What a key does while line `at` of a menu has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MenuMove {
    /// The focus goes to this line.
    Focus(usize),
    /// The menu closes and the focus goes back to its button.
    Close,
    /// The menu closes and the focus goes where Tab leads.
    Leave,
}

/// What a key does; letters go to the next line that begins with them. `titles` are the lines' words.
pub(crate) fn press(key: &str, at: usize, titles: &[String]) -> Option<MenuMove> {
    let count = titles.len();
    match key {
        "Escape" => Some(MenuMove::Close),
        "Tab" => Some(MenuMove::Leave),
        _ if count == 0 => None,
        "ArrowDown" => Some(MenuMove::Focus((at + 1) % count)),
        "ArrowUp" => Some(MenuMove::Focus((at + count - 1) % count)),
        "Home" => Some(MenuMove::Focus(0)),
        "End" => Some(MenuMove::Focus(count - 1)),
        _ if key.chars().count() == 1 && key != " " => {
            let wanted = lower(key);
            (1..=count)
                .map(|offset| (at + offset) % count)
                .find(|index| lower(&titles[*index]).starts_with(&wanted))
                .map(MenuMove::Focus)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_follow_the_menu_pattern() {
        let titles: Vec<String> = ["Copy link", "Close", "Reveal"].map(str::to_owned).into();
        assert_eq!(press("ArrowDown", 2, &titles), Some(MenuMove::Focus(0)));
        assert_eq!(press("ArrowUp", 0, &titles), Some(MenuMove::Focus(2)));
        assert_eq!(press("c", 0, &titles), Some(MenuMove::Focus(1)));
        assert_eq!(press("C", 1, &titles), Some(MenuMove::Focus(0)));
        assert_eq!(press("x", 0, &titles), None);
        assert_eq!(press("Escape", 0, &[]), Some(MenuMove::Close));
        assert_eq!(press("ArrowDown", 0, &[]), None);
    }
}
