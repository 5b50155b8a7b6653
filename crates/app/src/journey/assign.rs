//! Journeys come onto a person's list and leave it, and begin on another day.

use waymark_api::{
    ipc::journey::{Changed, MoveStart, StartJourney, Started, WithdrawJourney},
    topic::Topic,
};
use waymark_core::{
    event::{Event, Fact},
    id::{ActionId, JourneyId, PackId},
    journey::{Clock, Template},
};
use waymark_store::{RecordContext, Tx};

use super::{change::record, load};
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
