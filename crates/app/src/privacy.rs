//! What this device keeps, and taking it along or deleting it.

use std::path::{Path, PathBuf};

use serde::Serialize;
use waymark_api::{
    ipc::privacy::{FactLine, OpenPrivacy, PrivacyView, Viewer},
    topic::Topic,
};
use waymark_core::{
    event::{Event, Fact},
    id::JourneyId,
    journey::Template,
};

use crate::{App, AppError, start::LIBRARY};

mod held;
mod refused;
mod sent;

pub use held::hold_back;
pub use refused::set_aside;
pub use sent::{erase_on_server, list_sent, share_notes};

/// How many facts the page shows.
const LATEST: usize = 50;
/// How many of those who opened the person's page.
const VIEWERS: u32 = 200;

/// Opens the privacy page.
///
/// # Errors
///
/// Where the library cannot be read.
pub async fn open(app: &App, _: OpenPrivacy) -> Result<PrivacyView, AppError> {
    let db = app.db().await?;
    let events = db.events().all().await?;
    let journeys = db.journeys().list().await?;
    let membership = db.membership().get().await?;
    let mut notes = 0;
    for journey in &journeys {
        notes += db.notes().for_journey(journey.id).await?.len() as u32;
    }
    let held = db.held_back().facts().await?;
    let is_held = |event: &Event| held.iter().any(|(id, _)| *id == event.id);
    let title = |id: JourneyId| journeys.iter().find(|journey| journey.id == id).map(|journey| &journey.template);
    Ok(PrivacyView {
        facts: events.len() as u32,
        waiting: db.outbox().waiting_count().await?,
        server: membership.as_ref().map(|member| member.server_name.clone()),
        share_notes: membership.as_ref().is_some_and(|member| member.share_notes),
        held: if membership.is_some() { held::classes(&db, &held).await? } else { Vec::new() },
        refused: refused::list(app, &db, &journeys).await?,
        viewers: db
            .heard()
            .viewers(VIEWERS)
            .await?
            .into_iter()
            .map(|viewer| Viewer { by: viewer.by, at: app.local(viewer.at) })
            .collect(),
        latest: events
            .iter()
            .rev()
            .take(LATEST)
            .map(|event| line(app, event, title(event.fact.journey()), is_held(event)))
            .collect(),
        notes,
        bookmarks: db.bookmarks().list().await?.len() as u32,
        read_pages: db.reading().recent(u32::MAX).await?.len() as u32,
        data_folder: app.config().data_dir.display().to_string(),
        bytes: library_bytes(&app.config().data_dir),
    })
}

fn line(app: &App, event: &Event, template: Option<&Template>, held: bool) -> FactLine {
    FactLine {
        at: app.local(event.time),
        kind: kind(&event.fact).to_owned(),
        title: title_of(&event.fact, template),
        json: serde_json::to_string_pretty(event).unwrap_or_default(),
        held,
    }
}

/// What a fact is about, by the name that people see.
fn title_of(fact: &Fact, template: Option<&Template>) -> String {
    match (fact.step(), template) {
        (Some(step), Some(template)) => template.step(step).map_or_else(|| step.to_string(), |step| step.title.clone()),
        (None, Some(template)) => template.title.clone(),
        (_, None) => String::new(),
    }
}

fn kind(fact: &Fact) -> &'static str {
    match fact {
        Fact::JourneyAssigned { .. } => "Started",
        Fact::JourneyWithdrawn { .. } => "Taken off",
        Fact::JourneyRestored { .. } => "Put back",
        Fact::StartMoved { .. } => "Day 1 moved",
        Fact::StepCompleted { .. } => "Done",
        Fact::StepReopened { .. } => "Open again",
        Fact::StepBlocked { .. } => "Blocked",
        Fact::StepUnblocked { .. } => "Unblocked",
        Fact::StepWaived { .. } => "Skipped",
        Fact::WaiverLifted { .. } => "Put back",
        Fact::StepVerified { .. } => "Confirmed",
        Fact::MilestoneReached { .. } => "Milestone",
        Fact::MilestoneRevoked { .. } => "Milestone taken back",
    }
}

fn library_bytes(folder: &Path) -> u64 {
    [LIBRARY.to_owned(), format!("{LIBRARY}-wal")]
        .iter()
        .filter_map(|name| std::fs::metadata(folder.join(name)).ok())
        .map(|file| file.len())
        .sum()
}

/// Everything about the person, as it is written on export. Content of packs is not theirs.
#[derive(Serialize)]
struct Export {
    format: &'static str,
    waymark: String,
    exported_at: String,
    preferences: waymark_api::ipc::settings::Preferences,
    journeys: Vec<ExportedJourney>,
    facts: Vec<Event>,
    reading: Vec<ExportedPlace>,
    bookmarks: Vec<ExportedBookmark>,
    /// What went to the team's server, each as its bytes say.
    sent: Vec<serde_json::Value>,
    viewers: Vec<ExportedViewer>,
}

#[derive(Serialize)]
struct ExportedViewer {
    by: String,
    at: String,
}

#[derive(Serialize)]
struct ExportedBookmark {
    site: String,
    page: String,
    added_at: String,
}

#[derive(Serialize)]
struct ExportedJourney {
    id: JourneyId,
    title: String,
    version: String,
    steps: Vec<ExportedStep>,
}

#[derive(Serialize)]
struct ExportedStep {
    id: String,
    title: String,
    note: Option<String>,
}

#[derive(Serialize)]
struct ExportedPlace {
    site: String,
    page: String,
    opened_at: String,
    progress: f64,
}

/// Writes everything that is kept about the person into a new file in `folder` and says which.
///
/// # Errors
///
/// Where the library cannot be read or the file cannot be written; an existing file is never replaced.
pub async fn export(app: &App, folder: &Path) -> Result<PathBuf, AppError> {
    let db = app.db().await?;
    let mut journeys = Vec::new();
    for journey in db.journeys().list().await? {
        let notes = db.notes().for_journey(journey.id).await?;
        let note =
            |id: &waymark_core::id::StepId| notes.iter().find(|note| note.step == *id).map(|note| note.text.clone());
        journeys.push(ExportedJourney {
            id: journey.id,
            title: journey.template.title.clone(),
            version: journey.template.version.clone(),
            steps: journey
                .template
                .steps()
                .map(|step| ExportedStep { id: step.id.to_string(), title: step.title.clone(), note: note(&step.id) })
                .collect(),
        });
    }
    let reading = db.reading().recent(u32::MAX).await?.into_iter();
    let bookmarks = db.bookmarks().list().await?.into_iter();
    let (sent, viewers) = (db.outbox().sent().await?, db.heard().viewers(u32::MAX).await?);
    let export = Export {
        format: "waymark.export/1",
        waymark: app.config().version.clone(),
        exported_at: app.now().timestamp().to_string(),
        preferences: crate::settings::load(app).await?,
        journeys,
        facts: db.events().all().await?,
        reading: reading
            .map(|place| ExportedPlace {
                site: place.site.to_string(),
                page: place.path,
                opened_at: place.opened_at.to_string(),
                progress: place.progress,
            })
            .collect(),
        bookmarks: bookmarks
            .map(|bookmark| ExportedBookmark {
                site: bookmark.site.to_string(),
                page: bookmark.path,
                added_at: bookmark.added_at.to_string(),
            })
            .collect(),
        sent: sent.iter().filter_map(|entry| serde_json::from_slice(&entry.bytes).ok()).collect(),
        viewers: viewers
            .into_iter()
            .map(|viewer| ExportedViewer { by: viewer.by, at: viewer.at.to_string() })
            .collect(),
    };
    let path = folder.join(format!("waymark-export-{}.json", app.now().strftime("%Y-%m-%d-%H%M%S")));
    let failed = |source| AppError::Export { path: path.display().to_string(), source };
    let text = serde_json::to_vec_pretty(&export).map_err(|error| failed(std::io::Error::other(error)))?;
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(&path).map_err(failed)?;
    std::io::Write::write_all(&mut file, &text).and_then(|()| file.sync_all()).map_err(failed)?;
    Ok(path)
}

/// Deletes the library and its backups and starts with an empty one.
///
/// # Errors
///
/// Where a file cannot be deleted.
pub async fn erase(app: &App) -> Result<(), AppError> {
    // While the library is still open: whoever brings the index up to date needs it to end.
    let forgotten = app.keeper().delete(app).await;
    // The library names the servers whose tokens lie elsewhere.
    crate::sources::forget_servers(app).await;
    if let Err(error) = crate::team::forget(app).await {
        // The library is deleted all the same; only tokens that nobody can find again may be left.
        tracing::warn!(error = &error as &dyn std::error::Error, "the team's server was not forgotten first");
    }
    // Also one that is closed: nobody can ask for its passphrase later.
    if let Some(Err(error)) = crate::secrets::with_secrets(app, |secrets| secrets.erase()).await {
        tracing::warn!(error = &error as &dyn std::error::Error, "the sealed file could not be deleted");
    }
    app.close().await;
    let erased = forgotten.and_then(|()| remove_library(&app.config().data_dir));
    app.clone().open().await;
    erased.map_err(|source| AppError::Files { attempt: "delete the library", source })?;
    app.publish(Topic::Packs);
    app.publish(Topic::Journeys);
    app.publish(Topic::Preferences);
    Ok(())
}

/// Every file that begins with the library's name: the file, its log, backups and what was put aside.
fn remove_library(folder: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(LIBRARY) {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
