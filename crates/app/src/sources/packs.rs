//! Adding, refreshing and removing packs.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use waymark_api::{
    ipc::sources::{
        AddFolder, AddSample, Added, FolderReport, ListPacks, PackKind, PackProblems, PackSummary, PackView,
        RefreshPack, RemovePack, ScanFolder,
    },
    topic::{JobProgress, Topic},
};
use waymark_core::{
    diagnostic::Diagnostic,
    id::{PackId, TemplateId},
};
use waymark_store::{Db, Pack, PackContent, PackSource, TemplateContent};
use waymark_sync::folder;

use super::{
    backstage,
    ingest::{self, Around, Content},
    library::Others,
    report, site_rows,
};
use crate::{App, AppError, journey, reader::route};

/// How often a long read says how far it is, in files.
const REPORT_EVERY: u32 = 20;

/// The sample tells of one day in an invented company; it does not grow old.
const SAMPLE_DAY: Option<Date> = None;

/// Title of the bundled sample.
const SAMPLE: &str = "Corvane sample";

/// Reads a folder and says what is in it; nothing is added.
///
/// # Errors
///
/// Where the folder cannot be read, or nothing in it is content.
pub async fn scan_folder(app: &App, request: ScanFolder) -> Result<FolderReport, AppError> {
    let path = PathBuf::from(&request.path);
    let known = by_folder(&app.db().await?, &path).await?.map(|pack| pack.id);
    let content = read(app, &path, known, Some(app.today())).await?;
    if content.is_empty() {
        return Err(AppError::NothingFound { path: request.path });
    }
    Ok(FolderReport {
        found: report::found(&content),
        title: content.title,
        files: content.files,
        problems: content.problems,
        path: request.path,
        known,
    })
}

/// Adds a folder, or reads it again where it was added before, and starts the chosen journeys.
///
/// # Errors
///
/// Where the folder cannot be read, nothing in it is content, or the library cannot be written.
pub async fn add_folder(app: &App, request: AddFolder) -> Result<Added, AppError> {
    let path = PathBuf::from(&request.path);
    let known = by_folder(&app.db().await?, &path).await?.map(|pack| pack.id);
    let content = read(app, &path, known, Some(app.today())).await?;
    if content.is_empty() {
        return Err(AppError::NothingFound { path: request.path });
    }
    let id = known.unwrap_or_else(|| app.new_pack());
    let added = store(app, id, PackSource::Folder { location: request.path }, content, &request.start).await?;
    super::watch(app);
    Ok(added)
}

/// Adds the bundled sample and starts its first journey.
///
/// # Errors
///
/// Where the sample is not beside the app, or the library cannot be written.
pub async fn add_sample(app: &App, _: AddSample) -> Result<Added, AppError> {
    let path = app.config().sample_dir.clone();
    let db = app.db().await?;
    let known = db.packs().list().await?.into_iter().find(|pack| matches!(pack.source, PackSource::Sample));
    let known = known.map(|pack| pack.id);
    let mut content = read(app, &path, known, SAMPLE_DAY).await?;
    content.title = SAMPLE.to_owned();
    let id = known.unwrap_or_else(|| app.new_pack());
    let start: Vec<TemplateId> = report::suggested(&content).map(|template| template.id.clone()).into_iter().collect();
    store(app, id, PackSource::Sample, content, &start).await
}

/// Reads a pack's folder again, or fetches what changed on its server. Where that fails, the old content
/// stays.
///
/// # Errors
///
/// Where the folder cannot be read, the server does not give what it should, or the library cannot be written.
pub async fn refresh_pack(app: &App, request: RefreshPack) -> Result<Added, AppError> {
    reread(app, request.pack, false).await?.ok_or(AppError::NotFound { what: "pack" })
}

/// Reads a pack's folder again and swaps its content if there is a change in it. What a change in the folder
/// is need not be one in its content.
///
/// # Errors
///
/// As for [`refresh_pack`].
pub(super) async fn refresh_changed(app: &App, pack: PackId) -> Result<(), AppError> {
    reread(app, pack, true).await.map(drop)
}

/// `None` only where nothing changed and `only_changed` is set.
async fn reread(app: &App, pack: PackId, only_changed: bool) -> Result<Option<Added>, AppError> {
    let pack = app.db().await?.packs().get(pack).await?.ok_or(AppError::NotFound { what: "pack" })?;
    let (path, today) = match &pack.source {
        PackSource::Backstage { .. } => return backstage::refresh(app, &pack).await.map(Some),
        PackSource::Team { .. } => {
            crate::team::fetch_content(app).await?;
            return Ok(Some(added(app, pack.id).await?));
        }
        PackSource::Sample => (app.config().sample_dir.clone(), SAMPLE_DAY),
        PackSource::Folder { location } => (PathBuf::from(location), Some(app.today())),
    };
    let mut content = read(app, &path, Some(pack.id), today).await?;
    if content.is_empty() {
        return Err(AppError::NothingFound { path: path.display().to_string() });
    }
    if only_changed && content.revision == pack.revision {
        return Ok(None);
    }
    if matches!(pack.source, PackSource::Sample) {
        content.title = SAMPLE.to_owned();
    }
    store(app, pack.id, pack.source, content, &[]).await.map(Some)
}

/// Removes a pack's docs and roadmap. Journeys that were started keep their pinned template.
///
/// # Errors
///
/// Where the library cannot be written.
pub async fn remove_pack(app: &App, request: RemovePack) -> Result<(), AppError> {
    let db = app.db().await?;
    let pack = db.packs().get(request.pack).await?;
    let mut tx = db.begin().await?;
    tx.packs().remove(request.pack).await?;
    tx.commit().await?;
    if let Some(Pack { source: PackSource::Backstage { location }, .. }) = pack {
        backstage::forget(app, location).await;
    }
    super::watch(app);
    app.publish(Topic::Packs);
    Ok(())
}

/// Everything that a person sees of their packs.
///
/// # Errors
///
/// Where the library cannot be read.
pub async fn list_packs(app: &App, _: ListPacks) -> Result<Vec<PackView>, AppError> {
    let db = app.db().await?;
    let mut list = Vec::new();
    for pack in db.packs().list().await? {
        let (location, reachable) = match &pack.source {
            PackSource::Sample => (String::new(), app.config().sample_dir.is_dir()),
            PackSource::Folder { location } => (location.clone(), Path::new(location).is_dir()),
            PackSource::Backstage { location } => (location.clone(), true),
            PackSource::Team { bundle } => (bundle.clone(), true),
        };
        list.push(PackView {
            location,
            read_at: app.local(pack.read_at),
            detail: report::in_words(&pack.counts),
            errors: pack.counts.errors,
            warnings: pack.counts.warnings,
            notes: pack.counts.notes,
            reachable,
            summary: summary(&db, &pack).await?,
        });
    }
    Ok(list)
}

/// What is wrong in a pack, errors first.
///
/// # Errors
///
/// Where the library cannot be read.
pub async fn pack_problems(app: &App, request: PackProblems) -> Result<Vec<Diagnostic>, AppError> {
    Ok(app.db().await?.diagnostics().for_pack(request.pack).await?)
}

/// The folder of a pack.
///
/// # Errors
///
/// Where the pack is not on this device.
pub async fn folder_of(app: &App, pack: PackId) -> Result<PathBuf, AppError> {
    let pack = app.db().await?.packs().get(pack).await?.ok_or(AppError::NotFound { what: "pack" })?;
    match pack.source {
        PackSource::Sample => Ok(app.config().sample_dir.clone()),
        PackSource::Folder { location } => Ok(PathBuf::from(location)),
        PackSource::Backstage { .. } | PackSource::Team { .. } => Err(AppError::NotFound { what: "folder" }),
    }
}

/// The packs as the sidebar lists them.
pub(crate) async fn summaries(app: &App) -> Result<Vec<PackSummary>, AppError> {
    let db = app.db().await?;
    let mut list = Vec::new();
    for pack in db.packs().list().await? {
        list.push(summary(&db, &pack).await?);
    }
    Ok(list)
}

pub(super) async fn summary(db: &Db, pack: &Pack) -> Result<PackSummary, AppError> {
    let site = db.sites().list().await?.into_iter().find(|site| site.pack == pack.id);
    let home = site.and_then(|site| site.home.as_ref().map(|home| route(&site.id, home, None)));
    Ok(PackSummary {
        id: pack.id,
        title: pack.title.clone(),
        kind: match pack.source {
            PackSource::Sample => PackKind::Sample,
            PackSource::Folder { .. } => PackKind::Folder,
            PackSource::Backstage { .. } => PackKind::Backstage,
            PackSource::Team { .. } => PackKind::Team,
        },
        route: home.unwrap_or_else(|| {
            let without_docs = match &pack.source {
                PackSource::Backstage { .. } => "/settings/sources",
                _ if pack.counts.templates > 0 => "/checklist",
                _ => "/roadmap",
            };
            without_docs.to_owned()
        }),
    })
}

async fn by_folder(db: &Db, path: &Path) -> Result<Option<Pack>, AppError> {
    let same = |pack: &Pack| matches!(&pack.source, PackSource::Folder { location } if Path::new(location) == path);
    Ok(db.packs().list().await?.into_iter().find(same))
}

/// Reads and parses a folder on a thread that may wait, telling how far it is.
async fn read(app: &App, path: &Path, own: Option<PackId>, today: Option<Date>) -> Result<Content, AppError> {
    let around = Around { today, others: Others::than(own, &app.db().await?).await? };
    let (app, path) = (app.clone(), path.to_owned());
    let name = path.file_name().map_or_else(|| "folder".to_owned(), |name| name.to_string_lossy().into_owned());
    let work = move || -> Result<Content, AppError> {
        let tell = |text: String, done: u32, total: Option<u32>| {
            app.publish(Topic::Job(JobProgress { text, done, total }));
        };
        let mut told = 0;
        let snapshot = folder::read(&path, &folder::Limits::default(), &mut |progress| {
            if progress.files >= told + REPORT_EVERY {
                told = progress.files;
                tell(format!("Reading {}", report::count(progress.files, "file")), progress.files, None);
            }
        })?;
        let files = snapshot.files.len() as u32;
        tell(format!("Looking through {}", report::count(files, "file")), files, Some(files));
        let mut memory = app.memories().take(&path);
        let content = ingest::parse_again(&name, snapshot, around, &mut memory);
        // The sample does not change.
        if path != app.config().sample_dir {
            app.memories().keep(path, memory);
        }
        Ok(content)
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| AppError::Interrupted { attempt: "read the folder" })?
}

/// Swaps a pack's content in one transaction and starts journeys in the same one.
pub(crate) async fn store(
    app: &App,
    id: PackId,
    source: PackSource,
    content: Content,
    start: &[TemplateId],
) -> Result<Added, AppError> {
    let db = app.db().await?;
    let running = journey::active(app).await?;
    let (own, taken): (Vec<_>, Vec<_>) = db.sites().list().await?.into_iter().partition(|site| site.pack == id);
    let pack_content = PackContent {
        title: content.title,
        revision: content.revision,
        templates: content.templates,
        roadmap: content.roadmap,
        sites: site_rows::with_ids(content.sites, &own, &taken),
        diagnostics: content.problems,
    };
    let wanted = |row: &&TemplateContent| {
        let running = running.iter().any(|loaded| loaded.pack == id && loaded.template.id == row.template.id);
        start.contains(&row.template.id) && !running
    };
    let to_start: Vec<TemplateContent> = pack_content.templates.iter().filter(wanted).cloned().collect();
    let mut tx = db.begin().await?;
    tx.packs().replace(id, &source, pack_content, app.now().timestamp()).await?;
    // A journey that a manager gave may have waited for its template.
    tx.pin_waiting().await?;
    for row in &to_start {
        journey::assign(app, &mut tx, id, &row.template, &row.hash).await?;
    }
    tx.commit().await?;
    app.publish(Topic::Pack(id));
    app.publish(Topic::Packs);
    app.publish(Topic::Journeys);
    added(app, id).await
}

/// What to say of a pack that is here now.
async fn added(app: &App, id: PackId) -> Result<Added, AppError> {
    let db = app.db().await?;
    let pack = db.packs().get(id).await?.ok_or(AppError::NotFound { what: "pack" })?;
    Ok(Added { pack: summary(&db, &pack).await?, message: report::in_words(&pack.counts) })
}
