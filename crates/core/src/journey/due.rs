//! When a step is due.

use std::collections::BTreeMap;

use jiff::{Span, civil::Date};

use super::Offset;
use crate::{
    calendar::WorkCalendar,
    id::{MilestoneId, StepId},
};

/// What offsets are counted from.
#[derive(Clone, Copy, Debug)]
pub struct DueContext<'a> {
    /// Day 1, or the first working day after it.
    pub start: Date,
    /// The person's working days.
    pub calendar: &'a WorkCalendar,
    /// Local days on which steps were completed.
    pub completed: &'a BTreeMap<StepId, Date>,
    /// Local days on which milestones were reached.
    pub reached: &'a BTreeMap<MilestoneId, Date>,
}

impl DueContext<'_> {
    /// The day an offset names; `None` while what it is counted from has not happened.
    pub fn date(&self, offset: &Offset) -> Option<Date> {
        match offset {
            Offset::WorkingDay(n) => Some(self.calendar.working_day(self.start, *n)),
            Offset::CalendarDays(days) => self.start.checked_add(Span::new().days(i64::from(*days))).ok(),
            Offset::AfterStep(step, days) => self.completed.get(step).map(|day| self.calendar.step(*day, *days)),
            Offset::AfterMilestone(milestone, days) => {
                self.reached.get(milestone).map(|day| self.calendar.step(*day, *days))
            }
            Offset::On(date) => Some(*date),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn each_form_counts_from_its_anchor() {
        let calendar = WorkCalendar::default();
        let completed = BTreeMap::from([(StepId::new("laptop"), date(2026, 1, 9))]);
        let reached = BTreeMap::from([(MilestoneId::new("merge"), date(2026, 1, 8))]);
        let context =
            DueContext { start: date(2026, 1, 5), calendar: &calendar, completed: &completed, reached: &reached };
        let due = |text: &str| context.date(&text.parse().expect("an offset"));
        assert_eq!(due("3wd"), Some(date(2026, 1, 7)));
        assert_eq!(due("-5wd"), Some(date(2025, 12, 29)));
        assert_eq!(due("P60D"), Some(date(2026, 3, 6)));
        assert_eq!(due("laptop+2wd"), Some(date(2026, 1, 13)), "over the weekend");
        assert_eq!(due("milestone:merge+5wd"), Some(date(2026, 1, 15)));
        assert_eq!(due("other+2wd"), None, "not completed yet");
        assert_eq!(due("2026-12-01"), Some(date(2026, 12, 1)));
    }
}
