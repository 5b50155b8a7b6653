//! Reading what lies at a path of this machine: a folder, or a bundle file.

use std::path::Path;

use jiff::civil::Date;
use waymark_api::topic::{JobProgress, Topic};
use waymark_core::id::PackId;
use waymark_store::{Db, PackSource};
use waymark_sync::{
    bundle::{OpenBundle, is_bundle},
    folder,
};

use super::{
    bundle::{self, Carried},
    ingest::{self, Around, Content},
    library::Others,
    report,
};
use crate::{App, AppError};

/// How often a long read says how far it is, in files.
const REPORT_EVERY: u32 = 20;

/// What lies at a path, and the pack that it is here already.
pub(super) struct AtPath {
    pub(super) content: Content,
    pub(super) known: Option<PackId>,
}

/// Reads what a person chose: a folder that may have been added before, or a bundle of which an earlier version
/// may have been.
pub(super) async fn at_path(app: &App, path: &Path) -> Result<AtPath, AppError> {
    let db = app.db().await?;
    if !is_bundle(path) {
        let known = by_folder(&db, path).await?;
        return Ok(AtPath { content: folder(app, path, known, Some(app.today())).await?, known });
    }
    let opened = open(app, path).await?;
    let known = bundle::pack_of(&db, &opened.version().name).await?;
    Ok(AtPath { content: of_bundle(app, opened, known).await?, known })
}

/// Reads a pack's folder or bundle file again.
pub(super) async fn again(app: &App, path: &Path, own: PackId) -> Result<Content, AppError> {
    if is_bundle(path) {
        let opened = open(app, path).await?;
        return of_bundle(app, opened, Some(own)).await;
    }
    folder(app, path, Some(own), Some(app.today())).await
}

/// Reads and parses a folder, telling how far it is. `today` is when somebody looks, where that matters.
pub(super) async fn folder(
    app: &App,
    path: &Path,
    own: Option<PackId>,
    today: Option<Date>,
) -> Result<Content, AppError> {
    let around = Around { today, others: Others::than(own, &app.db().await?).await? };
    let (app, path) = (app.clone(), path.to_owned());
    let name = path.file_name().map_or_else(|| "folder".to_owned(), |name| name.to_string_lossy().into_owned());
    blocking("read the folder", move || {
        let snapshot = folder::read(&path, &folder::Limits::default(), &mut reading(&app))?;
        looking(&app, snapshot.files.len());
        let mut memory = app.memories().take(&path);
        let content = ingest::parse_again(&name, snapshot, around, &mut memory);
        // The sample does not change.
        if path != app.config().sample_dir {
            app.memories().keep(path, memory);
        }
        Ok(content)
    })
    .await
}

async fn open(app: &App, path: &Path) -> Result<OpenBundle, AppError> {
    tell(app, "Checking the bundle".to_owned(), 0, None);
    let path = path.to_owned();
    blocking("read the bundle", move || Ok(OpenBundle::of_file(&path)?)).await
}

async fn of_bundle(app: &App, opened: OpenBundle, own: Option<PackId>) -> Result<Content, AppError> {
    let db = app.db().await?;
    let around = Around { today: Some(app.today()), others: Others::than(own, &db).await? };
    let known = bundle::known(&db, own).await?;
    let app = app.clone();
    blocking("read the bundle", move || {
        let snapshot = opened.files(known.as_ref(), &folder::Limits::default(), &mut reading(&app))?;
        looking(&app, snapshot.files.len());
        let carried = Carried::of(&opened, known.as_ref());
        Ok(Content { bundle: Some(carried), ..ingest::parse(&opened.version().name, snapshot, around) })
    })
    .await
}

async fn by_folder(db: &Db, path: &Path) -> Result<Option<PackId>, AppError> {
    let same = |source: &PackSource| matches!(source, PackSource::Folder { location } if Path::new(location) == path);
    Ok(db.packs().list().await?.into_iter().find(|pack| same(&pack.source)).map(|pack| pack.id))
}

/// Runs `work` on a thread that may wait.
async fn blocking<T: Send + 'static>(
    attempt: &'static str,
    work: impl FnOnce() -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| AppError::Interrupted { attempt })?
}

fn reading(app: &App) -> impl FnMut(&folder::Progress) {
    let (app, mut told) = (app.clone(), 0);
    move |progress| {
        if progress.files >= told + REPORT_EVERY {
            told = progress.files;
            tell(&app, format!("Reading {}", report::count(told, "file")), told, None);
        }
    }
}

fn looking(app: &App, files: usize) {
    let files = files as u32;
    tell(app, format!("Looking through {}", report::count(files, "file")), files, Some(files));
}

fn tell(app: &App, text: String, done: u32, total: Option<u32>) {
    app.publish(Topic::Job(JobProgress { text, done, total }));
}
