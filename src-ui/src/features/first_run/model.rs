//! The three screens of the first run, in order.

use jiff::civil::Date;

/// A screen of the first run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// What Waymark is, and the two ways in.
    #[default]
    Welcome,
    /// Where the content is.
    Content,
    /// Who the person is.
    About,
}

impl Stage {
    /// All screens in order.
    pub(crate) const ALL: [Self; 3] = [Self::Welcome, Self::Content, Self::About];

    /// "2 of 3".
    pub(crate) fn label(self) -> String {
        format!("{} of {}", self as u8 + 1, Self::ALL.len())
    }

    /// Its heading, also the window's title.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Welcome => "Learn your team’s ropes, offline",
            Self::Content => "Where is your content?",
            Self::About => "A little about you",
        }
    }
}

/// The first day as the field has it: empty or a broken day is no day, and then journeys start today.
pub(crate) fn first_day(text: &str) -> Option<Date> {
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn screens_are_counted_from_one() {
        let labels: Vec<String> = Stage::ALL.into_iter().map(Stage::label).collect();
        assert_eq!(labels, ["1 of 3", "2 of 3", "3 of 3"]);
        assert!(Stage::Welcome < Stage::About);
    }

    #[test]
    fn the_first_day_may_be_left_out() {
        assert_eq!(first_day("2026-01-19"), Some(date(2026, 1, 19)));
        assert_eq!(first_day(" "), None);
        assert_eq!(first_day("2026-13-40"), None);
    }
}
