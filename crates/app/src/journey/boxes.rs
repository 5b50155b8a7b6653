//! Which boxes a tick of a step means, and the facts that tick them.

use waymark_core::{
    event::{Event, Evidence, Fact},
    id::StepId,
    journey::{Step, StepState},
};

use super::Loaded;
use crate::App;

/// The boxes that ticking a step ticks: its own where it has one; else those of its parts that the
/// same role performs, and of these the required ones where there are any.
pub(super) fn boxes(step: &Step) -> Vec<&Step> {
    if step.has_own_box() {
        return vec![step];
    }
    let own: Vec<&Step> = step.self_and_below().filter(|part| part.has_own_box() && part.role == step.role).collect();
    let some_required = own.iter().any(|part| part.required);
    own.into_iter().filter(|part| part.required || !some_required).collect()
}

/// The facts that tick these boxes, and the first box that stays open. Ticking one part may unlock the
/// next, so it goes on until nothing opens any more.
pub(super) fn completions(app: &App, loaded: &Loaded, boxes: &[&Step]) -> (Vec<Fact>, Option<StepId>) {
    let (journey, time, action) = (loaded.id, app.now().timestamp(), app.new_action());
    let (mut history, mut resolved) = (loaded.history.clone(), loaded.resolved.clone());
    let mut facts = Vec::new();
    loop {
        let states = resolved.steps();
        let open = |part: &&&Step| {
            let state = states.iter().find(|step| step.id == part.id).map(|step| &step.state);
            matches!(state, Some(StepState::Open | StepState::Started | StepState::Blocked { .. }))
        };
        let more: Vec<Fact> = boxes
            .iter()
            .filter(open)
            .flat_map(|part| {
                let step = part.id.clone();
                let unblocked = history.block(&step).map(|block| Fact::StepUnblocked {
                    journey,
                    step: step.clone(),
                    block: block.event,
                });
                unblocked.into_iter().chain([Fact::StepCompleted { journey, step, evidence: Evidence::Attested }])
            })
            .collect();
        if more.is_empty() {
            let locked = |part: &&&Step| {
                let state = states.iter().find(|step| step.id == part.id).map(|step| &step.state);
                matches!(state, Some(StepState::Locked { .. }))
            };
            return (facts, boxes.iter().find(locked).map(|part| part.id.clone()));
        }
        for fact in &more {
            history.apply(&Event { id: app.new_event(), action, time, fact: fact.clone() });
        }
        facts.extend(more);
        resolved = loaded.resolve(app, &history);
    }
}
