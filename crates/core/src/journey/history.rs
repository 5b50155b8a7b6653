//! The fold over one journey's facts.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    event::{BlockReason, Event, Evidence, Fact},
    id::{EventId, JourneyId, MilestoneId, StepId},
};

/// Everything that happened in one journey. The same facts give the same history in any order of
/// arrival, because whatever ends something names what it ends.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// Day 1 as each fact gave it. The latest counts: `UUIDv7` sorts by creation on one device, and
    /// across devices the order only has to be the same everywhere.
    starts: BTreeMap<EventId, Date>,
    completions: BTreeMap<StepId, BTreeMap<EventId, Completion>>,
    blocks: BTreeMap<StepId, BTreeMap<EventId, Block>>,
    waivers: BTreeMap<StepId, BTreeMap<EventId, Waiver>>,
    /// Completions that a second person confirmed.
    #[serde(default)]
    verified: BTreeSet<EventId>,
    #[serde(default)]
    reached: BTreeMap<MilestoneId, BTreeMap<EventId, Reached>>,
    withdrawals: BTreeSet<EventId>,
    ended: BTreeSet<EventId>,
}

/// Somebody said that a step is done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Completion {
    /// The fact's id.
    pub event: EventId,
    /// When.
    pub at: Timestamp,
    /// What supports it.
    pub evidence: Evidence,
}

/// A milestone that somebody or something saw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reached {
    /// The fact's id.
    pub event: EventId,
    /// When it was reached.
    pub at: Timestamp,
    /// What supports it.
    pub evidence: Evidence,
    /// Where it can be looked up, possibly empty.
    pub reference: String,
}

/// Somebody said that they cannot go on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// The fact's id.
    pub event: EventId,
    /// Since when.
    pub at: Timestamp,
    /// What is in the way.
    pub reason: BlockReason,
    /// One sentence, possibly empty.
    pub note: String,
}

/// Somebody said that a step does not apply.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Waiver {
    /// The fact's id.
    pub event: EventId,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

impl History {
    /// Folds the facts of `journey`; facts of other journeys are passed over.
    pub fn of<'a>(journey: JourneyId, events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut history = Self::default();
        for event in events.into_iter().filter(|event| event.fact.journey() == journey) {
            history.apply(event);
        }
        history
    }

    /// Adds one fact. Adding it twice changes nothing.
    pub fn apply(&mut self, event: &Event) {
        match &event.fact {
            Fact::JourneyAssigned { start, .. } | Fact::StartMoved { start, .. } => {
                self.starts.insert(event.id, *start);
            }
            Fact::JourneyWithdrawn { .. } => {
                self.withdrawals.insert(event.id);
            }
            Fact::StepCompleted { step, evidence, .. } => {
                let completion = Completion { event: event.id, at: event.time, evidence: *evidence };
                self.completions.entry(step.clone()).or_default().insert(event.id, completion);
            }
            Fact::StepBlocked { step, reason, note, .. } => {
                let block = Block { event: event.id, at: event.time, reason: *reason, note: note.clone() };
                self.blocks.entry(step.clone()).or_default().insert(event.id, block);
            }
            Fact::StepWaived { step, reason, .. } => {
                let waiver = Waiver { event: event.id, at: event.time, reason: reason.clone() };
                self.waivers.entry(step.clone()).or_default().insert(event.id, waiver);
            }
            Fact::StepVerified { completion, .. } => {
                self.verified.insert(*completion);
            }
            Fact::MilestoneReached { milestone, at, evidence, reference, .. } => {
                let reached = Reached { event: event.id, at: *at, evidence: *evidence, reference: reference.clone() };
                self.reached.entry(milestone.clone()).or_default().insert(event.id, reached);
            }
            Fact::StepReopened { .. }
            | Fact::MilestoneRevoked { .. }
            | Fact::StepUnblocked { .. }
            | Fact::WaiverLifted { .. }
            | Fact::JourneyRestored { .. } => self.ended.extend(event.fact.ends()),
        }
    }

    /// Day 1, where the journey was assigned.
    pub fn start(&self) -> Option<Date> {
        self.starts.values().next_back().copied()
    }

    /// Day 1 before the fact `event` gave another one.
    pub fn start_before(&self, event: EventId) -> Option<Date> {
        self.starts.range(..event).next_back().map(|(_, date)| *date)
    }

    /// Any completion of `step`, also one that was reopened.
    pub fn recorded_completion(&self, step: &StepId, event: EventId) -> Option<&Completion> {
        self.completions.get(step)?.get(&event)
    }

    /// Any block of `step`, also one that ended.
    pub fn recorded_block(&self, step: &StepId, event: EventId) -> Option<&Block> {
        self.blocks.get(step)?.get(&event)
    }

    /// Any waiver of `step`, also one that was lifted.
    pub fn recorded_waiver(&self, step: &StepId, event: EventId) -> Option<&Waiver> {
        self.waivers.get(step)?.get(&event)
    }

    /// The completion that counts: the first one that was not reopened.
    pub fn completion(&self, step: &StepId) -> Option<&Completion> {
        self.first_standing(self.completions.get(step)?)
    }

    /// The block that stands.
    pub fn block(&self, step: &StepId) -> Option<&Block> {
        self.first_standing(self.blocks.get(step)?)
    }

    /// The waiver that stands.
    pub fn waiver(&self, step: &StepId) -> Option<&Waiver> {
        self.first_standing(self.waivers.get(step)?)
    }

    /// All completions of a step that still count; more than one where two devices ticked it.
    pub fn standing_completions(&self, step: &StepId) -> impl Iterator<Item = &Completion> {
        self.completions
            .get(step)
            .into_iter()
            .flat_map(BTreeMap::values)
            .filter(|completion| !self.ended.contains(&completion.event))
    }

    /// Whether a second person confirmed this completion.
    pub fn is_verified(&self, completion: EventId) -> bool {
        self.verified.contains(&completion)
    }

    /// When a milestone was reached by what stands: the earliest moment, whatever the order of arrival.
    pub fn milestone(&self, milestone: &MilestoneId) -> Option<&Reached> {
        self.standing_reached(milestone).min_by_key(|reached| (reached.at, reached.event))
    }

    /// Everything that stands for a milestone.
    pub fn standing_reached(&self, milestone: &MilestoneId) -> impl Iterator<Item = &Reached> {
        let all = self.reached.get(milestone).into_iter().flat_map(BTreeMap::values);
        all.filter(|reached| !self.ended.contains(&reached.event))
    }

    /// All milestones that facts name, with what stands for them.
    pub fn milestones(&self) -> impl Iterator<Item = (&MilestoneId, &Reached)> {
        self.reached.keys().filter_map(|id| Some((id, self.milestone(id)?)))
    }

    /// The withdrawal that stands.
    pub fn withdrawal(&self) -> Option<EventId> {
        self.withdrawals.difference(&self.ended).next().copied()
    }

    fn first_standing<'a, T>(&self, all: &'a BTreeMap<EventId, T>) -> Option<&'a T> {
        all.iter().find(|(event, _)| !self.ended.contains(event)).map(|(_, value)| value)
    }
}
