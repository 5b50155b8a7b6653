//! Days and times in words, without jiff's own formatter: its whole language is 30 KB of the first screen.

use jiff::civil::{Date, DateTime, Weekday};
use waymark_core::calendar::MONTHS;

/// "Thu 22 Jan".
pub(crate) fn day(date: Date) -> String {
    format!("{} {} {}", short_weekday(date.weekday()), date.day(), short_month(date.month()))
}

/// "Thu 22 Jan", and the year where it is not this one.
pub(crate) fn day_of_year(date: Date, today: Date) -> String {
    if date.year() == today.year() { day(date) } else { format!("{} {}", day(date), date.year()) }
}

/// "22 Jan", for columns.
pub(crate) fn short(date: Date) -> String {
    format!("{} {}", date.day(), short_month(date.month()))
}

/// "22 January", and the year where it is not this one.
pub(crate) fn long(date: Date, today: Date) -> String {
    let day = format!("{} {}", date.day(), long_month(date.month()));
    if date.year() == today.year() { day } else { format!("{day} {}", date.year()) }
}

/// "Thursday 22 January".
pub(crate) fn full(date: Date) -> String {
    format!("{} {} {}", long_weekday(date.weekday()), date.day(), long_month(date.month()))
}

/// "Thu".
pub(crate) fn weekday(date: Date) -> &'static str {
    short_weekday(date.weekday())
}

/// "Thursday 22 January, 16:40".
pub(crate) fn full_time(at: DateTime) -> String {
    format!("{}, {}", full(at.date()), time(at))
}

/// "Thursday 22 January 2026, 16:40".
pub(crate) fn full_year_time(at: DateTime) -> String {
    format!("{} {}, {}", full(at.date()), at.year(), time(at))
}

/// "16:40".
pub(crate) fn time(at: DateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// When something happened: "just now", "20 min ago", "16:40", "yesterday, 16:40", "Thu 22 Jan, 16:40".
pub(crate) fn ago(at: DateTime, now: DateTime) -> String {
    let days = days_between(at.date(), now.date());
    let minutes = minutes_between(at, now);
    match (days, minutes) {
        (_, 0) => "just now".into(),
        (_, 1..=59) => format!("{minutes} min ago"),
        (0, _) => time(at),
        (1, _) => format!("yesterday, {}", time(at)),
        _ if at.year() == now.year() => format!("{}, {}", day(at.date()), time(at)),
        _ => format!("{} {}, {}", day(at.date()), at.year(), time(at)),
    }
}

/// A duration as people plan it: "15 min", "1 h 30 min", "1 day" (of eight hours).
pub(crate) fn minutes(minutes: u32) -> String {
    const DAY: u32 = 8 * 60;
    match minutes {
        0..60 => format!("{minutes} min"),
        60..DAY if minutes.is_multiple_of(60) => format!("{} h", minutes / 60),
        60..DAY => format!("{} h {} min", minutes / 60, minutes % 60),
        DAY => "1 day".into(),
        _ if minutes.is_multiple_of(DAY) => format!("{} days", minutes / DAY),
        _ => format!("{}.{} days", minutes / DAY, minutes % DAY * 10 / DAY),
    }
}

fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

fn minutes_between(from: DateTime, to: DateTime) -> i64 {
    to.duration_since(from).as_mins()
}

/// The first three letters, which no two weekdays share.
fn short_weekday(weekday: Weekday) -> &'static str {
    long_weekday(weekday).get(..3).unwrap_or_default()
}

fn long_weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

fn long_month(month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or_default()
}

/// The first three letters, which no two months share.
fn short_month(month: i8) -> &'static str {
    long_month(month).get(..3).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};

    use super::*;

    #[test]
    fn days_have_a_weekday() {
        assert_eq!(day(date(2026, 1, 22)), "Thu 22 Jan");
        assert_eq!(day(date(2025, 12, 1)), "Mon 1 Dec");
    }

    #[test]
    fn days_can_be_short_or_written_out() {
        let day = date(2026, 1, 22);
        assert_eq!((short(day).as_str(), full(day).as_str()), ("22 Jan", "Thursday 22 January"));
        assert_eq!(weekday(day), "Thu");
        let at = datetime(2026, 1, 22, 9, 5, 0, 0);
        assert_eq!(full_time(at), "Thursday 22 January, 09:05");
        assert_eq!(full_year_time(at), "Thursday 22 January 2026, 09:05");
        assert_eq!(long(day, date(2026, 3, 1)), "22 January");
        assert_eq!(long(date(2025, 12, 8), day), "8 December 2025");
    }

    #[test]
    fn a_day_of_another_year_says_so() {
        let today = date(2026, 1, 20);
        assert_eq!(day_of_year(date(2026, 1, 5), today), "Mon 5 Jan");
        assert_eq!(day_of_year(date(2025, 12, 1), today), "Mon 1 Dec 2025");
    }

    #[test]
    fn moments_get_coarser_with_distance() {
        let now = datetime(2026, 1, 20, 17, 0, 0, 0);
        for (at, text) in [
            (datetime(2026, 1, 20, 16, 59, 40, 0), "just now"),
            (datetime(2026, 1, 20, 16, 40, 0, 0), "20 min ago"),
            (datetime(2026, 1, 20, 9, 5, 0, 0), "09:05"),
            (datetime(2026, 1, 19, 16, 40, 0, 0), "yesterday, 16:40"),
            (datetime(2026, 1, 15, 8, 0, 0, 0), "Thu 15 Jan, 08:00"),
            (datetime(2025, 12, 31, 8, 0, 0, 0), "Wed 31 Dec 2025, 08:00"),
        ] {
            assert_eq!(ago(at, now), text);
        }
    }

    #[test]
    fn durations_are_what_people_plan_with() {
        for (input, text) in
            [(5, "5 min"), (60, "1 h"), (90, "1 h 30 min"), (480, "1 day"), (960, "2 days"), (720, "1.5 days")]
        {
            assert_eq!(minutes(input), text);
        }
    }
}
