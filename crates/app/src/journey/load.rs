//! One journey with everything that follows from its facts.

use jiff::civil::Date;
use waymark_api::ipc::settings::Preferences;
use waymark_core::{
    calendar::WorkCalendar,
    event::Event,
    id::{JourneyId, PackId},
    journey::{History, Profile, Resolved, Template, resolve},
};

use crate::{App, AppError, app::calendar, text::Values};

/// A journey, read and folded.
pub(crate) struct Loaded {
    pub(crate) id: JourneyId,
    /// The pack that its template came from; it may have been removed since.
    pub(crate) pack: PackId,
    /// The pinned template.
    pub(crate) template: Template,
    /// Day 1, not yet moved to a working day.
    pub(crate) start: Date,
    pub(crate) events: Vec<Event>,
    pub(crate) history: History,
    pub(crate) resolved: Resolved,
    pub(crate) calendar: WorkCalendar,
    pub(crate) values: Values,
    profile: Profile,
}

impl Loaded {
    /// Whether nothing required is left, or the person took it off the list.
    pub(crate) fn is_finished(&self) -> bool {
        finished(&self.resolved)
    }

    /// What is known about the person without asking.
    pub(crate) fn profile(&self) -> &Profile {
        &self.profile
    }

    /// What follows from another history of this journey.
    pub(crate) fn resolve(&self, app: &App, history: &History) -> Resolved {
        let start = history.start().unwrap_or(self.start);
        let local_day = |at| app.local(at).date();
        resolve(&self.template, history, &self.calendar, &self.profile, start, &local_day)
    }

    /// Whether it will be finished once these events are on disk. Decided in memory, so that the reply
    /// to a gesture does not wait for a second read.
    pub(crate) fn is_finished_with(&self, app: &App, events: &[Event]) -> bool {
        let mut history = self.history.clone();
        events.iter().for_each(|event| history.apply(event));
        finished(&self.resolve(app, &history))
    }
}

/// Loads one journey.
pub(crate) async fn load(app: &App, id: JourneyId) -> Result<Loaded, AppError> {
    let db = app.db().await?;
    let preferences = crate::settings::load(app).await?;
    let row = db.journeys().get(id).await?.ok_or(AppError::NotFound { what: "journey" })?;
    let events = db.events().for_journey(id).await?;
    Ok(fold(app, &preferences, id, row.pack, row.template, events))
}

/// Loads all journeys that are on the person's list, oldest first.
pub(crate) async fn active(app: &App) -> Result<Vec<Loaded>, AppError> {
    let db = app.db().await?;
    let preferences = crate::settings::load(app).await?;
    let mut list = Vec::new();
    for row in db.journeys().list().await?.into_iter().filter(|row| row.withdrawn_by.is_none()) {
        let events = db.events().for_journey(row.id).await?;
        list.push(fold(app, &preferences, row.id, row.pack, row.template, events));
    }
    Ok(list)
}

fn fold(
    app: &App,
    preferences: &Preferences,
    id: JourneyId,
    pack: PackId,
    template: Template,
    events: Vec<Event>,
) -> Loaded {
    let history = History::of(id, &events);
    let calendar = calendar(preferences);
    let start = history.start().unwrap_or_else(|| app.today());
    let local_day = |at| app.local(at).date();
    let profile = profile(preferences);
    let resolved = resolve(&template, &history, &calendar, &profile, start, &local_day);
    let values = Values::new(preferences, &template.variables, calendar.first_working_day(start));
    Loaded { id, pack, template, start, events, history, resolved, calendar, values, profile }
}

fn finished(resolved: &Resolved) -> bool {
    resolved.progress.complete() && resolved.progress.total > 0
}

/// What is known about the person without asking.
fn profile(preferences: &Preferences) -> Profile {
    let mut profile = Profile::from([("os".to_owned(), vec![std::env::consts::OS.to_owned()])]);
    if !preferences.team.is_empty() {
        profile.insert("team".to_owned(), vec![preferences.team.clone()]);
    }
    profile
}
