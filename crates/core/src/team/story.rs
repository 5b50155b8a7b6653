//! What happened on each step of one journey, with its times: what both the summary and the person's page
//! are made from.

use std::collections::BTreeMap;

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
};

use crate::{
    calendar::WorkCalendar,
    event::{BlockReason, Event, Evidence, Fact},
    id::{EventId, JourneyId, StepId},
    journey::{History, Need, Phase, Profile, Resolved, ResolvedStep, Role, Step, StepState, Template, resolve},
};

/// One journey as both sides have it: the server from what it took in, the hire's device from its log.
#[derive(Clone, Copy)]
pub struct JourneyFacts<'a> {
    /// The person's run.
    pub journey: JourneyId,
    /// As pinned.
    pub template: &'a Template,
    /// The fold over `events`.
    pub history: &'a History,
    /// Facts in any order; those of other journeys are passed over.
    pub events: &'a [Event],
    /// The person's working days.
    pub calendar: &'a WorkCalendar,
    /// What is known about the person.
    pub profile: &'a Profile,
    /// Day 1 where no fact gives one.
    pub fallback_start: Date,
    /// The time on the person's wall; `core` knows no zones.
    pub local: &'a dyn Fn(Timestamp) -> DateTime,
}

/// What happened on one step.
pub(super) struct Story<'a> {
    pub(super) step: &'a Step,
    pub(super) phase: &'a Phase,
    /// Not a part of another step.
    pub(super) top: bool,
    /// Who performs it: a part without a role of its own is its whole's.
    pub(super) role: Role,
    pub(super) state: StepState,
    pub(super) due: Option<Date>,
    /// Since when somebody could work on it: day 1 or the phase's first day, once everything before it is done.
    pub(super) opened: Option<DateTime>,
    pub(super) done: Option<Done>,
    pub(super) blocks: Vec<BlockSpan>,
}

/// A step that is done.
#[derive(Clone, Copy)]
pub(super) struct Done {
    /// The first completion, also where it was reopened since (`metrics.md`, P5).
    pub(super) first: Timestamp,
    /// The same on the person's wall.
    pub(super) day: DateTime,
    pub(super) evidence: Evidence,
    /// The completion that stands, and since when; `None` where the step follows from its parts.
    pub(super) standing: Option<(EventId, Timestamp)>,
    /// When a second person confirmed it.
    pub(super) confirmed: Option<Timestamp>,
}

/// A block from its beginning to its end.
pub(super) struct BlockSpan {
    pub(super) from: DateTime,
    /// `None` while it stands.
    pub(super) to: Option<DateTime>,
    pub(super) reason: BlockReason,
}

/// A journey told step by step.
pub(super) struct Journey<'a> {
    pub(super) start: Date,
    pub(super) resolved: Resolved,
    /// Parents before parts, without hidden steps.
    pub(super) steps: Vec<Story<'a>>,
}

impl Story<'_> {
    /// Whether it still counts as something to do.
    pub(super) fn is_open(&self) -> bool {
        match self.state {
            StepState::Open | StepState::Started | StepState::Locked { .. } | StepState::Blocked { .. } => true,
            StepState::Done { .. } | StepState::Waived { .. } | StepState::Hidden | StepState::NotApplicable => false,
        }
    }

    /// The completion that waits for a second person, and since when.
    pub(super) fn unconfirmed(&self) -> Option<(Role, EventId, Timestamp)> {
        let role = self.step.confirm_by?;
        let done = self.done.filter(|done| done.evidence != Evidence::Confirmed)?;
        done.standing.map(|(completion, since)| (role, completion, since))
    }

    /// What is measured and what somebody is asked for: steps of the list, and parts that somebody else performs.
    pub(super) fn counts_alone(&self) -> bool {
        self.top || !self.role.is_hire()
    }
}

/// When each thing happened that only a fact's envelope says.
#[derive(Default)]
struct Times<'a> {
    first_completion: BTreeMap<&'a StepId, Timestamp>,
    confirmed: BTreeMap<EventId, Timestamp>,
    unblocked: BTreeMap<EventId, Timestamp>,
    waived: BTreeMap<EventId, Timestamp>,
    blocks: BTreeMap<&'a StepId, Vec<&'a Event>>,
    assigned: Option<Timestamp>,
}

impl<'a> Times<'a> {
    fn of(journey: JourneyId, events: &'a [Event]) -> Self {
        let mut times = Self::default();
        let earliest = |known: &mut Timestamp, at: Timestamp| *known = at.min(*known);
        for event in events.iter().filter(|event| event.fact.journey() == journey) {
            let at = event.time;
            match &event.fact {
                Fact::StepCompleted { step, .. } => earliest(times.first_completion.entry(step).or_insert(at), at),
                Fact::StepVerified { completion, .. } => earliest(times.confirmed.entry(*completion).or_insert(at), at),
                Fact::StepUnblocked { block, .. } => earliest(times.unblocked.entry(*block).or_insert(at), at),
                Fact::StepWaived { .. } => earliest(times.waived.entry(event.id).or_insert(at), at),
                Fact::StepBlocked { step, .. } => times.blocks.entry(step).or_default().push(event),
                Fact::JourneyAssigned { .. } => earliest(times.assigned.get_or_insert(at), at),
                Fact::JourneyWithdrawn { .. }
                | Fact::JourneyRestored { .. }
                | Fact::StartMoved { .. }
                | Fact::StepReopened { .. }
                | Fact::WaiverLifted { .. }
                | Fact::MilestoneReached { .. }
                | Fact::MilestoneRevoked { .. } => {}
            }
        }
        times
    }
}

impl<'a> Journey<'a> {
    /// Tells the journey.
    pub(super) fn of(facts: &JourneyFacts<'a>) -> Self {
        let local_day = |at| (facts.local)(at).date();
        let resolved =
            resolve(facts.template, facts.history, facts.calendar, facts.profile, facts.fallback_start, &local_day);
        let start = facts.history.start().unwrap_or(facts.fallback_start);
        let times = Times::of(facts.journey, facts.events);
        let assigned = times.assigned.map_or(DateTime::MIN, facts.local);
        let mut teller = Teller { facts, times, ready: BTreeMap::new(), steps: Vec::new(), base: DateTime::MIN };
        for (phase, seen) in facts.template.phases.iter().zip(&resolved.phases) {
            teller.base = seen.from.unwrap_or(start).to_datetime(Time::midnight()).max(assigned);
            for (step, seen) in phase.steps.iter().zip(&seen.steps) {
                teller.tell(phase, step, seen, None);
            }
        }
        teller.open();
        Self { start, steps: teller.steps.into_iter().map(|(story, _)| story).collect(), resolved }
    }

    /// When everything required was done; `None` while something is left, or where nothing is required.
    pub(super) fn finished(&self) -> Option<DateTime> {
        let progress = self.resolved.progress;
        if progress.total == 0 || !progress.complete() {
            return None;
        }
        let required = self.steps.iter().filter(|story| story.top && story.step.required);
        required.filter_map(|story| story.done).map(|done| done.day).max()
    }
}

struct Teller<'t, 'a> {
    facts: &'t JourneyFacts<'a>,
    times: Times<'a>,
    /// When a step stopped being in the way of others.
    ready: BTreeMap<&'a StepId, DateTime>,
    /// Each story with the first moment of its phase.
    steps: Vec<(Story<'a>, DateTime)>,
    base: DateTime,
}

impl<'a> Teller<'_, 'a> {
    /// Adds a step and its parts; says when it was first done.
    fn tell(
        &mut self,
        phase: &'a Phase,
        step: &'a Step,
        seen: &ResolvedStep,
        whole: Option<Role>,
    ) -> Option<Timestamp> {
        if seen.state == StepState::Hidden {
            step.self_and_below().for_each(|hidden| {
                self.ready.insert(&hidden.id, DateTime::MIN);
            });
            return None;
        }
        let role = if step.role.is_hire() { whole.unwrap_or(step.role) } else { step.role };
        let place = self.steps.len();
        let story = Story {
            step,
            phase,
            top: whole.is_none(),
            role,
            state: seen.state.clone(),
            due: seen.due,
            opened: None,
            done: None,
            blocks: Vec::new(),
        };
        self.steps.push((story, self.base));
        let mut of_parts: Option<Timestamp> = None;
        let all_optional = seen.parts.is_some_and(|parts| parts.total == 0);
        for (part, seen) in step.children.iter().zip(&seen.children) {
            let done = self.tell(phase, part, seen, Some(role));
            of_parts = of_parts.max(done.filter(|_| part.required || all_optional));
        }
        let done = self.done(step, &seen.state, of_parts);
        let ended = done.map(|done| done.day).or_else(|| match &seen.state {
            StepState::Waived { waiver, .. } => self.times.waived.get(waiver).map(|at| (self.facts.local)(*at)),
            _ => None,
        });
        if let Some(at) = ended {
            self.ready.insert(&step.id, at);
        }
        let blocks = self.blocks(step, ended);
        let story = &mut self.steps[place].0;
        story.done = done;
        story.blocks = blocks;
        done.map(|done| done.first)
    }

    fn done(&self, step: &Step, state: &StepState, of_parts: Option<Timestamp>) -> Option<Done> {
        let StepState::Done { completion, at, evidence } = *state else { return None };
        let at = at?;
        let first = match completion {
            Some(_) => self.times.first_completion.get(&step.id).copied(),
            None => of_parts,
        };
        let first = first.map_or(at, |first| first.min(at));
        Some(Done {
            first,
            day: (self.facts.local)(first),
            evidence,
            standing: completion.map(|completion| (completion, at)),
            confirmed: completion.and_then(|completion| self.times.confirmed.get(&completion).copied()),
        })
    }

    /// Blocks in order. One that nobody ended is over when its step is.
    fn blocks(&self, step: &Step, ended: Option<DateTime>) -> Vec<BlockSpan> {
        let all = self.times.blocks.get(&step.id).into_iter().flatten();
        let mut spans: Vec<BlockSpan> = all
            .filter_map(|event| {
                let Fact::StepBlocked { reason, .. } = &event.fact else { return None };
                let from = (self.facts.local)(event.time);
                let unblocked = self.times.unblocked.get(&event.id).map(|at| (self.facts.local)(*at));
                let to = [unblocked, ended].into_iter().flatten().min().map(|to| to.max(from));
                Some(BlockSpan { from, to, reason: *reason })
            })
            .collect();
        spans.sort_by_key(|span| span.from);
        spans
    }

    /// Says since when each step was open, now that every step's end is known.
    fn open(&mut self) {
        // A part opens with its whole, which stands before it.
        let mut opened: BTreeMap<&StepId, DateTime> = BTreeMap::new();
        let ready = &self.ready;
        for (story, base) in &mut self.steps {
            let mut needs = story.step.needs.iter().map(|need| after(need, ready, self.facts.template));
            let free = needs.try_fold(*base, |latest, at| at.map(|at| at.max(latest)));
            let whole = opened.get(&story.step.id).copied();
            let free = free.map(|at| whole.map_or(at, |whole| whole.max(at)));
            // What somebody did says that it could be done, whatever the plan said.
            let signs = story.done.map(|done| done.day).into_iter().chain(story.blocks.first().map(|block| block.from));
            story.opened = free.into_iter().chain(signs).min();
            if let Some(at) = story.opened {
                for part in &story.step.children {
                    opened.insert(&part.id, at);
                }
            }
        }
    }
}

/// When a prerequisite was fulfilled; `None` while it is not. One that names no step is in nobody's way.
fn after(need: &Need, ready: &BTreeMap<&StepId, DateTime>, template: &Template) -> Option<DateTime> {
    match need {
        Need::Step(id) => match ready.get(id) {
            Some(at) => Some(*at),
            None => template.step(id).is_none().then_some(DateTime::MIN),
        },
        Need::All(all) => {
            all.iter().try_fold(DateTime::MIN, |latest, one| Some(after(one, ready, template)?.max(latest)))
        }
        Need::Any(any) => any.iter().filter_map(|one| after(one, ready, template)).min(),
    }
}
