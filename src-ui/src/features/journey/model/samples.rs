//! Small journeys for this feature's tests.

use jiff::civil::{Date, date};
use waymark_api::ipc::journey::{JourneyView, MilestoneItem, PhaseView, StepItem, StepStatus};
use waymark_core::{
    event::Evidence,
    id::JourneyId,
    journey::{Progress, Role},
};

/// A day of January 2026; the 21st is a Wednesday.
pub(crate) fn day(day: i8) -> Date {
    date(2026, 1, day)
}

/// A required, open step of the person, titled as its id.
pub(crate) fn step(id: &str) -> StepItem {
    StepItem {
        id: id.into(),
        title: id.to_owned(),
        group: None,
        role: Role::Hire,
        required: true,
        status: StepStatus::Open,
        due: None,
        estimate_minutes: None,
        parts: None,
        children: Vec::new(),
    }
}

/// A step that is done.
pub(crate) fn done(id: &str) -> StepItem {
    StepItem { status: StepStatus::Done { at: None, evidence: Evidence::Attested }, ..step(id) }
}

/// A step with parts.
pub(crate) fn parent(id: &str, children: Vec<StepItem>) -> StepItem {
    let parts = count(&children);
    StepItem { parts: Some(parts), children, ..step(id) }
}

/// A phase titled as its id.
pub(crate) fn phase(id: &str, steps: Vec<StepItem>) -> PhaseView {
    PhaseView {
        id: id.into(),
        title: id.to_owned(),
        goal: None,
        intro_html: String::new(),
        from: None,
        to: None,
        progress: count(&steps),
        current: false,
        steps,
        milestones: Vec::new(),
    }
}

/// A milestone after a step.
pub(crate) fn milestone(id: &str, after: Option<&str>) -> MilestoneItem {
    MilestoneItem { id: id.into(), title: id.to_owned(), reached: None, target: None, after: after.map(Into::into) }
}

/// A journey of these phases.
pub(crate) fn journey(phases: Vec<PhaseView>) -> JourneyView {
    let progress = phases.iter().fold(Progress::default(), |sum, phase| Progress {
        done: sum.done + phase.progress.done,
        total: sum.total + phase.progress.total,
    });
    JourneyView {
        id: id(),
        title: "Backend onboarding".to_owned(),
        intro_html: String::new(),
        start: day(19),
        day: 3,
        progress,
        open: progress.total - progress.done,
        blocked: 0,
        phases,
        suggested: None,
    }
}

/// The one journey of these tests.
pub(crate) fn id() -> JourneyId {
    "0192f0c1-2345-7abc-8def-0123456789ab".parse().expect("a valid UUID")
}

fn count(steps: &[StepItem]) -> Progress {
    let required = || steps.iter().filter(|step| step.required);
    Progress { done: required().filter(|step| step.status.is_done()).count() as u32, total: required().count() as u32 }
}
