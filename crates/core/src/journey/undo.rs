//! Undo: a further fact, never an erasure.

use std::mem::discriminant;

use super::History;
use crate::{
    event::{Event, Fact},
    id::ActionId,
};

/// The fact in which `event` lives on. Somebody ended it, and took the ending back: that made a new fact
/// of the same kind, and taking the old gesture back has to end the new one. `undos` are pairs of a
/// gesture and the gesture that it took back.
pub fn successor<'a>(event: &'a Event, events: &'a [Event], undos: &[(ActionId, ActionId)]) -> &'a Event {
    let mut current = event;
    // Each turn goes to a later fact, so there are no more turns than facts.
    for _ in events {
        let next = events.iter().filter(|ending| ending.fact.ends() == Some(current.id)).find_map(|ending| {
            let (restoring, _) = undos.iter().find(|(_, undone)| *undone == ending.action)?;
            events.iter().find(|event| {
                event.action == *restoring
                    && event.fact.step() == current.fact.step()
                    && discriminant(&event.fact) == discriminant(&current.fact)
            })
        });
        let Some(next) = next else { break };
        current = next;
    }
    current
}

/// The fact that takes `event` back in a journey with this history, or `None` where nothing has to
/// happen any more: somebody already reopened the step, or did it again.
///
/// The inverse of an inverse restores what was there, so redo is the undo of an undo.
pub fn inverse(event: &Event, history: &History) -> Option<Fact> {
    let journey = event.fact.journey();
    match &event.fact {
        // Nothing is un-assigned: the journey leaves the list and everything in it stays.
        Fact::JourneyAssigned { .. } | Fact::JourneyRestored { .. } => {
            history.withdrawal().is_none().then_some(Fact::JourneyWithdrawn { journey })
        }
        Fact::JourneyWithdrawn { .. } => {
            (history.withdrawal() == Some(event.id)).then_some(Fact::JourneyRestored { journey, withdrawal: event.id })
        }
        Fact::StartMoved { .. } => history.start_before(event.id).map(|start| Fact::StartMoved { journey, start }),
        Fact::StepCompleted { step, .. } => history
            .standing_completions(step)
            .any(|completion| completion.event == event.id)
            .then(|| Fact::StepReopened { journey, step: step.clone(), completion: event.id, note: String::new() }),
        Fact::StepReopened { step, completion, .. } => {
            let before = history.recorded_completion(step, *completion)?;
            history.completion(step).is_none().then(|| Fact::StepCompleted {
                journey,
                step: step.clone(),
                evidence: before.evidence,
            })
        }
        // What a second person or a system of record said is theirs to take back.
        Fact::StepVerified { .. } | Fact::MilestoneReached { .. } | Fact::MilestoneRevoked { .. } => None,
        Fact::StepBlocked { step, .. } => (history.block(step)?.event == event.id).then(|| Fact::StepUnblocked {
            journey,
            step: step.clone(),
            block: event.id,
        }),
        Fact::StepUnblocked { step, block, .. } => {
            let before = history.recorded_block(step, *block)?;
            history.block(step).is_none().then(|| Fact::StepBlocked {
                journey,
                step: step.clone(),
                reason: before.reason,
                note: before.note.clone(),
            })
        }
        Fact::StepWaived { step, .. } => (history.waiver(step)?.event == event.id).then(|| Fact::WaiverLifted {
            journey,
            step: step.clone(),
            waiver: event.id,
        }),
        Fact::WaiverLifted { step, waiver, .. } => {
            let before = history.recorded_waiver(step, *waiver)?;
            history.waiver(step).is_none().then(|| Fact::StepWaived {
                journey,
                step: step.clone(),
                reason: before.reason.clone(),
            })
        }
    }
}
