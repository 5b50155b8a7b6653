//! What a step's row says at its end.

use waymark_api::ipc::journey::{Due, DueMark, StepStatus};

use crate::kit::StatusKind;

/// What a step's row says at its end: where it stands, or when it is due where that is near.
pub(super) fn standing(status: Option<&StepStatus>, due: Option<Due>) -> Option<(StatusKind, String)> {
    match status? {
        StepStatus::Done { .. } => Some((StatusKind::Done, "Done".into())),
        StepStatus::Blocked { .. } => Some((StatusKind::Blocked, "Blocked".into())),
        StepStatus::Waived { .. } => Some((StatusKind::Skipped, "Skipped".into())),
        StepStatus::NotApplicable => Some((StatusKind::Skipped, "Not needed".into())),
        StepStatus::Locked { .. } => Some((StatusKind::Locked, "Locked".into())),
        StepStatus::Open | StepStatus::Started => near(due).or_else(|| {
            matches!(status, Some(StepStatus::Started)).then(|| (StatusKind::Progress, "In progress".into()))
        }),
    }
}

fn near(due: Option<Due>) -> Option<(StatusKind, String)> {
    let text = match due?.mark {
        DueMark::Overdue(1) => "1 day late".into(),
        DueMark::Overdue(days) => format!("{days} days late"),
        DueMark::Today => "Due today".into(),
        DueMark::Soon(1) => return Some((StatusKind::Todo, "Due tomorrow".into())),
        DueMark::Soon(days) => return Some((StatusKind::Todo, format!("Due in {days} days"))),
        DueMark::None => return None,
    };
    Some((StatusKind::Due, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_says_what_matters_most() {
        let due = |mark| Some(Due { date: jiff::civil::date(2026, 1, 21), mark });
        let said = |status: &StepStatus, mark| standing(Some(status), due(mark)).map(|(_, text)| text);
        assert_eq!(said(&StepStatus::Open, DueMark::Today).as_deref(), Some("Due today"));
        assert_eq!(said(&StepStatus::Open, DueMark::Overdue(3)).as_deref(), Some("3 days late"));
        assert_eq!(said(&StepStatus::Started, DueMark::None).as_deref(), Some("In progress"));
        assert_eq!(said(&StepStatus::Open, DueMark::None), None);
        assert_eq!(said(&StepStatus::Locked { by: Vec::new() }, DueMark::Today).as_deref(), Some("Locked"));
        assert_eq!(standing(None, due(DueMark::Today)), None, "only steps are due");
    }
}
