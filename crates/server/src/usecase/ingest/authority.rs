//! Which facts a device may record. Pure: what the database knows comes in.

use waymark_api::http::events::Refusal;
use waymark_core::{
    event::{Evidence, Fact},
    id::{MilestoneId, PersonId},
};

use crate::usecase::project::{KnownTemplate, Run};

/// Why a device of `person` may not record `fact`, or that it may. `run` is the fact's journey where there is one.
pub(crate) fn refusal(fact: &Fact, person: PersonId, run: Option<&Run>) -> Option<Refusal> {
    if is_for_others(fact) {
        return Some(Refusal::NotYours);
    }
    // Whether an assignment's template was published is asked where the journey is opened.
    let Some(run) = run else { return Some(Refusal::NotYourJourney) };
    if run.row.person != person {
        return Some(Refusal::NotYourJourney);
    }
    let unknown = match fact {
        Fact::MilestoneReached { milestone, .. } | Fact::MilestoneRevoked { milestone, .. } => {
            !has_milestone(&run.template, milestone)
        }
        _ => fact.step().is_some_and(|step| !run.template.steps.contains(step)),
    };
    unknown.then_some(Refusal::UnknownStep)
}

/// Facts that need a second person or a system of record. What a device says is attested or observed.
fn is_for_others(fact: &Fact) -> bool {
    match fact {
        Fact::StepVerified { .. } | Fact::MilestoneRevoked { .. } => true,
        Fact::MilestoneReached { evidence, .. } | Fact::StepCompleted { evidence, .. } => {
            *evidence == Evidence::Confirmed
        }
        Fact::JourneyAssigned { .. }
        | Fact::JourneyWithdrawn { .. }
        | Fact::JourneyRestored { .. }
        | Fact::StartMoved { .. }
        | Fact::StepReopened { .. }
        | Fact::StepBlocked { .. }
        | Fact::StepUnblocked { .. }
        | Fact::StepWaived { .. }
        | Fact::WaiverLifted { .. } => false,
    }
}

fn has_milestone(template: &KnownTemplate, milestone: &MilestoneId) -> bool {
    template.milestones.contains(milestone)
}
