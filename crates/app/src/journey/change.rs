//! What a person can do to the steps of a journey: each gesture is one transaction of facts.

use jiff::Timestamp;
use waymark_api::{
    ipc::journey::{BlockStep, Changed, CompleteStep, ReopenStep, RestoreStep, SaveNote, UnblockStep, WaiveStep},
    topic::Topic,
};
use waymark_core::{
    event::{Event, Fact},
    id::{ActionId, StepId},
    journey::{Step, StepState},
};
use waymark_store::{Note, RecordContext};

use super::{
    Loaded,
    boxes::{boxes, completions},
    load,
    step::name_of,
};
use crate::{App, AppError};

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
                note: String::new(),
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

fn state(loaded: &Loaded, step: &StepId) -> StepState {
    let found = loaded.resolved.steps().into_iter().find(|resolved| resolved.id == *step);
    found.map_or(StepState::Hidden, |resolved| resolved.state.clone())
}
