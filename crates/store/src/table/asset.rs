//! Images and other files that pages refer to.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use waymark_core::id::SiteId;

use crate::{Db, ReadError, Tx, WriteError, error::About};

const WHAT: &str = "images";

/// A file that pages refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Path relative to the docs folder, with `/` between segments.
    pub path: String,
    /// What it is, for instance `image/png`.
    pub mime: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Reads of assets.
#[derive(Debug)]
pub struct Assets<'db>(&'db Db);

impl Db {
    /// The files that pages refer to.
    pub fn assets(&self) -> Assets<'_> {
        Assets(self)
    }
}

impl Assets<'_> {
    /// One file.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn get(&self, site: &SiteId, path: &str) -> Result<Option<Asset>, ReadError> {
        let row: Option<(String, String, Vec<u8>)> =
            sqlx::query_as("SELECT path, mime, bytes FROM asset WHERE site = ? AND path = ?")
                .bind(site.as_str().to_owned())
                .bind(path.to_owned())
                .fetch_optional(self.0.reader())
                .await
                .reading(WHAT)?;
        Ok(row.map(|(path, mime, bytes)| Asset { path, mime, bytes }))
    }

    /// The paths of a site's files, sorted.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn paths(&self, site: &SiteId) -> Result<Vec<String>, ReadError> {
        sqlx::query_scalar("SELECT path FROM asset WHERE site = ? ORDER BY path")
            .bind(site.as_str().to_owned())
            .fetch_all(self.0.reader())
            .await
            .reading(WHAT)
    }
}

/// Writes the files that are new or different, and removes those that are not among `assets`.
pub(super) async fn replace_all(tx: &mut Tx, site: &SiteId, assets: Vec<Asset>) -> Result<(), WriteError> {
    let mut waiting: BTreeMap<String, Asset> = assets.into_iter().map(|asset| (asset.path.clone(), asset)).collect();
    let mut gone = Vec::new();
    {
        let mut rows = sqlx::query_as("SELECT path, mime, bytes FROM asset WHERE site = ?")
            .bind(site.as_str().to_owned())
            .fetch(tx.connection());
        while let Some(row) = rows.try_next().await.reading(WHAT)? {
            let (path, mime, bytes): (String, String, Vec<u8>) = row;
            match waiting.get(&path) {
                None => gone.push(path),
                Some(asset) if asset.mime == mime && asset.bytes == bytes => drop(waiting.remove(&path)),
                Some(_) => {}
            }
        }
    }
    for path in gone {
        let delete = sqlx::query("DELETE FROM asset WHERE site = ? AND path = ?");
        tx.run(WHAT, delete.bind(site.as_str().to_owned()).bind(path)).await?;
    }
    for asset in waiting.into_values() {
        let upsert = sqlx::query(
            "INSERT INTO asset (site, path, mime, bytes) VALUES (?, ?, ?, ?)
             ON CONFLICT (site, path) DO UPDATE SET mime = excluded.mime, bytes = excluded.bytes",
        )
        .bind(site.as_str().to_owned())
        .bind(asset.path)
        .bind(asset.mime)
        .bind(asset.bytes);
        tx.run(WHAT, upsert).await?;
    }
    Ok(())
}
