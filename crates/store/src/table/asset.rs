//! Images and other files that pages refer to.

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

pub(super) async fn insert_all(tx: &mut Tx, site: &SiteId, assets: Vec<Asset>) -> Result<(), WriteError> {
    for asset in assets {
        let insert = sqlx::query("INSERT INTO asset (site, path, mime, bytes) VALUES (?, ?, ?, ?)")
            .bind(site.as_str().to_owned())
            .bind(asset.path)
            .bind(asset.mime)
            .bind(asset.bytes);
        tx.run(WHAT, insert).await?;
    }
    Ok(())
}
