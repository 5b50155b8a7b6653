//! The head of the screen: what day it is, and hello.

use jiff::civil::{Date, DateTime};
use waymark_api::ipc::today::TodayView;

use crate::{features::journey::words::count, kit::dates};

/// What Today is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    /// No journey was ever started.
    NothingStarted,
    /// A journey is under way.
    UnderWay,
    /// Every journey is finished.
    AllDone,
}

/// What Today is about.
pub(crate) fn mood(view: &TodayView) -> Mood {
    match (&view.trail, view.finished.is_empty()) {
        (Some(_), _) => Mood::UnderWay,
        (None, true) => Mood::NothingStarted,
        (None, false) => Mood::AllDone,
    }
}

/// "Wednesday 21 January · day 3 of your first week".
///
/// `day` is the working day of the journey, 1 on day 1 and negative before it; `week` is how many days the
/// person works in a week.
pub(crate) fn day_line(today: Date, day: Option<i32>, week: usize) -> String {
    let date = dates::full(today);
    match day {
        None => date,
        Some(day) if day < 1 => {
            let left = count(day.unsigned_abs().max(1), "working day", "working days");
            format!("{date} · {left} until you start")
        }
        Some(day) if usize::try_from(day).is_ok_and(|day| day <= week.max(1)) => {
            format!("{date} · day {day} of your first week")
        }
        Some(day) => format!("{date} · day {day}"),
    }
}

/// "Good morning, Ada".
pub(crate) fn greeting(now: DateTime, name: &str) -> String {
    let hello = match now.hour() {
        5..=11 => "Good morning",
        12..=17 => "Good afternoon",
        _ => "Good evening",
    };
    match name.trim() {
        "" => hello.to_owned(),
        name => format!("{hello}, {name}"),
    }
}

/// What was read when, short: "1 h", "Tue", "12 Jan".
pub(crate) fn read_at(at: DateTime, now: DateTime) -> String {
    let minutes = now.duration_since(at).as_secs() / 60;
    match minutes {
        ..=0 => "now".to_owned(),
        1..=59 => format!("{minutes} min"),
        60..=1439 if at.date() == now.date() => format!("{} h", minutes / 60),
        60..=10079 => dates::weekday(at.date()).to_owned(),
        _ => dates::short(at.date()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};
    use waymark_api::ipc::today::Trail;
    use waymark_core::journey::Progress;

    use super::*;

    #[test]
    fn the_day_line_counts_working_days() {
        let wednesday = date(2026, 1, 21);
        let line = |day| day_line(wednesday, day, 5);
        assert_eq!(line(Some(3)), "Wednesday 21 January · day 3 of your first week");
        assert_eq!(line(Some(5)), "Wednesday 21 January · day 5 of your first week");
        assert_eq!(line(Some(6)), "Wednesday 21 January · day 6");
        assert_eq!(line(Some(23)), "Wednesday 21 January · day 23");
        assert_eq!(line(Some(-4)), "Wednesday 21 January · 4 working days until you start");
        assert_eq!(line(Some(-1)), "Wednesday 21 January · 1 working day until you start");
        assert_eq!(line(None), "Wednesday 21 January");
        assert_eq!(day_line(wednesday, Some(4), 3), "Wednesday 21 January · day 4", "a week of three days");
    }

    #[test]
    fn the_greeting_follows_the_hour_and_needs_no_name() {
        let at = |hour| datetime(2026, 1, 21, hour, 0, 0, 0);
        assert_eq!(greeting(at(9), "Ada"), "Good morning, Ada");
        assert_eq!(greeting(at(12), "Ada"), "Good afternoon, Ada");
        assert_eq!(greeting(at(18), " "), "Good evening");
        assert_eq!(greeting(at(2), ""), "Good evening");
        assert_eq!(greeting(at(5), ""), "Good morning");
    }

    #[test]
    fn reading_times_are_short() {
        let now = datetime(2026, 1, 21, 10, 0, 0, 0);
        let said = |day, hour, minute| read_at(datetime(2026, 1, day, hour, minute, 0, 0), now);
        assert_eq!(said(21, 10, 0), "now");
        assert_eq!(said(21, 9, 30), "30 min");
        assert_eq!(said(21, 8, 10), "1 h");
        assert_eq!(said(20, 16, 0), "Tue");
        assert_eq!(said(12, 16, 0), "12 Jan");
    }

    #[test]
    fn today_knows_the_beginning_and_the_end() {
        let trail = Trail {
            journey: "0192f0c1-2345-7abc-8def-0123456789ab".parse().expect("a UUID"),
            title: "Backend".to_owned(),
            day: 3,
            progress: Progress { done: 12, total: 12 },
            stops: Vec::new(),
            steps_to_next: None,
        };
        let empty = TodayView {
            now: datetime(2026, 1, 21, 10, 0, 0, 0),
            name: String::new(),
            trail: None,
            others: Vec::new(),
            finished: Vec::new(),
            next: None,
            then: Vec::new(),
            waiting: Vec::new(),
            reading: None,
            recent: Vec::new(),
            week: Vec::new(),
            buddy: None,
            available: 2,
        };
        assert_eq!(mood(&empty), Mood::NothingStarted);
        assert_eq!(mood(&TodayView { finished: vec![trail.clone()], ..empty.clone() }), Mood::AllDone);
        let under_way = TodayView { trail: Some(trail.clone()), finished: vec![trail], ..empty };
        assert_eq!(mood(&under_way), Mood::UnderWay, "one finished journey does not end the others");
    }
}
