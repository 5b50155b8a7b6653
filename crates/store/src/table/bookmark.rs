//! Pages that the person wants to find again. Never leaves the device.

use jiff::Timestamp;
use waymark_core::id::SiteId;

use super::time::sortable;
use crate::{
    Db, ReadError, Tx, WriteError,
    error::{About, parse},
};

const WHAT: &str = "bookmarks";

/// A page that the person wants to find again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookmark {
    /// The page's site.
    pub site: SiteId,
    /// Source path, relative to the docs folder.
    pub path: String,
    /// When it was set.
    pub added_at: Timestamp,
}

/// Reads of bookmarks.
#[derive(Debug)]
pub struct Bookmarks<'db>(&'db Db);

/// Writes of bookmarks.
#[derive(Debug)]
pub struct BookmarksMut<'tx>(&'tx mut Tx);

impl Db {
    /// Pages that the person wants to find again.
    pub fn bookmarks(&self) -> Bookmarks<'_> {
        Bookmarks(self)
    }
}

impl Tx {
    /// Pages that the person wants to find again.
    pub fn bookmarks(&mut self) -> BookmarksMut<'_> {
        BookmarksMut(self)
    }
}

impl Bookmarks<'_> {
    /// The bookmarks whose pages are here, newest first.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn list(&self) -> Result<Vec<Bookmark>, ReadError> {
        let rows: Vec<(String, String, String)> = sqlx::query_as(
            "SELECT site, path, added_at FROM bookmark JOIN page USING (site, path) ORDER BY added_at DESC, site, path",
        )
        .fetch_all(self.0.reader())
        .await
        .reading(WHAT)?;
        rows.into_iter()
            .map(|(site, path, at)| Ok(Bookmark { site: SiteId::new(site), path, added_at: parse(WHAT, &at)? }))
            .collect()
    }

    /// Whether a page has one.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn has(&self, site: &SiteId, path: &str) -> Result<bool, ReadError> {
        let count: i64 = sqlx::query_scalar("SELECT count(*) FROM bookmark WHERE site = ? AND path = ?")
            .bind(site.as_str().to_owned())
            .bind(path.to_owned())
            .fetch_one(self.0.reader())
            .await
            .reading(WHAT)?;
        Ok(count > 0)
    }
}

impl BookmarksMut<'_> {
    /// Sets a bookmark; one that is there already keeps its time.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn set(&mut self, bookmark: &Bookmark) -> Result<(), WriteError> {
        let insert = sqlx::query("INSERT OR IGNORE INTO bookmark (site, path, added_at) VALUES (?, ?, ?)")
            .bind(bookmark.site.as_str().to_owned())
            .bind(bookmark.path.clone())
            .bind(sortable(bookmark.added_at));
        self.0.run(WHAT, insert).await?;
        Ok(())
    }

    /// Takes a bookmark off; where there is none, nothing happens.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn remove(&mut self, site: &SiteId, path: &str) -> Result<(), WriteError> {
        let delete = sqlx::query("DELETE FROM bookmark WHERE site = ? AND path = ?")
            .bind(site.as_str().to_owned())
            .bind(path.to_owned());
        self.0.run(WHAT, delete).await?;
        Ok(())
    }
}
