//! The line through the week.

use jiff::civil::Date;
use waymark_api::ipc::today::{DayState, WeekDay};

use crate::kit::dates;

/// The mark of a day on the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayMark {
    /// It is over and nothing of it is left.
    Done,
    /// It is over and something is left.
    Late,
    /// It is today.
    Today,
    /// A milestone should be reached on it.
    Milestone,
    /// It comes.
    Ahead,
    /// A day off.
    Off,
}

/// A day on the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Day {
    /// The day, for keys and tooltips.
    pub(crate) date: Date,
    /// "Wed".
    pub(crate) name: String,
    /// What is on it: "VPN, dev environment".
    pub(crate) text: String,
    /// Its mark.
    pub(crate) mark: DayMark,
    /// What the mark means, for those who cannot see it.
    pub(crate) meaning: &'static str,
    /// Whether it is today.
    pub(crate) today: bool,
}

/// A day as the line shows it.
pub(crate) fn day(day: &WeekDay) -> Day {
    let (mark, meaning) = match (day.state, day.milestone) {
        (DayState::Done, _) => (DayMark::Done, "done"),
        (DayState::Late, _) => (DayMark::Late, "something is left"),
        (DayState::Today, _) => (DayMark::Today, "today"),
        (DayState::Ahead, true) => (DayMark::Milestone, "a milestone"),
        (DayState::Ahead, false) => (DayMark::Ahead, "to come"),
        (DayState::Off, _) => (DayMark::Off, "day off"),
        (DayState::Before, _) => (DayMark::Off, "before your first day"),
    };
    Day {
        date: day.date,
        name: dates::weekday(day.date).to_owned(),
        text: text(day),
        mark,
        meaning,
        today: day.state == DayState::Today,
    }
}

/// Whether the line says anything: without due days and milestones it would be five times nothing.
pub(crate) fn tells_something(week: &[WeekDay]) -> bool {
    week.iter().any(|day| day.milestone || !day.titles.is_empty())
}

/// At most two titles, so that a day stays about one line.
fn text(day: &WeekDay) -> String {
    match (day.titles.as_slice(), day.state) {
        ([], DayState::Off) => "Day off".to_owned(),
        ([], DayState::Before) => "Before your first day".to_owned(),
        ([], _) => "Nothing due".to_owned(),
        ([one], _) => one.clone(),
        ([one, other], _) => format!("{one}, {other}"),
        ([one, rest @ ..], _) => format!("{one} and {} more", rest.len()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn week_day(titles: &[&str], state: DayState, milestone: bool) -> WeekDay {
        WeekDay {
            date: date(2026, 1, 23),
            titles: titles.iter().map(|title| (*title).to_owned()).collect(),
            milestone,
            state,
        }
    }

    #[test]
    fn every_state_has_a_mark_and_a_word() {
        let mark = |state, milestone| day(&week_day(&["Retro"], state, milestone)).mark;
        assert_eq!(mark(DayState::Done, true), DayMark::Done);
        assert_eq!(mark(DayState::Late, false), DayMark::Late);
        assert_eq!(mark(DayState::Today, true), DayMark::Today);
        assert_eq!(mark(DayState::Ahead, true), DayMark::Milestone);
        assert_eq!(mark(DayState::Ahead, false), DayMark::Ahead);
        assert_eq!(mark(DayState::Off, false), DayMark::Off);
        assert_eq!(mark(DayState::Before, false), DayMark::Off, "nothing was done on a day before the first");
    }

    #[test]
    fn a_day_says_what_is_on_it_in_one_line() {
        let text = |titles: &[&str], state| day(&week_day(titles, state, false)).text;
        assert_eq!(text(&[], DayState::Ahead), "Nothing due");
        assert_eq!(text(&[], DayState::Off), "Day off");
        assert_eq!(text(&[], DayState::Before), "Before your first day");
        assert_eq!(text(&["VPN"], DayState::Today), "VPN");
        assert_eq!(text(&["VPN", "Retro"], DayState::Today), "VPN, Retro");
        assert_eq!(text(&["VPN", "Retro", "Build"], DayState::Today), "VPN and 2 more");
        assert_eq!(day(&week_day(&[], DayState::Ahead, false)).name, "Fri");
    }

    #[test]
    fn a_week_without_anything_is_not_drawn() {
        let empty = week_day(&[], DayState::Ahead, false);
        assert!(!tells_something(&[empty.clone(), empty.clone()]));
        assert!(tells_something(&[empty.clone(), week_day(&["Retro"], DayState::Ahead, false)]));
        assert!(tells_something(&[empty, week_day(&[], DayState::Ahead, true)]));
    }
}
