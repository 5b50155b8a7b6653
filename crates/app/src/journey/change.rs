//! What a person can do to a journey and its steps: each gesture is one transaction of facts.

use jiff::Timestamp;
use waymark_api::{
    ipc::journey::{
        BlockStep, Changed, CompleteStep, MoveStart, ReopenStep, RestoreStep, SaveNote, StartJourney, Started,
        UnblockStep, WaiveStep, WithdrawJourney,
    },
    topic::Topic,
};
use waymark_core::{
    event::{Event, Evidence, Fact},
    id::{ActionId, JourneyId, PackId, StepId},
    journey::{Clock, Step, StepState, Template},
};
use waymark_store::{Note, RecordContext, Tx};

use super::{Loaded, load, step::name_of};
use crate::{App, AppError};

/// Starts a journey from a pack's template.
///
/// # Errors
///
/// Where the template is not on this device or the library cannot be written.
pub async fn start(app: &App, request: StartJourney) -> Result<Started, AppError> {
    let db = app.db().await?;
    let template = db.templates().get(request.pack, &request.template).await?;
    let row = template.ok_or(AppError::NotFound { what: "journey" })?;
    let mut tx = db.begin().await?;
    let (journey, action) = assign(app, &mut tx, request.pack, &row.template, &row.hash).await?;
    tx.commit().await?;
    app.publish(Topic::Journeys);
    let message = format!("{} is on your list", row.template.title);
    Ok(Started { journey, changed: Changed { action, message, finished: None } })
}

/// Gives the person a journey inside a transaction of the caller's.
pub(crate) async fn assign(
    app: &App,
    tx: &mut Tx,
    pack: PackId,
    template: &Template,
    hash: &str,
) -> Result<(JourneyId, ActionId), AppError> {
    let preferences = crate::settings::load(app).await?;
    let start = match template.clock {
        // An experienced colleague who takes on a service starts on the day of the assignment.
        Clock::Assigned | Clock::Event(_) => app.today(),
        Clock::StartDate => preferences.start_date.unwrap_or_else(|| app.today()),
    };
    let journey = app.new_journey();
    let action = app.new_action();
    let fact = Fact::JourneyAssigned {
        journey,
        template: template.id.clone(),
        version: template.version.clone(),
        hash: hash.to_owned(),
        pack,
        start,
    };
    let now = app.now().timestamp();
    let event = Event { id: app.new_event(), action, time: now, fact };
    tx.record(&[event], RecordContext { recorded_at: now, undoes: None, pinned: Some(template) }).await?;
    Ok((journey, action))
}

/// Takes a journey off the list.
///
/// # Errors
///
/// Where it is not on this device or the library cannot be written.
pub async fn withdraw(app: &App, request: WithdrawJourney) -> Result<Changed, AppError> {
    let loaded = load(app, request.journey).await?;
    let message = format!("{} is off your list; everything in it is kept", loaded.template.title);
    let fact = Fact::JourneyWithdrawn { journey: loaded.id };
    let changed = record(app, &loaded, vec![fact], None, message).await?;
    app.publish(Topic::Journeys);
    Ok(changed)
}

/// Moves day 1.
///
/// # Errors
///
/// Where the journey is not on this device or the library cannot be written.
pub async fn move_start(app: &App, request: MoveStart) -> Result<Changed, AppError> {
    let loaded = load(app, request.journey).await?;
    let message = format!("Day 1 is {} now", request.start.strftime("%a %-d %B %Y"));
    let fact = Fact::StartMoved { journey: loaded.id, start: request.start };
    record(app, &loaded, vec![fact], None, message).await
}

/// Marks a step as done; of a step with parts, everything in it that is open.
///
/// # Errors
///
/// [`AppError::StepLocked`] where something else must be done first, [`AppError::DoneAlready`] where
/// nothing of it is left.
pub async fn complete_step(app: &App, request: CompleteStep) -> Result<Changed, AppError> {
    let loaded = load(app, request.journey).await?;
    let step = find(&loaded, &request.step)?;
    if let StepState::Locked { by } = state(&loaded, &step.id) {
        let after: Vec<String> = by.iter().map(|id| format!("“{}”", name_of(&loaded, id).title)).collect();
        return Err(AppError::StepLocked {
            step: step.id.clone(),
            title: name_of(&loaded, &step.id).title,
            after: after.join(", "),
        });
    }
    let boxes = boxes(step);
    let (facts, left) = completions(app, &loaded, &boxes);
    let title = name_of(&loaded, &step.id).title;
    if facts.is_empty() && left.is_none() {
        return Err(AppError::DoneAlready { title });
    }
    let message = match left {
        None => format!("Done: {title}"),
        Some(part) => format!("{title}: “{}” is still to do", name_of(&loaded, &part).title),
    };
    record(app, &loaded, facts, None, message).await
}

/// The facts that tick these boxes, and the first box that stays open. Ticking one part may unlock the
/// next, so it goes on until nothing opens any more.
fn completions(app: &App, loaded: &Loaded, boxes: &[&Step]) -> (Vec<Fact>, Option<StepId>) {
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

/// Takes a completion back; of a step with parts, of everything in it.
///
/// # Errors
///
/// [`AppError::NothingToUndo`] where nothing of it is done.
pub async fn reopen_step(app: &App, request: ReopenStep) -> Result<Changed, AppError> {
    let loaded = load(app, request.journey).await?;
    let step = find(&loaded, &request.step)?;
    let facts = boxes(step)
        .into_iter()
        .flat_map(|part| {
            loaded.history.standing_completions(&part.id).map(|completion| Fact::StepReopened {
                journey: loaded.id,
                step: part.id.clone(),
                completion: completion.event,
            })
        })
        .collect();
    let message = format!("Open again: {}", name_of(&loaded, &step.id).title);
    record(app, &loaded, facts, None, message).await
}

/// Says that the person cannot go on.
///
/// # Errors
///
/// Where the step is not on this device or the library cannot be written.
pub async fn block_step(app: &App, request: BlockStep) -> Result<Changed, AppError> {
    let loaded = load(app, request.journey).await?;
    let step = find(&loaded, &request.step)?.id.clone();
    let message = format!("Blocked: {}", name_of(&loaded, &step).title);
    let note = request.note.trim().chars().take(500).collect();
    let mut facts = Vec::new();
    if let Some(block) = loaded.history.block(&step) {
        // A new reason ends the old block, so that blocked time is not counted twice.
        facts.push(Fact::StepUnblocked { journey: loaded.id, step: step.clone(), block: block.event });
    }
    facts.push(Fact::StepBlocked { journey: loaded.id, step, reason: request.reason, note });
    record(app, &loaded, facts, None, message).await
}

/// Ends a block.
///
/// # Errors
///
/// [`AppError::NothingToUndo`] where nothing is blocked.
pub async fn unblock_step(app: &App, request: UnblockStep) -> Result<Changed, AppError> {
    let loaded = load(app, request.journey).await?;
    let step = find(&loaded, &request.step)?.id.clone();
    let message = format!("No longer blocked: {}", name_of(&loaded, &step).title);
    let block = loaded.history.block(&step).map(|block| block.event);
    let facts = block.map(|block| Fact::StepUnblocked { journey: loaded.id, step, block }).into_iter().collect();
    record(app, &loaded, facts, None, message).await
}

/// Skips a step with a reason.
///
/// # Errors
///
/// Where the step is not on this device or the library cannot be written.
pub async fn waive_step(app: &App, request: WaiveStep) -> Result<Changed, AppError> {
    let loaded = load(app, request.journey).await?;
    let step = find(&loaded, &request.step)?.id.clone();
    let message = format!("Skipped: {}", name_of(&loaded, &step).title);
    let reason = request.reason.trim().chars().take(500).collect();
    let facts = match loaded.history.waiver(&step) {
        Some(_) => Vec::new(),
        None => vec![Fact::StepWaived { journey: loaded.id, step, reason }],
    };
    record(app, &loaded, facts, None, message).await
}

/// Puts a skipped step back on the list.
///
/// # Errors
///
/// [`AppError::NothingToUndo`] where it was not skipped.
pub async fn restore_step(app: &App, request: RestoreStep) -> Result<Changed, AppError> {
    let loaded = load(app, request.journey).await?;
    let step = find(&loaded, &request.step)?.id.clone();
    let message = format!("Back on the list: {}", name_of(&loaded, &step).title);
    let waiver = loaded.history.waiver(&step).map(|waiver| waiver.event);
    let facts = waiver.map(|waiver| Fact::WaiverLifted { journey: loaded.id, step, waiver }).into_iter().collect();
    record(app, &loaded, facts, None, message).await
}

/// Keeps the person's note on a step.
///
/// # Errors
///
/// Where the library cannot be written.
pub async fn save_note(app: &App, request: SaveNote) -> Result<(), AppError> {
    let mut tx = app.db().await?.begin().await?;
    let text: String = request.text.chars().take(20_000).collect();
    let note = Note { step: request.step, text, changed_at: app.now().timestamp() };
    tx.notes().keep(request.journey, &note).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes the facts of one gesture and tells who shows the journey. What comes back is on disk.
pub(super) async fn record(
    app: &App,
    loaded: &Loaded,
    facts: Vec<Fact>,
    undoes: Option<ActionId>,
    message: String,
) -> Result<Changed, AppError> {
    if facts.is_empty() {
        return Err(AppError::NothingToUndo);
    }
    let now: Timestamp = app.now().timestamp();
    let action = app.new_action();
    let events: Vec<Event> =
        facts.into_iter().map(|fact| Event { id: app.new_event(), action, time: now, fact }).collect();
    let mut tx = app.db().await?.begin().await?;
    tx.record(&events, RecordContext { recorded_at: now, undoes, pinned: None }).await?;
    tx.commit().await?;
    app.publish(Topic::Journey(loaded.id));
    let finishes = !loaded.is_finished() && loaded.is_finished_with(app, &events);
    let finished = finishes.then(|| loaded.values.plain(&loaded.template.title));
    Ok(Changed { action, message, finished })
}

fn find<'a>(loaded: &'a Loaded, step: &StepId) -> Result<&'a Step, AppError> {
    loaded.template.step(step).ok_or(AppError::NotFound { what: "step" })
}

/// The boxes that ticking a step ticks: its own where it has one; else those of its parts that the
/// same role performs, and of these the required ones where there are any.
fn boxes(step: &Step) -> Vec<&Step> {
    if step.has_own_box() {
        return vec![step];
    }
    let own: Vec<&Step> = step.self_and_below().filter(|part| part.has_own_box() && part.role == step.role).collect();
    let some_required = own.iter().any(|part| part.required);
    own.into_iter().filter(|part| part.required || !some_required).collect()
}

fn state(loaded: &Loaded, step: &StepId) -> StepState {
    let found = loaded.resolved.steps().into_iter().find(|resolved| resolved.id == *step);
    found.map_or(StepState::Hidden, |resolved| resolved.state.clone())
}
