//! Taking a gesture back, and doing it again: further facts, never an erasure.

use waymark_api::{
    ipc::journey::{Changed, Undo},
    topic::Topic,
};
use waymark_core::{
    event::{Event, Fact},
    id::StepId,
    journey::{Step, Template, inverse, successor},
};

use super::{change::record, load, step::name_of};
use crate::{App, AppError};

/// Takes a gesture back by further facts.
///
/// # Errors
///
/// [`AppError::NothingToUndo`] where nothing of it stands any more.
pub async fn undo(app: &App, request: Undo) -> Result<Changed, AppError> {
    let db = app.db().await?;
    let events = db.events().for_action(request.action).await?;
    let first = events.first().ok_or(AppError::NothingToUndo)?;
    let undos = db.events().undos(first.fact.journey()).await?;
    let mut loaded = load(app, first.fact.journey()).await?;
    let mut facts = Vec::new();
    // Last in, first out: what a gesture ended before it began is restored after it.
    for event in events.iter().rev() {
        let event = successor(event, &loaded.events, &undos);
        if let Some(fact) = inverse(event, &loaded.history) {
            // Later inverses must see what this one does.
            let id = app.new_event();
            loaded.history.apply(&Event { id, action: request.action, time: event.time, fact: fact.clone() });
            facts.push(fact);
        }
    }
    let about_list =
        facts.iter().any(|fact| matches!(fact, Fact::JourneyWithdrawn { .. } | Fact::JourneyRestored { .. }));
    let steps: Vec<&StepId> = events.iter().filter_map(|event| event.fact.step()).collect();
    let title = match whole(&loaded.template, &steps) {
        Some(step) => name_of(&loaded, step).title,
        None => loaded.values.plain(&loaded.template.title),
    };
    let message = facts.first().map(|fact| format!("{}: {title}", effect(fact))).unwrap_or_default();
    let changed = record(app, &loaded, facts, Some(request.action), message).await?;
    if about_list {
        app.publish(Topic::Journeys);
    }
    Ok(changed)
}

/// What is so now: "undone" would not say which way a step went.
fn effect(fact: &Fact) -> &'static str {
    match fact {
        Fact::JourneyAssigned { .. } | Fact::JourneyRestored { .. } => "Back on your list",
        Fact::JourneyWithdrawn { .. } => "Off your list",
        Fact::StartMoved { .. } => "Day 1 moved back",
        Fact::StepCompleted { .. } => "Done again",
        Fact::StepReopened { .. } => "Open again",
        Fact::StepBlocked { .. } => "Blocked again",
        Fact::StepUnblocked { .. } => "No longer blocked",
        Fact::StepWaived { .. } => "Skipped again",
        Fact::WaiverLifted { .. } => "Back on the list",
        Fact::StepVerified { .. } => "Confirmed",
        Fact::MilestoneReached { .. } => "Milestone reached",
        Fact::MilestoneRevoked { .. } => "Milestone taken back",
    }
}

/// The step that a gesture was about: the smallest one that all of its facts belong to.
fn whole<'a>(template: &'a Template, steps: &[&'a StepId]) -> Option<&'a StepId> {
    fn smallest<'a>(step: &'a Step, steps: &[&StepId]) -> Option<&'a StepId> {
        let holds = steps.iter().all(|wanted| step.self_and_below().any(|part| part.id == **wanted));
        holds.then(|| step.children.iter().find_map(|part| smallest(part, steps)).unwrap_or(&step.id))
    }
    let first = steps.first()?;
    let mut top = template.phases.iter().flat_map(|phase| &phase.steps);
    top.find_map(|step| smallest(step, steps)).or(Some(first))
}
