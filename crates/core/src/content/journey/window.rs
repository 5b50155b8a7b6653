//! Days as a file alone can know them: working days, counted without knowing anybody's start (`J032`).

use super::step::Note;
use crate::{
    diagnostic::Findings,
    journey::{Offset, Phase, Step, Template},
};

/// The earliest and the latest working day that an offset may turn out to be, as consecutive numbers
/// (the day before day 1 is 0). Calendar days depend on the weekday of the start and on holidays.
pub(super) fn range(offset: &Offset) -> Option<(i64, i64)> {
    match offset {
        Offset::WorkingDay(day) => {
            let day = i64::from(*day);
            let day = if day < 0 { day + 1 } else { day };
            Some((day, day))
        }
        Offset::CalendarDays(days) => {
            let (weeks, rest) = (i64::from(days / 7), i64::from(days % 7));
            let full = 1 + 5 * weeks;
            let holidays = i64::from(days / 20);
            Some((full + (rest - 2).max(0) - holidays, full + rest.min(4)))
        }
        Offset::AfterStep(..) | Offset::AfterMilestone(..) | Offset::On(_) => None,
    }
}

/// Reports a step whose own due day certainly lies outside of its phase.
pub(super) fn check(template: &Template, phase: &Phase, step: &Step, note: &Note, findings: &mut Findings) {
    let Some(due) = &step.due else { return };
    let Some((earliest, latest)) = range(due) else { return };
    let end = phase.to.as_ref().filter(|to| range(to).is_some_and(|(_, end)| earliest > end));
    let begin = phase.from.as_ref().filter(|from| range(from).is_some_and(|(begin, _)| latest < begin));
    let message = match (begin, end) {
        (Some(begin), None) => {
            format!("`{}` is due {due}, before its phase `{}` begins on {begin}", step.id, phase.title)
        }
        (None, Some(end)) => {
            format!("`{}` is due {due}, after its phase `{}` has ended on {end}", step.id, phase.title)
        }
        // A window that ends before it begins has no inside.
        _ => return,
    };
    let holds = |other: &&Phase| {
        let bounds = |offset: &Option<Offset>| offset.as_ref().and_then(range);
        bounds(&other.from).zip(bounds(&other.to)).is_some_and(|((from, _), (_, to))| from <= earliest && latest <= to)
    };
    let help = match template.phases.iter().find(holds) {
        Some(other) => format!("Change the day, or move the step to `{}`, where that day lies.", other.title),
        None => "Change the day, or the phase's `from` and `to`.".to_owned(),
    };
    findings.warning("J032", note.due_at, message).help(help);
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::range;
    use crate::{calendar::WorkCalendar, journey::Offset};

    #[test]
    fn the_range_of_calendar_days_holds_for_every_weekday() {
        let calendar = WorkCalendar::default();
        for days in 0..200u32 {
            let (earliest, latest) = range(&Offset::CalendarDays(days)).expect("a range");
            for start in 5..10 {
                let start = date(2026, 1, start);
                let due = start.checked_add(jiff::Span::new().days(i64::from(days))).expect("a date");
                let number = i64::from(calendar.day_number(start, due));
                assert!((earliest..=latest).contains(&number), "{days} days after {start}: {number}");
            }
        }
    }
}
