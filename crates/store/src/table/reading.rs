//! Where the person stopped reading. Never leaves the device.

use jiff::Timestamp;
use waymark_core::id::SiteId;

use super::time::sortable;
use crate::{
    Db, ReadError, Tx, WriteError,
    error::{About, parse},
};

const WHAT: &str = "reading places";

/// Where the person stopped reading a page.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadingPlace {
    /// The page's site.
    pub site: SiteId,
    /// Source path, relative to the docs folder.
    pub path: String,
    /// When the page was last opened.
    pub opened_at: Timestamp,
    /// How far down, from 0 to 1.
    pub progress: f64,
    /// The heading above that place, without the `doc-` prefix.
    pub heading: Option<String>,
    /// The page's sections as they were then, in the app's own form.
    pub seen: Option<String>,
}

/// Reads of reading places.
#[derive(Debug)]
pub struct Readings<'db>(&'db Db);

/// Writes of reading places.
#[derive(Debug)]
pub struct ReadingsMut<'tx>(&'tx mut Tx);

impl Db {
    /// Where the person stopped reading.
    pub fn reading(&self) -> Readings<'_> {
        Readings(self)
    }
}

impl Tx {
    /// Where the person stopped reading.
    pub fn reading(&mut self) -> ReadingsMut<'_> {
        ReadingsMut(self)
    }
}

type Row = (String, String, String, f64, Option<String>, Option<String>);

impl Readings<'_> {
    /// The place on one page.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn get(&self, site: &SiteId, path: &str) -> Result<Option<ReadingPlace>, ReadError> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT site, path, opened_at, progress, heading, seen FROM reading WHERE site = ? AND path = ?",
        )
        .bind(site.as_str().to_owned())
        .bind(path.to_owned())
        .fetch_optional(self.0.reader())
        .await
        .reading(WHAT)?;
        row.map(from_row).transpose()
    }

    /// The `n` pages that were opened last and still exist, newest first.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn recent(&self, n: u32) -> Result<Vec<ReadingPlace>, ReadError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT reading.site, reading.path, opened_at, progress, heading, seen
             FROM reading JOIN page USING (site, path) ORDER BY opened_at DESC, site, path LIMIT ?",
        )
        .bind(n)
        .fetch_all(self.0.reader())
        .await
        .reading(WHAT)?;
        rows.into_iter().map(from_row).collect()
    }
}

fn from_row((site, path, opened_at, progress, heading, seen): Row) -> Result<ReadingPlace, ReadError> {
    Ok(ReadingPlace { site: SiteId::new(site), path, opened_at: parse(WHAT, &opened_at)?, progress, heading, seen })
}

impl ReadingsMut<'_> {
    /// Keeps a place in place of the one before; progress outside 0 to 1 is brought inside.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn keep(&mut self, place: &ReadingPlace) -> Result<(), WriteError> {
        let progress = if place.progress.is_finite() { place.progress.clamp(0.0, 1.0) } else { 0.0 };
        let upsert = sqlx::query(
            "INSERT INTO reading (site, path, opened_at, progress, heading, seen) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (site, path) DO UPDATE SET
                 opened_at = excluded.opened_at, progress = excluded.progress, heading = excluded.heading,
                 seen = excluded.seen",
        )
        .bind(place.site.as_str().to_owned())
        .bind(place.path.clone())
        .bind(sortable(place.opened_at))
        .bind(progress)
        .bind(place.heading.clone())
        .bind(place.seen.clone());
        self.0.run(WHAT, upsert).await?;
        Ok(())
    }

    /// Forgets all places.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn forget_all(&mut self) -> Result<(), WriteError> {
        self.0.run(WHAT, sqlx::query("DELETE FROM reading")).await?;
        Ok(())
    }
}
