//! History of an item: every move with its date and reason, newest first.

use jiff::civil::Date;

/// A line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Move {
    /// "Next to Now", or the status that it got.
    pub(crate) title: String,
    /// When.
    pub(crate) at: Date,
    /// Why, possibly empty.
    pub(crate) reason: String,
}

/// The timeline of `history`, whose entries are day, horizon or status, and reason. It is sorted here, newest first;
/// entries of one day keep the newer-first order in which they came.
pub(crate) fn moves(history: &[(Date, String, String)]) -> Vec<Move> {
    let mut entries: Vec<&(Date, String, String)> = history.iter().collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.0));
    entries
        .iter()
        .enumerate()
        .map(|(index, (at, to, reason))| {
            let before = entries[index + 1..].iter().map(|entry| entry.1.as_str()).find(|to| is_horizon(to));
            Move { title: title(to, before), at: *at, reason: reason.trim().to_owned() }
        })
        .collect()
}

fn title(to: &str, horizon_before: Option<&str>) -> String {
    match (is_horizon(to), horizon_before) {
        (true, Some(before)) if !before.eq_ignore_ascii_case(to) => format!("{} to {}", capital(before), capital(to)),
        (true, Some(_)) => format!("Still {}", capital(to)),
        (true, None) => format!("Listed under {}", capital(to)),
        (false, _) => capital(to),
    }
}

fn is_horizon(word: &str) -> bool {
    ["now", "next", "later"].iter().any(|horizon| horizon.eq_ignore_ascii_case(word.trim()))
}

fn capital(word: &str) -> String {
    let word = word.trim();
    let mut characters = word.chars();
    characters.next().map(|first| format!("{}{}", first.to_uppercase(), characters.as_str())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn entry(day: i8, to: &str) -> (Date, String, String) {
        (date(2026, 1, day), to.to_owned(), format!(" because of {day} "))
    }

    #[test]
    fn moves_are_newest_first_and_say_from_where() {
        let history = [entry(2, "later"), entry(20, "now"), entry(9, "next"), entry(12, "validating")];
        let titles: Vec<String> = moves(&history).into_iter().map(|entry| entry.title).collect();
        assert_eq!(titles, ["Next to Now", "Validating", "Later to Next", "Listed under Later"]);
        assert_eq!(moves(&history)[0].reason, "because of 20");
    }

    #[test]
    fn entries_of_one_day_keep_their_order() {
        let history = [entry(5, "building"), entry(5, "now"), entry(1, "next")];
        let titles: Vec<String> = moves(&history).into_iter().map(|entry| entry.title).collect();
        assert_eq!(titles, ["Building", "Next to Now", "Listed under Next"]);
        assert_eq!(moves(&[entry(3, "now"), entry(2, "now")])[0].title, "Still Now");
        assert!(moves(&[]).is_empty());
    }
}
