//! Pages of documentation sites, as source and as text to search.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use waymark_core::{docs::Heading, id::SiteId};

use crate::{
    Db, ReadError, Tx, WriteError,
    error::{About, from_json, to_json},
};

pub(super) const WHAT: &str = "pages";

/// A page of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Source path, relative to the docs folder, with `/` between segments.
    pub path: String,
    /// What people see.
    pub title: String,
    /// Markdown as its author wrote it, or the article of a page that was built elsewhere.
    pub source: String,
    /// BLAKE3 of the source and of what it brings in, hex.
    pub hash: String,
    /// Headings in order.
    pub outline: Vec<Heading>,
    /// Words of the text, for "4 min read".
    pub words: u32,
    /// Plain text, for searching.
    pub text: String,
}

/// A line of a list of pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageTitle {
    /// Source path, relative to the docs folder.
    pub path: String,
    /// What people see.
    pub title: String,
    /// Words of the text.
    pub words: u32,
}

/// What a search looks through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchRow {
    /// The page's site.
    pub site: SiteId,
    /// Source path, relative to the docs folder.
    pub path: String,
    /// What people see.
    pub title: String,
    /// Headings in order.
    pub outline: Vec<Heading>,
    /// Plain text.
    pub text: String,
}

/// Enough of a page to see whether it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageStamp {
    /// The page's site.
    pub site: SiteId,
    /// Source path, relative to the docs folder.
    pub path: String,
    /// What people see.
    pub title: String,
    /// BLAKE3 of the source and of what it brings in, hex.
    pub hash: String,
    /// Bytes of the plain text: another version of the engine may read the same source differently.
    pub text_bytes: u64,
}

/// Reads of pages and of their cached HTML.
#[derive(Debug)]
pub struct Pages<'db>(pub(super) &'db Db);

/// Writes of the cached HTML of pages.
#[derive(Debug)]
pub struct PagesMut<'tx>(pub(super) &'tx mut Tx);

impl Db {
    /// The pages of all sites.
    pub fn pages(&self) -> Pages<'_> {
        Pages(self)
    }
}

impl Tx {
    /// The cache of rendered pages.
    pub fn pages(&mut self) -> PagesMut<'_> {
        PagesMut(self)
    }
}

type Row = (String, String, String, String, String, i64, String);

impl Pages<'_> {
    /// One page with its source.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn get(&self, site: &SiteId, path: &str) -> Result<Option<Page>, ReadError> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT path, title, source, hash, outline, words, text FROM page WHERE site = ? AND path = ?",
        )
        .bind(site.as_str().to_owned())
        .bind(path.to_owned())
        .fetch_optional(self.0.reader())
        .await
        .reading(WHAT)?;
        row.map(from_row).transpose()
    }

    /// All pages of a site with their sources, in reading order. This reads megabytes.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn all(&self, site: &SiteId) -> Result<Vec<Page>, ReadError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT path, title, source, hash, outline, words, text FROM page WHERE site = ? ORDER BY position",
        )
        .bind(site.as_str().to_owned())
        .fetch_all(self.0.reader())
        .await
        .reading(WHAT)?;
        rows.into_iter().map(from_row).collect()
    }

    /// The pages of a site in reading order, without their contents.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn titles(&self, site: &SiteId) -> Result<Vec<PageTitle>, ReadError> {
        let rows: Vec<(String, String, i64)> =
            sqlx::query_as("SELECT path, title, words FROM page WHERE site = ? ORDER BY position")
                .bind(site.as_str().to_owned())
                .fetch_all(self.0.reader())
                .await
                .reading(WHAT)?;
        Ok(rows.into_iter().map(|(path, title, words)| PageTitle { path, title, words: words as u32 }).collect())
    }

    /// The pages of all sites without their contents, to see which of them changed.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn stamps(&self) -> Result<Vec<PageStamp>, ReadError> {
        let rows: Vec<(String, String, String, String, i64)> =
            sqlx::query_as("SELECT site, path, title, hash, octet_length(text) FROM page ORDER BY site, position")
                .fetch_all(self.0.reader())
                .await
                .reading(WHAT)?;
        let stamp = |(site, path, title, hash, bytes): (String, _, _, _, i64)| PageStamp {
            site: SiteId::new(site),
            path,
            title,
            hash,
            text_bytes: bytes.cast_unsigned(),
        };
        Ok(rows.into_iter().map(stamp).collect())
    }

    /// Shows a search what it looks through, page by page: all texts together are megabytes.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn search_rows(&self, mut visit: impl FnMut(SearchRow)) -> Result<(), ReadError> {
        let mut rows = sqlx::query_as("SELECT site, path, title, outline, text FROM page ORDER BY site, position")
            .fetch(self.0.reader());
        while let Some(row) = rows.try_next().await.reading(WHAT)? {
            let (site, path, title, outline, text): (String, String, String, String, String) = row;
            visit(SearchRow { site: SiteId::new(site), path, title, outline: from_json(WHAT, &outline)?, text });
        }
        Ok(())
    }
}

fn from_row((path, title, source, hash, outline, words, text): Row) -> Result<Page, ReadError> {
    Ok(Page { path, title, source, hash, outline: from_json(WHAT, &outline)?, words: words as u32, text })
}

/// Writes the pages that are new or different, and removes those that are not among `pages`.
pub(super) async fn replace_all(tx: &mut Tx, site: &SiteId, pages: Vec<Page>) -> Result<(), WriteError> {
    let (mut waiting, mut gone) = (BTreeMap::new(), Vec::new());
    for (position, page) in pages.into_iter().enumerate() {
        let outline = to_json(WHAT, &page.outline)?;
        waiting.insert(page.path.clone(), (position as i64, outline, page));
    }
    {
        let mut rows =
            sqlx::query_as("SELECT position, path, title, source, hash, outline, words, text FROM page WHERE site = ?")
                .bind(site.as_str().to_owned())
                .fetch(tx.connection());
        while let Some(row) = rows.try_next().await.reading(WHAT)? {
            let (position, path, title, source, hash, outline, words, text): (
                i64,
                String,
                String,
                String,
                String,
                String,
                i64,
                String,
            ) = row;
            match waiting.get(&path) {
                None => gone.push(path),
                Some((at, json, page))
                    if (*at, json, &page.title, &page.hash) == (position, &outline, &title, &hash)
                        && (i64::from(page.words), &page.source, &page.text) == (words, &source, &text) =>
                {
                    waiting.remove(&path);
                }
                Some(_) => {}
            }
        }
    }
    for path in gone {
        let delete = sqlx::query("DELETE FROM page WHERE site = ? AND path = ?");
        tx.run(WHAT, delete.bind(site.as_str().to_owned()).bind(path)).await?;
    }
    for (position, outline, page) in waiting.into_values() {
        let upsert = sqlx::query(
            "INSERT INTO page (site, path, position, title, hash, words, outline, source, text)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (site, path) DO UPDATE SET
                 position = excluded.position, title = excluded.title, hash = excluded.hash,
                 words = excluded.words, outline = excluded.outline, source = excluded.source,
                 text = excluded.text",
        )
        .bind(site.as_str().to_owned())
        .bind(page.path)
        .bind(position)
        .bind(page.title)
        .bind(page.hash)
        .bind(page.words)
        .bind(outline)
        .bind(page.source)
        .bind(page.text);
        tx.run(WHAT, upsert).await?;
    }
    Ok(())
}
