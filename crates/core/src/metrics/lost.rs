//! Time in which somebody could not go on (`metrics.md`, section 3).

use jiff::{SignedDuration, civil::DateTime};

use super::clock::{WorkHours, merged, union_time, working_time};
use crate::calendar::WorkCalendar;

/// Blocked and waiting working time of one journey, and all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LostTime {
    /// In which at least one step was blocked.
    pub blocked: SignedDuration,
    /// In which somebody else had to act and nothing was blocked.
    pub waiting: SignedDuration,
    /// From the start anchor to now, or to the completion.
    pub whole: SignedDuration,
}

impl LostTime {
    /// Blocked ÷ all, 0 to 1; `None` before any working time has passed.
    pub fn blocked_share(self) -> Option<f64> {
        self.share(self.blocked)
    }

    /// Waiting ÷ all, 0 to 1; `None` before any working time has passed.
    pub fn waiting_share(self) -> Option<f64> {
        self.share(self.waiting)
    }

    fn share(self, part: SignedDuration) -> Option<f64> {
        (!self.whole.is_zero()).then(|| part.as_secs_f64() / self.whole.as_secs_f64())
    }
}

/// Lost time inside `window` (the start anchor to now, or to the completion), from local intervals in any
/// order, which may overlap. A moment both blocked and waiting counts as blocked.
pub fn lost_time(
    calendar: &WorkCalendar,
    hours: WorkHours,
    window: (DateTime, DateTime),
    blocked: &[(DateTime, DateTime)],
    waiting: &[(DateTime, DateTime)],
) -> LostTime {
    let inside = |(from, to): &(DateTime, DateTime)| ((*from).max(window.0), (*to).min(window.1));
    let blocked: Vec<_> = merged(&blocked.iter().map(inside).collect::<Vec<_>>());
    let either: Vec<_> = waiting.iter().map(inside).chain(blocked.iter().copied()).collect();
    let blocked = union_time(calendar, hours, &blocked);
    LostTime {
        blocked,
        waiting: union_time(calendar, hours, &either) - blocked,
        whole: working_time(calendar, hours, window.0, window.1),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn overlaps_count_once_and_blocked_wins_over_waiting() {
        let at = |day, hour| date(2026, 3, day).at(hour, 0, 0, 0);
        let lost = lost_time(
            &WorkCalendar::default(),
            WorkHours::default(),
            (at(2, 0), at(14, 0)),
            // Before the window, then two blocks that overlap: Tue 9 to 17.
            &[(date(2026, 2, 20).at(9, 0, 0, 0), at(2, 11)), (at(3, 9), at(3, 15)), (at(3, 13), at(3, 17))],
            // Tue 13 to Wed 11, of which Tuesday is blocked; and past the window's end.
            &[(at(3, 13), at(4, 11)), (at(13, 15), at(20, 9))],
        );
        let hours = SignedDuration::from_hours;
        assert_eq!(lost, LostTime { blocked: hours(2 + 8), waiting: hours(2 + 2), whole: hours(80) });
        assert_eq!((lost.blocked_share(), lost.waiting_share()), (Some(0.125), Some(0.05)));
    }

    #[test]
    fn no_time_has_no_share() {
        let at = date(2026, 3, 2).at(0, 0, 0, 0);
        let lost = lost_time(&WorkCalendar::default(), WorkHours::default(), (at, at), &[], &[]);
        assert_eq!(lost.blocked_share(), None);
    }
}
