//! Folders that are watched: what changes in one is read again by itself.
//!
//! Every file is looked at, so that nothing is missed; but only pages whose own text, or whose snippets and
//! settings, did change are parsed, written and indexed again, and rendered when somebody opens them.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Mutex, PoisonError, mpsc},
};

use tokio::runtime::Handle;
use waymark_core::id::PackId;
use waymark_store::PackSource;
use waymark_sync::{bundle::is_bundle, folder::FolderWatch};

use super::packs::refresh_changed;
use crate::{App, app::WeakApp};

/// The folders that are watched, by pack.
#[derive(Default)]
pub(crate) struct Watches(Mutex<BTreeMap<PackId, (PathBuf, FolderWatch)>>);

/// Watches the folders of all packs, and no others, in the background: setting up a watch walks the folder.
pub(crate) fn watch(app: &App) {
    let app = app.clone();
    tokio::spawn(async move { watched(&app).await });
}

/// Returns when the folders of all packs are watched. A folder that cannot be watched is read by hand.
pub async fn watched(app: &App) {
    let Ok(db) = app.db().await else { return };
    let packs = db.packs().list().await.unwrap_or_default();
    let folders = packs.into_iter().filter_map(|pack| match pack.source {
        // A bundle is one version; the next one is opened by hand.
        PackSource::Folder { location } => {
            Some((pack.id, PathBuf::from(location))).filter(|(_, path)| !is_bundle(path))
        }
        PackSource::Sample | PackSource::Backstage { .. } | PackSource::Team { .. } => None,
    });
    let (app, folders, handle) = (app.clone(), folders.collect(), Handle::current());
    if tokio::task::spawn_blocking(move || set_up(&app, folders, &handle)).await.is_err() {
        tracing::warn!("folders could not be watched");
    }
}

fn set_up(app: &App, folders: BTreeMap<PackId, PathBuf>, handle: &Handle) {
    let mut watches = app.watches().0.lock().unwrap_or_else(PoisonError::into_inner);
    watches.retain(|pack, (path, _)| folders.get(pack) == Some(path));
    for (pack, path) in folders {
        if watches.contains_key(&pack) {
            continue;
        }
        let (weak, handle) = (app.downgrade(), handle.clone());
        match FolderWatch::start(&path, move || changed(&weak, pack, &handle)) {
            Ok(watch) => drop(watches.insert(pack, (path, watch))),
            Err(error) => tracing::info!(%error, path = %path.display(), "a folder is not watched"),
        }
    }
}

/// Reads the folder again, and returns when that is done. The folder may be in the middle of a change that
/// leaves nothing to read; what is here stays then, and the next change is seen as well.
fn changed(app: &WeakApp, pack: PackId, handle: &Handle) {
    let Some(app) = app.upgrade() else { return };
    let (done, wait) = mpsc::channel::<()>();
    handle.spawn(async move {
        if let Err(error) = refresh_changed(&app, pack).await {
            tracing::info!(%error, "a changed folder could not be read");
        }
        drop(done);
    });
    // Ends when the task does, also where it is dropped with its runtime.
    let _ = wait.recv();
}
