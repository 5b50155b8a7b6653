//! Working days: the calendar in which a new hire's days are counted.

use std::{collections::BTreeSet, ops::Bound};

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// The months by their English names, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Which days somebody works. Day 1 is the first working day on or after the start; there is no day 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct WorkCalendar {
    /// Working weekdays, Monday first.
    pub week: [bool; 7],
    /// Public holidays and leave.
    #[serde(default)]
    pub days_off: BTreeSet<Date>,
}

impl Default for WorkCalendar {
    fn default() -> Self {
        Self { week: [true, true, true, true, true, false, false], days_off: BTreeSet::new() }
    }
}

/// How far a search for a working day goes before it gives up: ten years of days off.
const SEARCH_LIMIT_DAYS: u32 = 3_660;

impl WorkCalendar {
    /// Whether somebody works on `date`.
    pub fn is_working(&self, date: Date) -> bool {
        self.week[date.weekday().to_monday_zero_offset() as usize] && !self.days_off.contains(&date)
    }

    /// The first working day on or after `date`; `date` itself where the calendar has no working day.
    pub fn first_working_day(&self, date: Date) -> Date {
        let mut day = date;
        for _ in 0..SEARCH_LIMIT_DAYS {
            if self.is_working(day) {
                return day;
            }
            match day.tomorrow() {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        date
    }

    /// The date of working day `n`, counted from `start`: 1 is day 1, -1 the working day before it.
    ///
    /// There is no day 0; it is read as day 1. Saturates at the ends of the calendar.
    pub fn working_day(&self, start: Date, n: i32) -> Date {
        let day_one = self.first_working_day(start);
        if n >= 0 { self.step(day_one, n.max(1) - 1) } else { self.step(day_one, n) }
    }

    /// The working day `steps` working days after `from` (before it where negative).
    pub fn step(&self, from: Date, steps: i32) -> Date {
        let mut day = from;
        let mut left = steps.unsigned_abs();
        let mut idle = 0;
        while left > 0 && idle < SEARCH_LIMIT_DAYS {
            let next = if steps > 0 { day.tomorrow() } else { day.yesterday() };
            let Ok(next) = next else { break };
            day = next;
            if self.is_working(day) {
                left -= 1;
                idle = 0;
            } else {
                idle += 1;
            }
        }
        day
    }

    /// Which working day `date` is, counted from `start`: 1 on day 1; before it, the working days
    /// that are left until day 1 as a negative number. A day off counts as the working day before it.
    pub fn day_number(&self, start: Date, date: Date) -> i32 {
        let day_one = self.first_working_day(start);
        if date >= day_one {
            self.working_days_between(day_one, date) as i32 + 1
        } else {
            -(self.working_days_between(date.yesterday().unwrap_or(date), day_one.yesterday().unwrap_or(day_one)).max(1)
                as i32)
        }
    }

    /// How many working days lie after `from`, up to and including `to`. Zero where `to <= from`.
    ///
    /// Whole weeks are multiplied, not walked: a team's page asks this for hundreds of people and years.
    pub fn working_days_between(&self, from: Date, to: Date) -> u32 {
        if to <= from {
            return 0;
        }
        let days = from.duration_until(to).as_hours() / 24;
        let in_week = self.week.iter().filter(|works| **works).count() as i64;
        let first = i64::from(from.weekday().to_monday_zero_offset()) + 1;
        let rest = (0..days % 7).filter(|day| self.week[((first + day) % 7) as usize]).count() as i64;
        let after = (Bound::Excluded(from), Bound::Included(to));
        let off = self.days_off.range(after).filter(|day| self.week[day.weekday().to_monday_zero_offset() as usize]);
        (days / 7 * in_week + rest - off.count() as i64) as u32
    }
}

/// The Monday of the week in which `date` lies.
pub fn monday_of(date: Date) -> Date {
    let back = i64::from(date.weekday().to_monday_zero_offset());
    date.checked_sub(jiff::Span::new().days(back)).unwrap_or(date)
}

/// English short name of a weekday, as the interface prints it.
pub fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn day_one_moves_to_the_first_working_day() {
        let calendar = WorkCalendar::default();
        let saturday = date(2026, 1, 3);
        assert_eq!(calendar.working_day(saturday, 1), date(2026, 1, 5));
        assert_eq!(calendar.working_day(saturday, 5), date(2026, 1, 9));
        assert_eq!(calendar.working_day(saturday, 6), date(2026, 1, 12), "the weekend is stepped over");
        assert_eq!(calendar.working_day(saturday, -1), date(2026, 1, 2));
        assert_eq!(calendar.working_day(saturday, -5), date(2025, 12, 29));
    }

    #[test]
    fn holidays_are_no_working_days() {
        let calendar = WorkCalendar { days_off: [date(2026, 1, 6)].into(), ..WorkCalendar::default() };
        assert_eq!(calendar.working_day(date(2026, 1, 5), 2), date(2026, 1, 7));
        assert_eq!(calendar.day_number(date(2026, 1, 5), date(2026, 1, 6)), 1, "a day off counts as the day before");
    }

    #[test]
    fn numbers_and_dates_are_inverse_on_working_days() {
        let calendar =
            WorkCalendar { days_off: [date(2026, 4, 3), date(2026, 4, 6)].into(), ..WorkCalendar::default() };
        let start = date(2026, 3, 28);
        for n in (-30..=60).filter(|n| *n != 0) {
            assert_eq!(calendar.day_number(start, calendar.working_day(start, n)), n);
        }
    }

    #[test]
    fn counted_days_are_the_days_that_a_walk_finds() {
        let calendar = WorkCalendar {
            week: [true, false, true, true, true, true, false],
            days_off: [date(2026, 4, 3), date(2026, 4, 5), date(2026, 4, 6), date(2026, 5, 1)].into(),
        };
        for from in [date(2026, 3, 28), date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 8)] {
            let mut walked = 0;
            let mut day = from;
            assert_eq!(calendar.working_days_between(day, day), 0);
            for _ in 0..60 {
                day = day.tomorrow().expect("a day");
                walked += u32::from(calendar.is_working(day));
                assert_eq!(calendar.working_days_between(from, day), walked, "{from} to {day}");
            }
        }
    }

    #[test]
    fn a_calendar_without_working_days_ends() {
        let calendar = WorkCalendar { week: [false; 7], ..WorkCalendar::default() };
        let day = date(2026, 1, 5);
        assert_eq!(calendar.first_working_day(day), day);
        assert!(calendar.step(day, 3) > day);
    }
}
