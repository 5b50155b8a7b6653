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
use waymark_sync::{bundle as bundle_file, folder};

use super::{
    bundle::{self, Carried},
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

/// Reads a folder or a bundle and says what is in it; nothing is added.
///
/// # Errors
///
/// Where it cannot be read, a bundle breaks a rule, or nothing in it is content.
pub async fn scan_folder(app: &App, request: ScanFolder) -> Result<FolderReport, AppError> {
    let path = PathBuf::from(&request.path);
    let known = by_path(&app.db().await?, &path).await?.map(|pack| pack.id);
    let content = read(app, &path, known, Some(app.today())).await?;
    if content.is_empty() {
        return Err(AppError::NothingFound { path: request.path });
    }
    Ok(FolderReport {
        found: report::found(&content),
        bundle: content.bundle.map(|carried| carried.report),
        title: content.title,
        files: content.files,
        problems: content.problems,
        path: request.path,
        known,
    })
}

/// Adds a folder or a bundle, or reads it again where it was added before, and starts the chosen journeys.
///
/// # Errors
///
/// Where the folder cannot be read, nothing in it is content, or the library cannot be written.
pub async fn add_folder(app: &App, request: AddFolder) -> Result<Added, AppError> {
    let path = PathBuf::from(&request.path);
    let known = by_path(&app.db().await?, &path).await?.map(|pack| pack.id);
    let content = read(app, &path, known, Some(app.today())).await?;
    if content.is_empty() {
        return Err(AppError::NothingFound { path: request.path });
    }
    let id = known.unwrap_or_else(|| app.new_pack());
    store(app, id, PackSource::Folder { location: request.path }, content, &request.start).await
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

/// Reads a pack's folder again. Where that fails, the old content stays.
///
/// # Errors
///
/// Where the folder cannot be read or the library cannot be written.
pub async fn refresh_pack(app: &App, request: RefreshPack) -> Result<Added, AppError> {
    let pack = app.db().await?.packs().get(request.pack).await?.ok_or(AppError::NotFound { what: "pack" })?;
    let path = match &pack.source {
        PackSource::Sample => app.config().sample_dir.clone(),
        PackSource::Folder { location } => PathBuf::from(location),
    };
    let today = match &pack.source {
        PackSource::Sample => SAMPLE_DAY,
        PackSource::Folder { .. } => Some(app.today()),
    };
    let mut content = read(app, &path, Some(pack.id), today).await?;
    if content.is_empty() {
        return Err(AppError::NothingFound { path: path.display().to_string() });
    }
    if matches!(pack.source, PackSource::Sample) {
        content.title = SAMPLE.to_owned();
    }
    store(app, pack.id, pack.source, content, &[]).await
}

/// Removes a pack's docs and roadmap. Journeys that were started keep their pinned template.
///
/// # Errors
///
/// Where the library cannot be written.
pub async fn remove_pack(app: &App, request: RemovePack) -> Result<(), AppError> {
    let mut tx = app.db().await?.begin().await?;
    tx.packs().remove(request.pack).await?;
    bundle::forget(&mut tx, request.pack).await?;
    tx.commit().await?;
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
        let location = match &pack.source {
            PackSource::Sample => app.config().sample_dir.clone(),
            PackSource::Folder { location } => PathBuf::from(location),
        };
        list.push(PackView {
            location: if matches!(pack.source, PackSource::Sample) {
                String::new()
            } else {
                location.display().to_string()
            },
            read_at: app.local(pack.read_at),
            detail: report::in_words(&pack.counts),
            errors: pack.counts.errors,
            warnings: pack.counts.warnings,
            notes: pack.counts.notes,
            reachable: location.exists(),
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

/// The folder of a pack; of a bundle, the one that it lies in.
///
/// # Errors
///
/// Where the pack is not on this device.
pub async fn folder_of(app: &App, pack: PackId) -> Result<PathBuf, AppError> {
    let pack = app.db().await?.packs().get(pack).await?.ok_or(AppError::NotFound { what: "pack" })?;
    Ok(match pack.source {
        PackSource::Sample => app.config().sample_dir.clone(),
        PackSource::Folder { location } => match PathBuf::from(location) {
            path if bundle_file::is_bundle(&path) => path.parent().map_or_else(|| path.clone(), Path::to_owned),
            path => path,
        },
    })
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

async fn summary(db: &Db, pack: &Pack) -> Result<PackSummary, AppError> {
    let site = db.sites().list().await?.into_iter().find(|site| site.pack == pack.id);
    let home = site.and_then(|site| site.home.as_ref().map(|home| route(&site.id, home, None)));
    Ok(PackSummary {
        id: pack.id,
        title: pack.title.clone(),
        kind: match pack.source {
            PackSource::Sample => PackKind::Sample,
            PackSource::Folder { .. } => PackKind::Folder,
        },
        route: home.unwrap_or_else(|| if pack.counts.templates > 0 { "/checklist" } else { "/roadmap" }.to_owned()),
    })
}

/// The pack that a folder became, or an earlier version of a bundle.
async fn by_path(db: &Db, path: &Path) -> Result<Option<Pack>, AppError> {
    if bundle_file::is_bundle(path) {
        return bundle::pack_of(db, db.packs().list().await?, path).await;
    }
    let same = |pack: &Pack| matches!(&pack.source, PackSource::Folder { location } if Path::new(location) == path);
    Ok(db.packs().list().await?.into_iter().find(same))
}

/// Reads and parses a folder or a bundle on a thread that may wait, telling how far it is.
async fn read(app: &App, path: &Path, own: Option<PackId>, today: Option<Date>) -> Result<Content, AppError> {
    let db = app.db().await?;
    let around = Around { today, others: Others::than(own, &db).await? };
    let known = bundle::known(&db, own).await?;
    let (app, path) = (app.clone(), path.to_owned());
    let name = path.file_name().map_or_else(|| "folder".to_owned(), |name| name.to_string_lossy().into_owned());
    let work = move || -> Result<Content, AppError> {
        let tell = |text: String, done: u32, total: Option<u32>| {
            app.publish(Topic::Job(JobProgress { text, done, total }));
        };
        let mut told = 0;
        let mut progress = |progress: &folder::Progress| {
            if progress.files >= told + REPORT_EVERY {
                told = progress.files;
                tell(format!("Reading {}", report::count(progress.files, "file")), progress.files, None);
            }
        };
        let limits = folder::Limits::default();
        let (name, snapshot, carried) = if bundle_file::is_bundle(&path) {
            let read = bundle_file::read(&path, &limits, known.as_ref(), &mut progress)?;
            let carried = Carried::of(&read);
            (read.version.name, read.content, Some(carried))
        } else {
            (name, folder::read(&path, &limits, &mut progress)?, None)
        };
        let files = snapshot.files.len() as u32;
        tell(format!("Looking through {}", report::count(files, "file")), files, Some(files));
        Ok(Content { bundle: carried, ..ingest::parse(&name, snapshot, around) })
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| AppError::Interrupted { attempt: "read the folder" })?
}

/// Swaps a pack's content in one transaction and starts journeys in the same one.
async fn store(
    app: &App,
    id: PackId,
    source: PackSource,
    content: Content,
    start: &[TemplateId],
) -> Result<Added, AppError> {
    let db = app.db().await?;
    let running = journey::active(app).await?;
    let (own, taken): (Vec<_>, Vec<_>) = db.sites().list().await?.into_iter().partition(|site| site.pack == id);
    let carried = content.bundle;
    let pack_content = PackContent {
        title: content.title,
        revision: content.revision,
        templates: content.templates,
        roadmap: content.roadmap,
        sites: site_rows::with_ids(content.sites, &own, &taken),
        diagnostics: content.problems,
    };
    let counts = pack_content.counts();
    let wanted = |row: &&TemplateContent| {
        let running = running.iter().any(|loaded| loaded.pack == id && loaded.template.id == row.template.id);
        start.contains(&row.template.id) && !running
    };
    let to_start: Vec<TemplateContent> = pack_content.templates.iter().filter(wanted).cloned().collect();
    let mut tx = db.begin().await?;
    tx.packs().replace(id, &source, pack_content, app.now().timestamp()).await?;
    bundle::remember(&mut tx, id, carried.as_ref()).await?;
    for row in &to_start {
        journey::assign(app, &mut tx, id, &row.template, &row.hash).await?;
    }
    tx.commit().await?;
    app.publish(Topic::Pack(id));
    app.publish(Topic::Packs);
    app.publish(Topic::Journeys);
    let pack = db.packs().get(id).await?.ok_or(AppError::NotFound { what: "pack" })?;
    Ok(Added { pack: summary(&db, &pack).await?, message: report::in_words(&counts) })
}
