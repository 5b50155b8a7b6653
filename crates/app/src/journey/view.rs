//! One journey as the checklist shows it.

use jiff::civil::Date;
use waymark_api::ipc::journey::{
    Due, DueMark, JourneyView, MilestoneItem, OpenJourney, PhaseView, StepItem, StepRef, StepStatus,
};
use waymark_core::{
    event::Evidence,
    id::StepId,
    journey::{Phase, ResolvedPhase, ResolvedStep, Step, StepState},
};

use super::{Loaded, load};
use crate::{App, AppError};

/// Opens a journey.
///
/// # Errors
///
/// Where the journey is not on this device or the library cannot be read.
pub async fn open(app: &App, request: OpenJourney) -> Result<JourneyView, AppError> {
    let loaded = load(app, request.journey).await?;
    let items = Items::of(app, &loaded);
    let reader = app.reader(loaded.pack, &loaded.template.path).await?;
    let template = &loaded.template;
    let phases: Vec<PhaseView> = template
        .phases
        .iter()
        .zip(&loaded.resolved.phases)
        .map(|(phase, resolved)| items.phase(phase, resolved, reader.html(&loaded.values.markdown(&phase.intro))))
        .collect();
    let counts = items.counts(&phases);
    Ok(JourneyView {
        id: loaded.id,
        title: loaded.values.plain(&template.title),
        intro_html: reader.html(&loaded.values.markdown(&template.intro)),
        start: loaded.start,
        day: loaded.calendar.day_number(loaded.start, app.today()),
        progress: loaded.resolved.progress,
        open: counts.open,
        blocked: counts.blocked,
        suggested: items.candidates().first().map(|(step, _)| step.id.clone()),
        phases,
    })
}

/// Turns resolved steps into what lists show.
pub(crate) struct Items<'a> {
    app: &'a App,
    loaded: &'a Loaded,
    today: Date,
}

/// How many steps of the person are open and how many of anybody are blocked.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) open: u32,
    pub(crate) blocked: u32,
}

impl<'a> Items<'a> {
    pub(crate) fn of(app: &'a App, loaded: &'a Loaded) -> Self {
        Self { app, loaded, today: app.today() }
    }

    fn phase(&self, phase: &Phase, resolved: &ResolvedPhase, intro_html: String) -> PhaseView {
        let within =
            resolved.from.is_none_or(|from| from <= self.today) && resolved.to.is_none_or(|to| self.today <= to);
        PhaseView {
            id: phase.id.clone(),
            title: self.loaded.values.plain(&phase.title),
            goal: phase.goal.as_deref().map(|goal| self.loaded.values.plain(goal)),
            intro_html,
            from: resolved.from,
            to: resolved.to,
            progress: resolved.progress,
            current: within && (resolved.from.is_some() || resolved.to.is_some()),
            steps: self.list(&phase.steps, &resolved.steps),
            milestones: self.milestones(phase),
        }
    }

    fn list(&self, steps: &[Step], resolved: &[ResolvedStep]) -> Vec<StepItem> {
        steps.iter().zip(resolved).filter_map(|(step, resolved)| self.item(step, resolved)).collect()
    }

    /// A step as lists show it; `None` where it is hidden.
    pub(crate) fn item(&self, step: &Step, resolved: &ResolvedStep) -> Option<StepItem> {
        let status = self.status(&resolved.state)?;
        Some(StepItem {
            id: step.id.clone(),
            title: self.loaded.values.plain(&step.title),
            group: step.group.clone(),
            role: step.role,
            required: step.required,
            due: resolved.due.map(|date| Due { date, mark: self.mark(date, &status) }),
            status,
            estimate_minutes: step.estimate_minutes,
            parts: resolved.parts,
            children: self.list(&step.children, &resolved.children),
        })
    }

    fn status(&self, state: &StepState) -> Option<StepStatus> {
        Some(match state {
            StepState::Hidden => return None,
            StepState::Locked { by } => StepStatus::Locked { by: by.iter().map(|id| self.name(id)).collect() },
            StepState::Open => StepStatus::Open,
            StepState::Started => StepStatus::Started,
            StepState::Blocked { at, reason, note, .. } => {
                StepStatus::Blocked { since: self.app.local(*at), reason: *reason, note: note.clone() }
            }
            StepState::Done { at, evidence, .. } => {
                StepStatus::Done { at: at.map(|at| self.app.local(at)), evidence: *evidence }
            }
            StepState::Waived { reason, .. } => StepStatus::Waived { reason: reason.clone() },
            StepState::NotApplicable => StepStatus::NotApplicable,
        })
    }

    /// A step by name.
    pub(crate) fn name(&self, id: &StepId) -> StepRef {
        let title = self.loaded.template.step(id).map_or(id.as_str(), |step| step.title.as_str());
        StepRef { id: id.clone(), title: self.loaded.values.plain(title) }
    }

    fn mark(&self, due: Date, status: &StepStatus) -> DueMark {
        if !status.is_open() {
            return DueMark::None;
        }
        let calendar = &self.loaded.calendar;
        if due < self.today {
            return DueMark::Overdue(calendar.working_days_between(due, self.today).max(1));
        }
        if due == self.today {
            return DueMark::Today;
        }
        match calendar.working_days_between(self.today, due) {
            days @ 1..=2 => DueMark::Soon(days),
            _ => DueMark::None,
        }
    }

    /// Milestones that the phase's steps reach; each stands after its step.
    fn milestones(&self, phase: &Phase) -> Vec<MilestoneItem> {
        let template = &self.loaded.template;
        let last_phase = template.phases.last().is_some_and(|last| last.id == phase.id);
        template
            .milestones
            .iter()
            .zip(&self.loaded.resolved.milestones)
            .filter_map(|(milestone, resolved)| {
                let reaches =
                    |step: &&Step| step.self_and_below().any(|part| part.milestone.as_ref() == Some(&milestone.id));
                let after = phase.steps.iter().find(reaches).map(|step| step.id.clone());
                let nowhere = !template.phases.iter().flat_map(|phase| &phase.steps).any(|step| reaches(&step));
                (after.is_some() || (nowhere && last_phase)).then(|| MilestoneItem {
                    id: milestone.id.clone(),
                    title: milestone.title.clone(),
                    reached: resolved.reached.map(|at| self.app.local(at)),
                    target: resolved.target,
                    after,
                })
            })
            .collect()
    }

    /// Counts the person's open steps (parts count as one with their step) and all blocked ones.
    pub(crate) fn counts(&self, phases: &[PhaseView]) -> Counts {
        fn blocked(steps: &[StepItem]) -> u32 {
            steps
                .iter()
                .map(|step| u32::from(matches!(step.status, StepStatus::Blocked { .. })) + blocked(&step.children))
                .sum()
        }
        let steps = || phases.iter().flat_map(|phase| &phase.steps);
        Counts {
            open: steps().filter(|step| step.role.is_hire() && step.required && step.status.is_open()).count() as u32,
            blocked: phases.iter().map(|phase| blocked(&phase.steps)).sum(),
        }
    }

    /// All steps as lists show them, phase by phase, without rendering any text.
    pub(crate) fn phases(&self) -> Vec<PhaseView> {
        let template = &self.loaded.template;
        template
            .phases
            .iter()
            .zip(&self.loaded.resolved.phases)
            .map(|(phase, resolved)| self.phase(phase, resolved, String::new()))
            .collect()
    }

    /// Top-level steps that the person can go on with, best first: overdue, then by due day, required
    /// before optional, then in the order of the file.
    pub(crate) fn candidates(&self) -> Vec<(StepItem, String)> {
        let mut open: Vec<(StepItem, String)> = self
            .phases()
            .into_iter()
            .flat_map(|phase| phase.steps.into_iter().map(move |step| (step, phase.title.clone())))
            .filter(|(step, _)| step.role.is_hire() && matches!(step.status, StepStatus::Open | StepStatus::Started))
            .collect();
        open.sort_by_key(|(step, _)| {
            let due = step.due.map_or(Date::MAX, |due| due.date);
            (!step.required, due)
        });
        open
    }
}

/// A completion's support in words, for the history.
pub(crate) fn evidence_in_words(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Attested => "Marked as done",
        Evidence::Observed => "Done, seen by this device",
        Evidence::Confirmed => "Done, confirmed",
    }
}
