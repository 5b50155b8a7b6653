//! An axis of calendar days, for bars in rows.

use jiff::{ToSpan, civil::Date};

/// A day that is named on the axis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tick {
    /// Where it begins, in percent of the axis.
    pub(crate) at: f64,
    /// Its name; empty for a line without one.
    pub(crate) label: String,
}

/// Calendar days from one to another, both included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct DayAxis {
    first: Date,
    days: f64,
}

impl DayAxis {
    /// An axis over `first` to `last`; of at least a week, so that a day has a width that can be seen.
    pub(crate) fn new(first: Date, last: Date) -> Self {
        let days = f64::from(between(first, last).max(6)) + 1.0;
        Self { first, days }
    }

    /// Where a day begins, in percent; what lies outside is put at the end.
    pub(crate) fn at(&self, day: Date) -> f64 {
        (f64::from(between(self.first, day)) / self.days * 100.0).clamp(0.0, 100.0)
    }

    /// Where a day begins, and how much room it and the days up to `to` take.
    pub(crate) fn span(&self, from: Date, to: Date) -> (f64, f64) {
        let at = self.at(from);
        let end = to.tomorrow().map_or(100.0, |next| self.at(next));
        (at, (end - at).max(0.0))
    }

    /// A line for each week from the first day on; every so many of them carry their day's name.
    pub(crate) fn ticks(&self, name: impl Fn(Date) -> String) -> Vec<Tick> {
        let mut ticks = Vec::new();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "weeks of a journey")]
        let weeks = (self.days / 7.0).ceil() as u32;
        let every = weeks.div_ceil(5).max(1);
        // A long journey has months, and a line a week would be a hatching.
        let stride = if weeks > 26 { every } else { 1 };
        for week in 0..weeks {
            let Ok(day) = self.first.checked_add(i64::from(week * 7).days()) else { break };
            if week % stride == 0 {
                let label = if week % every == 0 { name(day) } else { String::new() };
                ticks.push(Tick { at: self.at(day), label });
            }
        }
        ticks
    }
}

/// Days from one date to another; negative where the other is earlier.
fn between(from: Date, to: Date) -> i32 {
    // Two civil dates that the calendar knows are always a whole number of days apart.
    from.until(to).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_become_percent() {
        let axis = DayAxis::new(date(2025, 12, 8), date(2025, 12, 17));
        assert_eq!(axis.at(date(2025, 12, 8)), 0.0);
        assert_eq!(axis.span(date(2025, 12, 13), date(2025, 12, 17)), (50.0, 50.0), "the last day is included");
        assert_eq!(axis.at(date(2025, 12, 1)), 0.0, "before the axis is its beginning");
        assert_eq!(axis.span(date(2025, 12, 16), date(2026, 2, 1)).1, 20.0, "beyond it is its end");
    }

    #[test]
    fn weeks_are_named_as_far_as_there_is_room() {
        let names = |last| {
            let axis = DayAxis::new(date(2025, 12, 8), last);
            let ticks = axis.ticks(|day| day.to_string());
            (ticks.len(), ticks.into_iter().filter(|tick| !tick.label.is_empty()).count())
        };
        assert_eq!(names(date(2025, 12, 9)), (1, 1));
        assert_eq!(names(date(2026, 1, 26)), (8, 4), "every second one of eight weeks");
        assert_eq!(names(date(2026, 12, 8)), (5, 5), "a year has no hatching");
    }
}
