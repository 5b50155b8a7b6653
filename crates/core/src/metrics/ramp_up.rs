//! Ramp-up: when a new colleague's changes reach what is usual in the team (`metrics.md`, section 4).
//!
//! It is an activity count: never per person to managers, never alone, and for cohorts of five or more only.

use jiff::{Span, civil::Date};

use super::progress::median;
use crate::team::SMALLEST_GROUP;

/// Days of the window in which changes are counted.
const WINDOW_DAYS: i64 = 28;

/// Share of the team's median that has to be reached.
pub const USUAL_SHARE: f64 = 0.75;

/// What has to be reached on a day: 0.75 × the median of merged changes of the team's members in the 28 days
/// up to it. `members` are those who are not ramping up themselves, without programs. `None` for fewer than
/// five of them: it would be a number about a few people.
pub fn threshold(members: &[u32]) -> Option<f64> {
    if members.len() < SMALLEST_GROUP as usize {
        return None;
    }
    median(&members.iter().map(|count| f64::from(*count)).collect::<Vec<_>>()).map(|median| USUAL_SHARE * median)
}

/// The first day u from `start` + 28 days to `until` on which the changes merged in (u − 28 days, u] reach
/// that day's threshold. `merges` are local days, one for each merged change.
pub fn ramp_up(start: Date, merges: &[Date], until: Date, threshold: impl Fn(Date) -> Option<f64>) -> Option<Date> {
    let later = |day: Date, days: i64| day.checked_add(Span::new().days(days)).ok();
    let first = later(start, WINDOW_DAYS)?;
    let mut merges = merges.to_vec();
    merges.sort_unstable();
    let mut day = first;
    while day <= until {
        let from = later(day, -WINDOW_DAYS)?;
        let inside = merges.partition_point(|merge| *merge <= day) - merges.partition_point(|merge| *merge <= from);
        if threshold(day).is_some_and(|needed| inside as f64 >= needed) {
            return Some(day);
        }
        day = later(day, 1)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        calendar::WorkCalendar,
        metrics::clock::{elapsed_days, start_anchor, working_day},
    };

    #[test]
    fn r1_the_threshold_is_three_quarters_of_the_median() {
        assert_eq!(threshold(&[4, 6, 8, 8, 10, 12]), Some(6.0));
    }

    #[test]
    fn r2_the_first_day_with_six_changes_in_28_days() {
        let start = date(2026, 3, 2);
        let merges = [(3, 10), (3, 17), (3, 24), (3, 27), (4, 1), (4, 3), (4, 8), (4, 10)];
        let merges = merges.map(|(month, day)| date(2026, month, day));
        let reached = |needed| ramp_up(start, &merges, date(2026, 6, 30), |_| Some(needed));
        assert_eq!(reached(4.0), Some(date(2026, 3, 30)), "four on the first day that counts");
        assert_eq!(reached(5.0), Some(date(2026, 4, 1)));
        let day = reached(6.0).expect("ramped up");
        assert_eq!(day, date(2026, 4, 3));
        let at = |day| start_anchor(day, &jiff::tz::TimeZone::UTC).expect("an instant");
        assert_eq!(elapsed_days(at(start), at(day)), 32.0);
        assert_eq!(working_day(&WorkCalendar::default(), start, day), 25);
        assert_eq!(reached(9.0), None, "never nine in a window");
        assert_eq!(ramp_up(start, &merges, date(2026, 4, 2), |_| Some(6.0)), None, "not yet");
    }

    #[test]
    fn r3_a_small_team_has_no_threshold() {
        assert_eq!(threshold(&[4, 6, 8, 8]), None);
        assert_eq!(ramp_up(date(2026, 3, 2), &[date(2026, 3, 30)], date(2026, 6, 30), |_| None), None);
    }

    #[test]
    fn a_window_leaves_out_its_first_day() {
        let start = date(2026, 3, 2);
        let merges = [date(2026, 3, 2), date(2026, 3, 30)];
        assert_eq!(ramp_up(start, &merges, date(2026, 4, 30), |_| Some(2.0)), None, "28 days apart");
    }
}
