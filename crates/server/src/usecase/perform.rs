//! What a manager or a buddy does themselves for somebody: a step of the journey that is theirs, and taking it back.

use waymark_api::http::{
    journeys::{CompleteOwn, Recorded, ReopenOwn},
    problem::ProblemKind,
};
use waymark_core::{
    event::{Evidence, Fact},
    id::{JourneyId, StepId},
    journey::{Role, StepState},
};

use super::manage::{Open, Right, conflict};
use crate::{auth::Caller, error::ApiError, state::State, store::event};

/// Completes a step that the manager or the buddy performs; completing it again changes nothing.
///
/// # Errors
/// [`ProblemKind::NotFound`] for a journey that is not the caller's to see, [`ProblemKind::Forbidden`] for a step that
/// somebody else performs, [`ProblemKind::Conflict`] where something else comes first or it was waived.
pub(crate) async fn complete(
    state: &State,
    caller: &Caller,
    journey: JourneyId,
    wish: CompleteOwn,
) -> Result<Recorded, ApiError> {
    let open = Open::journey(state, caller, journey, Right::Perform(&wish.step)).await?;
    theirs(&open, &wish.step)?;
    let resolved = open.run.resolved(&open.hire);
    let found = resolved.steps().into_iter().find(|step| step.id == wish.step).ok_or_else(ApiError::not_found)?;
    let mut facts = Vec::new();
    match &found.state {
        StepState::Done { .. } => return Ok(Recorded { events: Vec::new() }),
        StepState::Open | StepState::Started => {}
        StepState::Blocked { block, .. } => {
            facts.push(Fact::StepUnblocked { journey, step: wish.step.clone(), block: *block });
        }
        StepState::Locked { .. } => return Err(conflict("Other steps come first; look at the page again.")),
        StepState::Waived { .. } => return Err(conflict("The step was waived; it does not apply any more.")),
        StepState::Hidden | StepState::NotApplicable => return Err(ApiError::not_found()),
    }
    facts.push(Fact::StepCompleted { journey, step: wish.step, evidence: Evidence::Attested });
    open.take(facts, "step.completed").await
}

/// Takes back a completion that the caller recorded. The completion stays in the history.
///
/// # Errors
/// As [`complete`]; [`ProblemKind::Conflict`] where another completion counts by now, or somebody else recorded it.
pub(crate) async fn reopen(
    state: &State,
    caller: &Caller,
    journey: JourneyId,
    wish: ReopenOwn,
) -> Result<Recorded, ApiError> {
    let mut open = Open::journey(state, caller, journey, Right::Perform(&wish.step)).await?;
    theirs(&open, &wish.step)?;
    open.completion(&wish.step, wish.completion)?;
    let actor = event::actor(&mut open.tx, wish.completion).await?;
    if actor.as_deref() != Some(caller.person.to_string().as_str()) {
        return Err(conflict("Somebody else said that it is done; only they can take that back."));
    }
    let note = String::new();
    let fact = Fact::StepReopened { journey, step: wish.step, completion: wish.completion, note };
    open.take(vec![fact], "step.reopened").await
}

/// Refuses steps that the manager and the buddy do not perform, and such as follow from their parts.
fn theirs(open: &Open<'_>, step: &StepId) -> Result<(), ApiError> {
    let has_box = open.step(step)?.has_own_box();
    match open.run.template.template.performer(step) {
        Some(Role::Manager | Role::Buddy) if has_box => Ok(()),
        Some(Role::Manager | Role::Buddy) => {
            Err(ApiError::new(ProblemKind::Forbidden, "This step is done when its parts are; do those."))
        }
        _ => Err(ApiError::new(ProblemKind::Forbidden, "This step is somebody else's to do.")),
    }
}

#[cfg(test)]
mod tests;
