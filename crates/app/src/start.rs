//! The first question of the interface, and opening the library.

use std::path::Path;

use uuid::Uuid;
use waymark_api::ipc::{
    settings::Preferences,
    start::{Frame, FrameView, Platform, Readiness, Start, StartFresh, Started, Trouble, TroubleKind},
};
use waymark_core::id::DeviceId;
use waymark_store::{Db, OpenError, OpenOptions, Trouble as StoreTrouble};

use crate::{
    App, AppError,
    app::Library,
    journey::{Items, active},
};

/// Room that is held back for the moment when the disk is full.
const BALLAST_BYTES: u64 = 4 * 1024 * 1024;

/// Name of the library's file.
pub(crate) const LIBRARY: &str = "waymark.db";

/// Answers the interface's first question. Never fails because of the library: that is the answer.
///
/// # Errors
///
/// Where the library was opened and then cannot be read.
pub async fn start(app: &App, _: Start) -> Result<Started, AppError> {
    // Somebody who asks again has mended something: try again.
    if matches!(app.library().await, Library::Unusable(_)) {
        app.clone().open().await;
    }
    let version = app.config().version.clone();
    let platform = platform();
    if let Library::Unusable(trouble) = app.library().await {
        return Ok(Started {
            readiness: Readiness::Trouble(trouble),
            preferences: Preferences::default(),
            frame: empty_frame(app),
            version,
            platform,
        });
    }
    let frame = frame(app, Frame {}).await?;
    let readiness = if frame.packs.is_empty() && app.db().await?.journeys().list().await?.is_empty() {
        Readiness::FirstRun
    } else {
        Readiness::Ready
    };
    Ok(Started { readiness, preferences: crate::settings::load(app).await?, frame, version, platform })
}

/// What the frame shows.
///
/// # Errors
///
/// Where the library cannot be read.
pub async fn frame(app: &App, _: Frame) -> Result<FrameView, AppError> {
    let mut open_steps = 0;
    for loaded in active(app).await? {
        let items = Items::of(app, &loaded);
        open_steps += items.counts(&items.phases()).open;
    }
    let read_only = match app.library().await {
        Library::ReadOnly(_, trouble) => Some(format!("{} {}", trouble.message, trouble.help)),
        _ => None,
    };
    Ok(FrameView { open_steps, packs: crate::sources::summaries(app).await?, read_only, ..empty_frame(app) })
}

/// Puts the library aside and starts with an empty one.
///
/// # Errors
///
/// Where the files cannot be renamed.
pub async fn start_fresh(app: &App, _: StartFresh) -> Result<Started, AppError> {
    app.close().await;
    let path = app.config().data_dir.join(LIBRARY);
    let moved = waymark_store::quarantine(&path);
    app.clone().open().await;
    match moved {
        Ok(aside) => tracing::warn!(aside = %aside.display(), "the library was put aside"),
        Err(error) => {
            let source = std::io::Error::other(error);
            return Err(AppError::Files { attempt: "put the damaged library aside", source });
        }
    }
    start(app, Start {}).await
}

/// Opens the library in `folder`, for reading only where it cannot be written.
pub(crate) async fn open_library(folder: &Path) -> Library {
    let path = folder.join(LIBRARY);
    let options = OpenOptions { new_device: DeviceId::new(Uuid::now_v7()), ballast_bytes: BALLAST_BYTES };
    let error = match Db::open(&path, options).await {
        Ok(db) => return Library::Ready(db),
        Err(error) => error,
    };
    let trouble = describe(&error, &path);
    tracing::warn!(error = &error as &dyn std::error::Error, "the library could not be opened for writing");
    let readable = matches!(trouble.kind, TroubleKind::ReadOnly | TroubleKind::DiskFull | TroubleKind::NewerVersion);
    if readable && let Ok(db) = Db::open_read_only(&path).await {
        return Library::ReadOnly(db, trouble);
    }
    Library::Unusable(trouble)
}

fn describe(error: &OpenError, path: &Path) -> Trouble {
    let (kind, message, help) = match error.trouble() {
        StoreTrouble::NewerVersion => (
            TroubleKind::NewerVersion,
            "This library was made by a newer Waymark. Nothing in it was changed.",
            "Install the newest Waymark and start again.",
        ),
        StoreTrouble::Damaged => (
            TroubleKind::Damaged,
            "The library is damaged and cannot be read. The file is kept as it is.",
            "Put a backup in its place and try again, or start with an empty library; the damaged file stays beside it.",
        ),
        StoreTrouble::DiskFull => (
            TroubleKind::DiskFull,
            "The disk is full, so Waymark cannot save anything. Nothing was lost.",
            "Free some space and try again.",
        ),
        StoreTrouble::ReadOnly => (
            TroubleKind::ReadOnly,
            "The library lies in a place that cannot be written. Nothing was lost.",
            "Make the folder writable, or start Waymark with WAYMARK_DATA_DIR naming another folder.",
        ),
        StoreTrouble::NoPermission => (
            TroubleKind::NoPermission,
            "Waymark may not open its library. Nothing was lost.",
            "Give your account the right to read and write the folder, and try again.",
        ),
        StoreTrouble::Busy => (
            TroubleKind::Other,
            "Another program holds the library.",
            "Close the other copy of Waymark, or wait for the backup to end, and try again.",
        ),
        StoreTrouble::Other => (
            TroubleKind::Other,
            "The library could not be opened. Nothing in it was changed.",
            "Try again; if it stays, copy the diagnostics and ask for help.",
        ),
    };
    Trouble { kind, message: message.to_owned(), help: help.to_owned(), path: path.display().to_string() }
}

fn empty_frame(app: &App) -> FrameView {
    let now = app.now();
    FrameView { today: now.date(), now: now.datetime(), open_steps: 0, packs: Vec::new(), read_only: None }
}

fn platform() -> Platform {
    if cfg!(target_os = "macos") {
        Platform::Macos
    } else if cfg!(windows) {
        Platform::Windows
    } else {
        Platform::Linux
    }
}
