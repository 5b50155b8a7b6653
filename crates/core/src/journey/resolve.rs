//! Template, history, calendar and day in; what to show for every step out.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{DueContext, History, Need, Offset, Phase, Profile, Role, Step, Template};
use crate::{
    calendar::WorkCalendar,
    event::{BlockReason, Evidence},
    id::{EventId, MilestoneId, PhaseId, StepId},
};

/// What a step is, as it follows from the facts (`journeys.md`, section 11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum StepState {
    /// A condition does not hold: the step is not on the list and counts on neither side.
    Hidden,
    /// Something else must be done first.
    Locked {
        /// The steps that are missing.
        by: Vec<StepId>,
    },
    /// It can be done.
    Open,
    /// Some of its parts are done.
    Started,
    /// The person cannot go on.
    Blocked {
        /// The standing block.
        block: EventId,
        /// Since when.
        at: Timestamp,
        /// What is in the way.
        reason: BlockReason,
        /// One sentence, possibly empty.
        note: String,
    },
    /// It is done.
    Done {
        /// The completion that counts; `None` where the state follows from the parts.
        completion: Option<EventId>,
        /// When; of a step with parts, when the last required part was done.
        at: Option<Timestamp>,
        /// What supports it.
        evidence: Evidence,
    },
    /// It does not apply to this person, says the person.
    Waived {
        /// The standing waiver.
        waiver: EventId,
        /// Why.
        reason: String,
    },
    /// Another alternative was taken.
    NotApplicable,
}

/// How far something is, counted in required steps that apply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Progress {
    /// Done.
    pub done: u32,
    /// Done or to do.
    pub total: u32,
}

impl Progress {
    /// Whether nothing is left; an empty list counts as complete.
    pub fn complete(self) -> bool {
        self.done >= self.total
    }

    /// Share in percent, 100 for an empty list.
    pub fn percent(self) -> f64 {
        if self.total == 0 { 100.0 } else { f64::from(self.done) * 100.0 / f64::from(self.total) }
    }
}

/// A step with everything that follows from the facts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResolvedStep {
    /// The step.
    pub id: StepId,
    /// Its state.
    pub state: StepState,
    /// Its due day, where it has one.
    pub due: Option<Date>,
    /// How many of its required parts are done; `None` without parts.
    pub parts: Option<Progress>,
    /// Its parts in order.
    pub children: Vec<ResolvedStep>,
}

/// A phase with everything that follows from the facts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResolvedPhase {
    /// The phase.
    pub id: PhaseId,
    /// First day of its window.
    pub from: Option<Date>,
    /// Last day of its window.
    pub to: Option<Date>,
    /// Its required steps.
    pub progress: Progress,
    /// Its steps in order.
    pub steps: Vec<ResolvedStep>,
}

/// A milestone with everything that follows from the facts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResolvedMilestone {
    /// The milestone.
    pub id: MilestoneId,
    /// When it was reached.
    pub reached: Option<Timestamp>,
    /// When it should be.
    pub target: Option<Date>,
}

/// A journey with everything that follows from the facts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Resolved {
    /// Required top-level steps of all phases.
    pub progress: Progress,
    /// Phases in order.
    pub phases: Vec<ResolvedPhase>,
    /// Milestones in order.
    pub milestones: Vec<ResolvedMilestone>,
}

/// Joins a template with what happened.
///
/// `local_day` turns a fact's time into the person's calendar day; `core` knows no time zones.
/// Only steps that apply and are required count; optional ones never make anybody look behind.
pub fn resolve(
    template: &Template,
    history: &History,
    calendar: &WorkCalendar,
    profile: &Profile,
    fallback_start: Date,
    local_day: &dyn Fn(Timestamp) -> Date,
) -> Resolved {
    let resolver = Resolver {
        steps: template.steps().map(|step| (&step.id, step)).collect(),
        history,
        profile,
        alternatives: taken_alternatives(template, history),
    };
    let states: Vec<Vec<Bare>> = template
        .phases
        .iter()
        .map(|phase| phase.steps.iter().map(|step| resolver.bare(step, false)).collect())
        .collect();

    let mut completed = BTreeMap::new();
    let mut reached = BTreeMap::new();
    for bare in states.iter().flatten() {
        bare.collect(&mut completed, &mut reached);
    }
    // What a forge or a server saw counts beside what a step says; the earlier moment is the one.
    // What it saw before day 1 belongs to another time in the person's life.
    let start = history.start().unwrap_or(fallback_start);
    for (id, _) in history.milestones() {
        let since = history.standing_reached(id).map(|seen| seen.at).filter(|at| local_day(*at) >= start);
        if let Some(at) = since.min() {
            let first = reached.entry(id.clone()).or_insert(at);
            *first = at.min(*first);
        }
    }
    let completed_days = completed.iter().map(|(id, at)| (StepId::clone(id), local_day(*at))).collect();
    let reached_days = reached.iter().map(|(id, at)| (MilestoneId::clone(id), local_day(*at))).collect();
    let context = DueContext { start, calendar, completed: &completed_days, reached: &reached_days };

    let phases: Vec<ResolvedPhase> =
        template.phases.iter().zip(states).map(|(phase, bares)| resolve_phase(phase, bares, &context)).collect();
    Resolved {
        progress: sum(phases.iter().map(|phase| phase.progress)),
        milestones: template
            .milestones
            .iter()
            .map(|milestone| ResolvedMilestone {
                id: milestone.id.clone(),
                reached: reached.get(&milestone.id).copied(),
                target: milestone.target.as_ref().and_then(|offset| context.date(offset)),
            })
            .collect(),
        phases,
    }
}

/// A step's state before due days are known (some of them count from completions).
struct Bare<'a> {
    step: &'a Step,
    state: StepState,
    parts: Option<Progress>,
    children: Vec<Bare<'a>>,
}

struct Resolver<'a> {
    /// All steps by id: a journey may have thousands, each with prerequisites.
    steps: BTreeMap<&'a StepId, &'a Step>,
    history: &'a History,
    profile: &'a Profile,
    /// Groups of alternatives of which one is done, with that one.
    alternatives: BTreeMap<&'a str, &'a StepId>,
}

impl<'a> Resolver<'a> {
    /// `hidden` says that a step above this one is hidden, and with it everything below.
    fn bare(&self, step: &'a Step, hidden: bool) -> Bare<'a> {
        let hidden = hidden || step.when.as_ref().and_then(|when| when.holds(self.profile)) == Some(false);
        let children: Vec<Bare<'a>> = step.children.iter().map(|child| self.bare(child, hidden)).collect();
        let parts = (!children.is_empty()).then(|| sum(children.iter().map(Bare::counts)));
        let state = if hidden { StepState::Hidden } else { self.state(step, &children, parts) };
        Bare { step, state, parts, children }
    }

    fn state(&self, step: &'a Step, children: &[Bare<'a>], parts: Option<Progress>) -> StepState {
        if let Some(done) = self.done(step, children, parts) {
            return done;
        }
        if let Some(waiver) = self.history.waiver(&step.id) {
            return StepState::Waived { waiver: waiver.event, reason: waiver.reason.clone() };
        }
        if let Some(group) = &step.alternatives
            && self.alternatives.get(group.as_str()).is_some_and(|taken| **taken != step.id)
        {
            return StepState::NotApplicable;
        }
        if let Some(block) = self.history.block(&step.id) {
            return StepState::Blocked {
                block: block.event,
                at: block.at,
                reason: block.reason,
                note: block.note.clone(),
            };
        }
        let mut missing = Vec::new();
        for need in &step.needs {
            self.missing(need, &mut missing);
        }
        if !missing.is_empty() {
            return StepState::Locked { by: missing };
        }
        if children.iter().any(|child| matches!(child.state, StepState::Done { .. } | StepState::Started)) {
            StepState::Started
        } else {
            StepState::Open
        }
    }

    /// The state of a step that is done, by its own completion or by its parts'.
    fn done(&self, step: &Step, children: &[Bare<'a>], parts: Option<Progress>) -> Option<StepState> {
        if step.has_own_box() {
            let completion = self.history.completion(&step.id)?;
            return Some(StepState::Done {
                completion: Some(completion.event),
                at: Some(completion.at),
                evidence: if self.history.is_verified(completion.event) {
                    Evidence::Confirmed
                } else {
                    completion.evidence
                },
            });
        }
        // A step whose parts are all optional is done when somebody did one of them.
        let parts = parts?;
        let some = children.iter().any(|child| matches!(child.state, StepState::Done { .. }));
        (parts.complete() && some).then(|| StepState::Done {
            completion: None,
            at: children.iter().filter(|child| child.step.required || parts.total == 0).filter_map(Bare::done_at).max(),
            evidence: Evidence::Attested,
        })
    }

    /// Adds the steps that `need` still misses. A need that names no step of this journey is passed
    /// over: the linter reports it, and a typing error must not lock anybody out.
    fn missing(&self, need: &Need, missing: &mut Vec<StepId>) {
        match need {
            Need::Step(id) => {
                if self.steps.get(id).is_some_and(|step| !self.satisfied(step)) {
                    missing.push(id.clone());
                }
            }
            Need::All(all) => all.iter().for_each(|one| self.missing(one, missing)),
            Need::Any(any) => {
                let mut each = Vec::new();
                for one in any {
                    let mut of_one = Vec::new();
                    self.missing(one, &mut of_one);
                    if of_one.is_empty() {
                        return;
                    }
                    each.append(&mut of_one);
                }
                missing.append(&mut each);
            }
        }
    }

    fn satisfied(&self, step: &Step) -> bool {
        if step.when.as_ref().and_then(|when| when.holds(self.profile)) == Some(false)
            || self.history.waiver(&step.id).is_some()
        {
            return true;
        }
        if step.has_own_box() {
            return self.history.completion(&step.id).is_some();
        }
        step.children.iter().filter(|child| child.required).all(|child| self.satisfied(child))
    }
}

impl Bare<'_> {
    /// What the step adds to its parent's or phase's progress.
    fn counts(&self) -> Progress {
        let applies = !matches!(self.state, StepState::Hidden | StepState::Waived { .. } | StepState::NotApplicable);
        if !self.step.required || !applies {
            return Progress::default();
        }
        Progress { done: u32::from(matches!(self.state, StepState::Done { .. })), total: 1 }
    }

    fn done_at(&self) -> Option<Timestamp> {
        match self.state {
            StepState::Done { at, .. } => at,
            _ => None,
        }
    }

    fn collect(&self, completed: &mut BTreeMap<StepId, Timestamp>, reached: &mut BTreeMap<MilestoneId, Timestamp>) {
        if let Some(at) = self.done_at() {
            completed.insert(self.step.id.clone(), at);
            if let Some(milestone) = &self.step.milestone {
                let first = reached.entry(milestone.clone()).or_insert(at);
                *first = at.min(*first);
            }
        }
        for child in &self.children {
            child.collect(completed, reached);
        }
    }

    fn resolve(self, inherited: Option<&Offset>, context: &DueContext<'_>) -> ResolvedStep {
        let due = self.step.due.as_ref().or(inherited);
        ResolvedStep {
            id: self.step.id.clone(),
            state: self.state,
            due: due.and_then(|offset| context.date(offset)),
            parts: self.parts,
            children: self.children.into_iter().map(|child| child.resolve(due, context)).collect(),
        }
    }
}

fn resolve_phase(phase: &Phase, bares: Vec<Bare<'_>>, context: &DueContext<'_>) -> ResolvedPhase {
    ResolvedPhase {
        id: phase.id.clone(),
        from: phase.from.as_ref().and_then(|offset| context.date(offset)),
        to: phase.to.as_ref().and_then(|offset| context.date(offset)),
        progress: sum(bares.iter().map(Bare::counts)),
        steps: bares.into_iter().map(|bare| bare.resolve(phase.to.as_ref(), context)).collect(),
    }
}

fn taken_alternatives<'a>(template: &'a Template, history: &History) -> BTreeMap<&'a str, &'a StepId> {
    template
        .steps()
        .filter_map(|step| Some((step.alternatives.as_deref()?, &step.id)))
        .filter(|(_, id)| history.completion(id).is_some())
        .collect()
}

fn sum(all: impl Iterator<Item = Progress>) -> Progress {
    all.fold(Progress::default(), |a, b| Progress { done: a.done + b.done, total: a.total + b.total })
}

impl Resolved {
    /// All steps with their sub-steps, parents before children.
    pub fn steps(&self) -> Vec<&ResolvedStep> {
        fn add<'a>(step: &'a ResolvedStep, list: &mut Vec<&'a ResolvedStep>) {
            list.push(step);
            step.children.iter().for_each(|child| add(child, list));
        }
        let mut list = Vec::new();
        self.phases.iter().flat_map(|phase| &phase.steps).for_each(|step| add(step, &mut list));
        list
    }
}

impl Role {
    /// Whether the person whose journey it is performs steps of this role.
    pub fn is_hire(self) -> bool {
        self == Self::Hire
    }
}
