//! Words for roles, due days, counts and blocks. Every mark is a word, never a colour alone.

use jiff::civil::Date;
use waymark_api::ipc::journey::{DocLink, Due, DueMark, StepItem, StepRef, StepStatus, StepView};
use waymark_core::{
    event::BlockReason,
    journey::{Progress, Role},
};

use crate::kit::dates;

/// The name on a role's badge; the person's own steps carry none.
pub(crate) fn role_badge(role: Role) -> Option<&'static str> {
    match role {
        Role::Hire => None,
        Role::Buddy => Some("Buddy"),
        Role::Manager => Some("Manager"),
        Role::It => Some("IT"),
        Role::Owner => Some("Owner"),
    }
}

/// A due day as far as it must catch the eye in a list: late, today or nothing.
pub(crate) fn due_alarm(due: Option<Due>) -> Option<String> {
    match due?.mark {
        DueMark::Overdue(days) => Some(format!("{} late", count(days, "day", "days"))),
        DueMark::Today => Some("Due today".to_owned()),
        DueMark::Soon(_) | DueMark::None => None,
    }
}

/// The same in a word, for a narrow row; [`due_alarm`] has the whole.
pub(crate) fn due_word(due: Option<Due>) -> Option<&'static str> {
    match due?.mark {
        DueMark::Overdue(_) => Some("Late"),
        DueMark::Today => Some("Due"),
        DueMark::Soon(_) | DueMark::None => None,
    }
}

/// Pages of a step that none of its parts names, so that no page stands there twice.
pub(crate) fn own_docs(view: &StepView) -> Vec<DocLink> {
    let named = |doc: &DocLink| view.parts.iter().any(|part| part.docs.contains(doc));
    view.docs.iter().filter(|doc| !named(doc)).cloned().collect()
}

/// A due day in full, for the facts below a title.
pub(crate) fn due_sentence(due: Due) -> String {
    let day = dates::day(due.date);
    match due.mark {
        DueMark::Overdue(days) => format!("{} late · {day}", count(days, "working day", "working days")),
        DueMark::Today => "Due today".to_owned(),
        DueMark::Soon(days) => format!("Due in {} · {day}", count(days, "working day", "working days")),
        DueMark::None => format!("Due {day}"),
    }
}

/// The quiet words at the end of a row: "optional", "Due Thu", "15 min".
pub(crate) fn row_meta(item: &StepItem) -> Option<String> {
    if matches!(item.status, StepStatus::Waived { .. }) {
        return Some("Skipped".to_owned());
    }
    if item.status == StepStatus::NotApplicable {
        return Some("Not needed".to_owned());
    }
    if item.status.is_done() {
        return None;
    }
    if !item.required {
        return Some("optional".to_owned());
    }
    match item.due {
        Some(Due { date, mark: DueMark::Soon(_) }) => Some(format!("Due {}", dates::weekday(date))),
        _ => item.estimate_minutes.map(dates::minutes),
    }
}

/// What a locked step waits for: "after Set up the VPN and 2 more".
pub(crate) fn after(by: &[StepRef]) -> String {
    match by {
        [] => "after another step".to_owned(),
        [one] => format!("after {}", one.title),
        [one, other] => format!("after {} and {}", one.title, other.title),
        [one, rest @ ..] => format!("after {} and {} more", one.title, rest.len()),
    }
}

/// When a milestone was reached, or should be.
pub(crate) fn milestone_when(reached: Option<Date>, target: Option<Date>) -> Option<String> {
    match (reached, target) {
        (Some(day), _) => Some(format!("Reached {}", dates::day(day))),
        (None, Some(day)) => Some(format!("by {}", dates::day(day))),
        (None, None) => None,
    }
}

/// The reasons of a block in the order of the dialog.
pub(crate) const BLOCK_REASONS: [BlockReason; 6] = [
    BlockReason::MissingAccess,
    BlockReason::WaitingForPerson,
    BlockReason::BrokenInstructions,
    BlockReason::Unclear,
    BlockReason::FailingCheck,
    BlockReason::Other,
];

/// A reason of a block as a choice and as the first line of a notice.
pub(crate) fn block_reason(reason: BlockReason) -> &'static str {
    match reason {
        BlockReason::MissingAccess => "I lack an account, a right or a device",
        BlockReason::WaitingForPerson => "I am waiting for somebody",
        BlockReason::BrokenInstructions => "The instructions are wrong or out of date",
        BlockReason::Unclear => "It is not clear what to do",
        BlockReason::FailingCheck => "A check does not pass",
        BlockReason::Other => "Something else",
    }
}

/// The same in a few words, for a row: "missing access".
pub(crate) fn block_reason_short(reason: BlockReason) -> &'static str {
    match reason {
        BlockReason::MissingAccess => "missing access",
        BlockReason::WaitingForPerson => "waiting for somebody",
        BlockReason::BrokenInstructions => "wrong instructions",
        BlockReason::Unclear => "unclear what to do",
        BlockReason::FailingCheck => "a check fails",
        BlockReason::Other => "another reason",
    }
}

/// "7 of 12".
pub(crate) fn of(progress: Progress) -> String {
    format!("{} of {}", progress.done, progress.total)
}

/// "1 step", "3 steps".
pub(crate) fn count(number: u32, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::journey::model::samples::{day, step};

    #[test]
    fn only_late_and_today_catch_the_eye() {
        let due = |mark| Some(Due { date: day(22), mark });
        assert_eq!(due_alarm(due(DueMark::Overdue(1))).as_deref(), Some("1 day late"));
        assert_eq!(due_alarm(due(DueMark::Overdue(3))).as_deref(), Some("3 days late"));
        assert_eq!(due_alarm(due(DueMark::Today)).as_deref(), Some("Due today"));
        assert_eq!(due_alarm(due(DueMark::Soon(1))), None);
        assert_eq!(due_alarm(None), None);
        for mark in [DueMark::Overdue(1), DueMark::Today, DueMark::Soon(1), DueMark::None] {
            assert_eq!(due_word(due(mark)).is_some(), due_alarm(due(mark)).is_some(), "{mark:?}");
        }
    }

    #[test]
    fn a_row_ends_with_one_fact() {
        let mut item = step("vpn");
        item.estimate_minutes = Some(15);
        assert_eq!(row_meta(&item).as_deref(), Some("15 min"));
        item.due = Some(Due { date: day(22), mark: DueMark::Soon(1) });
        assert_eq!(row_meta(&item).as_deref(), Some("Due Thu"), "a near day matters more than the minutes");
        item.required = false;
        assert_eq!(row_meta(&item).as_deref(), Some("optional"));
        item.status = StepStatus::Waived { reason: "Not my laptop".to_owned() };
        assert_eq!(row_meta(&item).as_deref(), Some("Skipped"));
    }

    #[test]
    fn a_lock_names_what_it_waits_for() {
        let by = |titles: &[&str]| -> Vec<StepRef> {
            titles.iter().map(|title| StepRef { id: (*title).into(), title: (*title).to_owned() }).collect()
        };
        assert_eq!(after(&by(&["A"])), "after A");
        assert_eq!(after(&by(&["A", "B"])), "after A and B");
        assert_eq!(after(&by(&["A", "B", "C"])), "after A and 2 more");
    }

    #[test]
    fn a_milestone_says_when_it_was_or_should_be() {
        assert_eq!(milestone_when(Some(day(20)), Some(day(22))).as_deref(), Some("Reached Tue 20 Jan"));
        assert_eq!(milestone_when(None, Some(day(22))).as_deref(), Some("by Thu 22 Jan"));
        assert_eq!(milestone_when(None, None), None);
    }
}
