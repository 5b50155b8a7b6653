//! One step in full.

use waymark_api::ipc::journey::{HistoryLine, OpenStep, StepPart, StepRef, StepView};
use waymark_core::{
    event::{BlockReason, Event, Fact},
    id::StepId,
    journey::{Phase, ResolvedStep, Step, Template},
};

use super::{Items, Loaded, load, view::evidence_in_words};
use crate::{App, AppError, reader::Reader};

/// Opens a step.
///
/// # Errors
///
/// Where the journey or the step is not on this device or the library cannot be read.
pub async fn open_step(app: &App, request: OpenStep) -> Result<StepView, AppError> {
    let OpenStep { journey, step: id } = request;
    let loaded = load(app, journey).await?;
    let missing = AppError::NotFound { what: "step" };
    let Some(found) = find(&loaded.template, &id) else { return Err(missing) };
    let resolved = loaded.resolved.steps().into_iter().find(|resolved| resolved.id == id);
    let items = Items::of(app, &loaded);
    let Some(item) = resolved.and_then(|resolved| items.item(found.step, resolved)) else { return Err(missing) };

    let reader = app.reader(loaded.pack, &loaded.template.path).await?;
    let step = found.step;
    let order = reading_order(&loaded);
    let place = order.iter().position(|other| *other == id);
    let neighbour = |place: Option<usize>| place.and_then(|place| order.get(place)).map(|id| items.name(id));
    Ok(StepView {
        journey,
        journey_title: loaded.values.plain(&loaded.template.title),
        phase_title: loaded.values.plain(&found.phase.title),
        parents: found.parents.iter().map(|parent| items.name(&parent.id)).collect(),
        why: step.why.as_deref().map(|why| loaded.values.plain(why)),
        body_html: body(&loaded, &reader, step),
        owner: step.owner.clone().or_else(|| loaded.template.owner.clone()).map(|owner| in_words(&owner)),
        docs: reader.links(&step.docs),
        parts: parts(&loaded, &reader, &items, step, resolved),
        depends_on: step
            .when
            .as_ref()
            .filter(|when| when.holds(&Default::default()).is_none())
            .map(|when| when.in_words()),
        milestone: milestone(&loaded.template, step),
        note: app.db().await?.notes().get(journey, &id).await?.map(|note| note.text).unwrap_or_default(),
        history: history(app, &loaded, &id).await?,
        previous: neighbour(place.and_then(|place| place.checked_sub(1))),
        next: neighbour(place.map(|place| place + 1)),
        item,
    })
}

struct Found<'a> {
    phase: &'a Phase,
    parents: Vec<&'a Step>,
    step: &'a Step,
}

fn find<'a>(template: &'a Template, id: &StepId) -> Option<Found<'a>> {
    fn below<'a>(steps: &'a [Step], id: &StepId, parents: &mut Vec<&'a Step>) -> Option<&'a Step> {
        for step in steps {
            if step.id == *id {
                return Some(step);
            }
            parents.push(step);
            if let Some(found) = below(&step.children, id, parents) {
                return Some(found);
            }
            parents.pop();
        }
        None
    }
    template.phases.iter().find_map(|phase| {
        let mut parents = Vec::new();
        below(&phase.steps, id, &mut parents).map(|step| Found { phase, parents, step })
    })
}

/// Top-level steps that are shown, in the order of the file.
fn reading_order(loaded: &Loaded) -> Vec<StepId> {
    loaded
        .resolved
        .phases
        .iter()
        .flat_map(|phase| &phase.steps)
        .filter(|step| step.state != waymark_core::journey::StepState::Hidden)
        .map(|step| step.id.clone())
        .collect()
}

fn body(loaded: &Loaded, reader: &Reader, step: &Step) -> String {
    reader.html(&loaded.values.markdown(&step.body))
}

fn parts(
    loaded: &Loaded,
    reader: &Reader,
    items: &Items<'_>,
    step: &Step,
    resolved: Option<&ResolvedStep>,
) -> Vec<StepPart> {
    let children = resolved.map(|resolved| resolved.children.as_slice()).unwrap_or_default();
    step.children
        .iter()
        .zip(children)
        .filter_map(|(child, resolved)| {
            Some(StepPart {
                item: items.item(child, resolved)?,
                body_html: body(loaded, reader, child),
                why: child.why.as_deref().map(|why| loaded.values.plain(why)),
                docs: reader.links(&child.docs),
            })
        })
        .collect()
}

fn milestone(template: &Template, step: &Step) -> Option<String> {
    let id = step.milestone.as_ref()?;
    template.milestones.iter().find(|milestone| milestone.id == *id).map(|milestone| milestone.title.clone())
}

/// `team:it-desk` → `it-desk`: people read names, the kind is for machines.
pub(crate) fn in_words(owner: &str) -> String {
    owner.split_once(':').map_or(owner, |(_, name)| name).to_owned()
}

/// What happened to a step, newest first; what somebody else recorded names them, and so does a reminder.
async fn history(app: &App, loaded: &Loaded, step: &StepId) -> Result<Vec<HistoryLine>, AppError> {
    let db = app.db().await?;
    let others = db.heard().attributions(loaded.id).await?;
    let own = crate::team::own_name(app).await?;
    let line = |event: &Event| {
        let by = others.get(&event.id).filter(|by| Some(*by) != own.as_ref());
        let what = match (by, &event.fact) {
            (Some(by), Fact::StepVerified { .. }) => format!("Confirmed by {by}"),
            (Some(by), _) => format!("{} ({by})", what_happened(event)),
            (None, _) => what_happened(event),
        };
        HistoryLine { at: app.local(event.time), what }
    };
    let facts = loaded.events.iter().filter(|event| event.fact.step() == Some(step));
    // Of one moment, the last in the log comes first.
    let mut lines: Vec<HistoryLine> = facts.rev().map(line).collect();
    let subject = format!("journey/{}/step/{step}", loaded.id);
    let nudges = db.heard().nudges(NUDGES).await?.into_iter().filter(|nudge| nudge.subject == subject);
    lines.extend(
        nudges.map(|nudge| HistoryLine { at: app.local(nudge.at), what: format!("{} reminded you", nudge.by) }),
    );
    // The log is in the order of arrival; people read by time.
    lines.sort_by_key(|line| std::cmp::Reverse(line.at));
    Ok(lines)
}

/// Reminders that are looked through, at most.
const NUDGES: u32 = 1_000;

fn what_happened(event: &Event) -> String {
    match &event.fact {
        Fact::StepCompleted { evidence, .. } => evidence_in_words(*evidence).to_owned(),
        Fact::StepReopened { note, .. } if note.is_empty() => "Opened again".to_owned(),
        Fact::StepReopened { note, .. } => format!("Opened again: {note}"),
        Fact::StepVerified { .. } => "Confirmed by somebody else".to_owned(),
        Fact::StepBlocked { reason, note, .. } if note.is_empty() => format!("Blocked: {}", reason_in_words(*reason)),
        Fact::StepBlocked { reason, note, .. } => format!("Blocked: {} – {note}", reason_in_words(*reason)),
        Fact::StepUnblocked { .. } => "No longer blocked".to_owned(),
        Fact::StepWaived { reason, .. } if reason.is_empty() => "Skipped".to_owned(),
        Fact::StepWaived { reason, .. } => format!("Skipped: {reason}"),
        Fact::WaiverLifted { .. } => "Put back on the list".to_owned(),
        Fact::JourneyAssigned { .. }
        | Fact::JourneyWithdrawn { .. }
        | Fact::JourneyRestored { .. }
        | Fact::MilestoneReached { .. }
        | Fact::MilestoneRevoked { .. }
        | Fact::StartMoved { .. } => String::new(),
    }
}

/// What is in the way, for people.
pub(crate) fn reason_in_words(reason: BlockReason) -> &'static str {
    match reason {
        BlockReason::MissingAccess => "missing access",
        BlockReason::BrokenInstructions => "the instructions do not work",
        BlockReason::FailingCheck => "a check fails",
        BlockReason::WaitingForPerson => "waiting for somebody",
        BlockReason::Unclear => "unclear what to do",
        BlockReason::Other => "something else",
    }
}

/// Names a step for messages.
pub(crate) fn name_of(loaded: &Loaded, step: &StepId) -> StepRef {
    let title = loaded.template.step(step).map_or(step.as_str(), |step| step.title.as_str());
    StepRef { id: step.clone(), title: loaded.values.plain(title) }
}
