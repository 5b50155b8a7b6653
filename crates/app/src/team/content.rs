//! What the team's authors published: journeys, docs and roadmap, as packs.

use serde::{Deserialize, Serialize};
use waymark_api::http::feed::{BundleList, BundleRow};
use waymark_store::PackSource;
use waymark_sync::{
    bundle::{OpenBundle, Version},
    folder::Limits,
};

use super::server::Server;
use crate::{
    App, AppError,
    sources::{Around, Others, parse, store},
};

/// What is remembered of a bundle: which archive is here, and who published it.
#[derive(Serialize, Deserialize)]
struct Known {
    archive: String,
    version: Version,
}

/// Fetches what is new. Where one bundle fails, its old content stays and the others are fetched all the same.
///
/// # Errors
///
/// The first failure, after everything else was tried.
pub(crate) async fn fetch(app: &App) -> Result<(), AppError> {
    let _one_at_a_time = app.team().fetching.lock().await;
    let server = Server::of(app).await?;
    let list: BundleList = server.get(&["bundles"], &[]).await?;
    let mut failure = None;
    for row in list.bundles {
        if let Err(error) = fetch_one(app, &server, &row).await {
            tracing::warn!(error = &error as &dyn std::error::Error, name = row.name, "a bundle is not used");
            failure.get_or_insert(error);
        }
    }
    failure.map_or(Ok(()), Err)
}

async fn fetch_one(app: &App, server: &Server, row: &BundleRow) -> Result<(), AppError> {
    let db = app.db().await?;
    let source = PackSource::Team { bundle: row.name.clone() };
    let pack = db.packs().list().await?.into_iter().find(|pack| pack.source == source);
    let key = format!("team-bundle:{}:{}", server.membership.server, row.name);
    let known: Option<Known> = db.preferences().get(&key).await?;
    if pack.is_some() && known.as_ref().is_some_and(|known| known.archive == row.digest) {
        return Ok(());
    }
    let bytes = server.bundle(&row.digest).await?;
    let around =
        Around { today: Some(app.today()), others: Others::than(pack.as_ref().map(|pack| pack.id), &db).await? };
    let (name, digest, before) = (row.name.clone(), row.digest.clone(), known.map(|known| known.version));
    let work = move || -> Result<_, AppError> {
        let opened = OpenBundle::of_bytes(bytes, &name, &digest)?;
        let files = opened.files(before.as_ref(), &Limits::default(), &mut |_| {})?;
        Ok((parse(&name, files, around), opened.version()))
    };
    let work = tokio::task::spawn_blocking(work).await;
    let (mut parsed, version) =
        work.map_err(|_| AppError::Interrupted { attempt: "read what the team published" })??;
    if !row.title.is_empty() {
        parsed.title.clone_from(&row.title);
    }
    let id = pack.map_or_else(|| app.new_pack(), |pack| pack.id);
    store(app, id, source, parsed, &[]).await?;
    let mut tx = db.begin().await?;
    tx.preferences().set(&key, &Known { archive: row.digest.clone(), version }).await?;
    tx.commit().await?;
    Ok(())
}
