//! What follows from an assignment or from another day 1: which steps are due when. Pure.

use std::{collections::HashMap, sync::Arc};

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;
use waymark_api::http::journeys::{Plan, PlannedStep};
use waymark_core::{
    event::{Event, Fact},
    id::{ActionId, EventId, JourneyId, StepId},
    journey::{Resolved, StepState},
};

use super::project::{KnownTemplate, Run};
use crate::store::hire::Hire;

/// What would follow if a journey with this template began on `start`.
pub(crate) fn assigned(template: Arc<KnownTemplate>, hire: &Hire, start: Date) -> Plan {
    let run = Run::opened(JourneyId::new(Uuid::nil()), hire.id, template, start);
    let due = steps(&run.resolved(hire));
    let planned = due.into_iter().map(|(step, due)| PlannedStep { title: title(&run, &step), due, before: None });
    Plan {
        journey: None,
        day_one: hire.calendar.first_working_day(start),
        due: by_day(planned.collect()),
        moved: 0,
        recorded: None,
    }
}

/// What would follow if `run` began on `start` instead.
pub(crate) fn moved(run: &Run, hire: &Hire, start: Date, now: Timestamp) -> Plan {
    let before: HashMap<StepId, Date> = steps(&run.resolved(hire)).into_iter().collect();
    let mut after = run.clone();
    let journey = run.row.id;
    // The newest id there is, because the newest start counts.
    let id = Uuid::max();
    let fact = Fact::StartMoved { journey, start };
    after.apply(&Event { id: EventId::new(id), action: ActionId::new(id), time: now, fact });
    let due: Vec<PlannedStep> = steps(&after.resolved(hire))
        .into_iter()
        .map(|(step, due)| PlannedStep { title: title(run, &step), due, before: before.get(&step).copied() })
        .collect();
    let moved = due.iter().filter(|step| step.before != Some(step.due)).count() as u32;
    Plan {
        journey: Some(journey),
        day_one: hire.calendar.first_working_day(start),
        due: by_day(due),
        moved,
        recorded: None,
    }
}

/// Steps that are still to do and have a due day.
fn steps(resolved: &Resolved) -> Vec<(StepId, Date)> {
    let over = |state: &StepState| {
        matches!(
            state,
            StepState::Done { .. } | StepState::Waived { .. } | StepState::Hidden | StepState::NotApplicable
        )
    };
    let top = resolved.phases.iter().flat_map(|phase| &phase.steps);
    top.filter(|step| !over(&step.state)).filter_map(|step| Some((step.id.clone(), step.due?))).collect()
}

fn title(run: &Run, step: &StepId) -> String {
    run.template.template.step(step).map(|step| step.title.clone()).unwrap_or_default()
}

fn by_day(mut due: Vec<PlannedStep>) -> Vec<PlannedStep> {
    due.sort_by_key(|step| step.due);
    due
}
