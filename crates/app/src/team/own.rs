//! The page that the manager sees of oneself, made from this device's facts by the same code.

use jiff::Timestamp;
use waymark_api::ipc::team::OpenOwnPage;
use waymark_core::{
    event::Event,
    journey::History,
    team::{JourneyFacts, PersonPage, Whose, person_page},
};

use super::account::me;
use crate::{App, AppError, journey};

/// Opens the page; `None` where nothing is shared.
///
/// # Errors
///
/// Where the library cannot be read.
pub async fn open_own_page(app: &App, request: OpenOwnPage) -> Result<Option<PersonPage>, AppError> {
    let db = app.db().await?;
    let Some(membership) = db.membership().get().await? else { return Ok(None) };
    let shared = db.shared().list().await?;
    let wanted = match request.journey {
        Some(journey) => Some(journey).filter(|journey| shared.contains(journey)),
        None => {
            let running = journey::active(app).await?;
            let under_way = running.iter().rev().find(|one| shared.contains(&one.id) && !one.is_finished());
            under_way
                .map(|one| one.id)
                .or_else(|| running.iter().rev().map(|one| one.id).find(|id| shared.contains(id)))
        }
    };
    let Some(wanted) = wanted else { return Ok(None) };
    let loaded = journey::load(app, wanted).await?;
    let person = me(&membership);
    // What is held back is not on the manager's page.
    let held = db.held_back().facts().await?;
    let went = |event: &&Event| !held.iter().any(|(id, _)| *id == event.id);
    let events: Vec<Event> = loaded.events.iter().filter(went).cloned().collect();
    let history = History::of(loaded.id, &events);
    let local = |at: Timestamp| app.local(at);
    let facts = JourneyFacts {
        journey: loaded.id,
        template: &loaded.template,
        history: &history,
        events: &events,
        calendar: &loaded.calendar,
        profile: loaded.profile(),
        fallback_start: loaded.start,
        local: &local,
    };
    let whose = Whose { person: membership.person, name: &person.name, buddy: None, as_of: app.now().timestamp() };
    Ok(Some(person_page(&whose, &facts)))
}
