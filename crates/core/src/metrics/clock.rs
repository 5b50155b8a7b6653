//! Elapsed days, working days and working time (`metrics.md`, section 1).

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime, Time, time},
    tz::TimeZone,
};

use crate::calendar::WorkCalendar;

/// The part of a working day in which people work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkHours {
    /// First minute.
    pub from: Time,
    /// First minute after it.
    pub to: Time,
}

impl Default for WorkHours {
    /// 09:00 to 17:00, eight hours.
    fn default() -> Self {
        Self { from: time(9, 0, 0, 0), to: time(17, 0, 0, 0) }
    }
}

impl WorkHours {
    /// Length of a working day; zero where the hours are the wrong way round.
    pub fn length(self) -> SignedDuration {
        self.from.duration_until(self.to).max(SignedDuration::ZERO)
    }

    /// Working time in working days of this length; 0 where a day has no hours.
    pub fn days(self, worked: SignedDuration) -> f64 {
        if self.length().is_zero() { 0.0 } else { worked.as_secs_f64() / self.length().as_secs_f64() }
    }
}

/// The start anchor: 00:00 on `start` in the person's zone, or the first moment of that day where clocks
/// jump over midnight. `None` at the ends of the calendar.
pub fn start_anchor(start: Date, zone: &TimeZone) -> Option<Timestamp> {
    start.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp())
}

/// D: elapsed days between two instants, 86,400 s each; negative where `to` lies before `from`.
pub fn elapsed_days(from: Timestamp, to: Timestamp) -> f64 {
    from.duration_until(to).as_secs_f64() / 86_400.0
}

/// WD: the number of the person's working days from `start` to `day`, both included. Day 1 is the first
/// working day; a day off has the number of the working day before it; before `start` it is 0.
pub fn working_day(calendar: &WorkCalendar, start: Date, day: Date) -> u32 {
    if day < start {
        return 0;
    }
    u32::from(calendar.is_working(start)) + calendar.working_days_between(start, day)
}

/// Working time between two local times: the part inside the working hours of working days. Zero where
/// `to <= from`.
pub fn working_time(calendar: &WorkCalendar, hours: WorkHours, from: DateTime, to: DateTime) -> SignedDuration {
    if to <= from {
        return SignedDuration::ZERO;
    }
    // Whole days in between are counted, not walked.
    let until = |at: DateTime| {
        let inside = at.time().clamp(hours.from, hours.to.max(hours.from));
        if calendar.is_working(at.date()) { hours.from.duration_until(inside) } else { SignedDuration::ZERO }
    };
    let ends = calendar.working_days_between(from.date(), to.date());
    let before_last = ends - u32::from(ends > 0 && calendar.is_working(to.date()));
    if from.date() == to.date() {
        return until(to) - until(from);
    }
    let first = if calendar.is_working(from.date()) { hours.length() - until(from) } else { SignedDuration::ZERO };
    first + hours.length() * before_last as i32 + until(to)
}

/// Working time covered by at least one of the local intervals.
pub fn union_time(calendar: &WorkCalendar, hours: WorkHours, intervals: &[(DateTime, DateTime)]) -> SignedDuration {
    merged(intervals)
        .into_iter()
        .fold(SignedDuration::ZERO, |sum, (from, to)| sum + working_time(calendar, hours, from, to))
}

/// The intervals in order, with those that touch or overlap made one. Empty ones are left out.
pub fn merged(intervals: &[(DateTime, DateTime)]) -> Vec<(DateTime, DateTime)> {
    let mut sorted: Vec<_> = intervals.iter().copied().filter(|(from, to)| from < to).collect();
    sorted.sort_unstable();
    let mut merged: Vec<(DateTime, DateTime)> = Vec::with_capacity(sorted.len());
    for (from, to) in sorted {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn calendar(days_off: impl IntoIterator<Item = Date>) -> WorkCalendar {
        WorkCalendar { days_off: days_off.into_iter().collect(), ..WorkCalendar::default() }
    }

    fn d(start: Date, end: DateTime, zone: &TimeZone) -> f64 {
        let end = end.to_zoned(zone.clone()).expect("a time").timestamp();
        elapsed_days(start_anchor(start, zone).expect("a start"), end)
    }

    #[test]
    fn c1_elapsed_and_working_days() {
        let end = date(2026, 3, 17).at(10, 30, 0, 0);
        assert_eq!(d(date(2026, 3, 2), end, &TimeZone::UTC), 15.4375);
        assert_eq!(working_day(&calendar([]), date(2026, 3, 2), end.date()), 12);
    }

    #[test]
    fn c2_holidays_are_no_working_days() {
        let (start, end) = (date(2026, 3, 30), date(2026, 4, 9).at(12, 0, 0, 0));
        assert_eq!(d(start, end, &TimeZone::UTC), 10.5);
        assert_eq!(working_day(&calendar([date(2026, 4, 3), date(2026, 4, 6)]), start, end.date()), 7);
        assert_eq!(working_day(&calendar([]), start, end.date()), 9);
    }

    #[test]
    fn c3_a_saturday_has_the_number_of_the_friday() {
        let start = date(2026, 3, 2);
        assert_eq!(d(start, date(2026, 3, 14).at(0, 0, 0, 0), &TimeZone::UTC), 12.0);
        assert_eq!(working_day(&calendar([]), start, date(2026, 3, 14)), 10);
        assert_eq!(working_day(&calendar([]), start, date(2026, 3, 13)), 10);
    }

    #[test]
    fn c4_a_sunday_start_makes_monday_day_one() {
        let start = date(2026, 3, 1);
        assert_eq!(d(start, date(2026, 3, 2).at(0, 0, 0, 0), &TimeZone::UTC), 1.0);
        assert_eq!(working_day(&calendar([]), start, date(2026, 3, 2)), 1);
        assert_eq!(working_day(&calendar([]), start, start), 0);
        assert_eq!(working_day(&calendar([]), start, date(2026, 2, 27)), 0, "before the start");
    }

    #[test]
    fn c5_and_c6_other_weeks() {
        let four = WorkCalendar { week: [true, true, true, true, false, false, false], ..WorkCalendar::default() };
        assert_eq!(d(date(2026, 3, 2), date(2026, 3, 17).at(10, 30, 0, 0), &TimeZone::UTC), 15.4375);
        assert_eq!(working_day(&four, date(2026, 3, 2), date(2026, 3, 17)), 10);
        let sunday = WorkCalendar { week: [true, true, true, true, false, false, true], ..WorkCalendar::default() };
        assert_eq!(working_day(&sunday, date(2026, 3, 1), date(2026, 3, 12)), 10);
    }

    #[test]
    fn c7_leave_is_no_working_day() {
        let leave = calendar([date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 11)]);
        assert_eq!(working_day(&leave, date(2026, 3, 2), date(2026, 3, 17)), 9);
    }

    #[test]
    fn c8_a_day_with_23_hours() {
        let berlin = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a zone");
        let (start, end) = (date(2026, 3, 23), date(2026, 3, 31).at(10, 0, 0, 0));
        assert_eq!(d(start, end, &berlin), 8.375);
        assert_eq!(working_day(&calendar([]), start, end.date()), 7);
    }

    #[test]
    fn c9_the_day_is_the_persons() {
        let auckland = TimeZone::posix("NZST-12NZDT,M9.5.0,M4.1.0/3").expect("a zone");
        let at: Timestamp = "2026-03-04T23:30:00Z".parse().expect("a time");
        let local = at.to_zoned(auckland).datetime();
        assert_eq!(local, date(2026, 3, 5).at(12, 30, 0, 0));
        assert_eq!(working_day(&calendar([]), date(2026, 3, 2), local.date()), 4);
    }

    #[test]
    fn c10_nights_and_weekends_are_no_working_time() {
        let (from, to) = (date(2026, 3, 6).at(15, 0, 0, 0), date(2026, 3, 9).at(11, 0, 0, 0));
        assert_eq!(from.duration_until(to).as_hours(), 68);
        assert_eq!(working_time(&calendar([]), WorkHours::default(), from, to), SignedDuration::from_hours(4));
    }

    #[test]
    fn a_zone_whose_clocks_jump_over_midnight_has_a_start() {
        // Chile moves its clocks at 24:00 on Saturday: Sunday starts at 01:00.
        let chile = TimeZone::posix("<-04>4<-03>,M9.1.6/24,M4.1.6/24").expect("a zone");
        let start = start_anchor(date(2026, 9, 6), &chile).expect("a start");
        assert_eq!(start.to_zoned(chile).datetime(), date(2026, 9, 6).at(1, 0, 0, 0));
    }

    /// Minute by minute, which nobody can get wrong.
    fn walked(calendar: &WorkCalendar, hours: WorkHours, from: DateTime, to: DateTime) -> i64 {
        let mut at = from;
        let mut minutes = 0;
        while at < to {
            minutes += i64::from(calendar.is_working(at.date()) && at.time() >= hours.from && at.time() < hours.to);
            at = at.checked_add(jiff::Span::new().minutes(1)).expect("a minute later");
        }
        minutes
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn counted_working_time_is_walked_working_time(
            from in 0i64..12_000, length in 0i64..12_000, week in any::<[bool; 7]>(), off in 0i64..9,
        ) {
            let base = date(2026, 3, 28).at(0, 0, 0, 0);
            let later = |at: DateTime, minutes: i64| at.checked_add(jiff::Span::new().minutes(minutes)).expect("a time");
            let from = later(base, from);
            let to = later(from, length);
            let calendar = WorkCalendar { week, days_off: [later(base, off * 1440).date()].into() };
            let hours = WorkHours { from: time(8, 30, 0, 0), to: time(16, 45, 0, 0) };
            let counted = working_time(&calendar, hours, from, to);
            prop_assert_eq!(counted, SignedDuration::from_mins(walked(&calendar, hours, from, to)));
        }
    }
}
