//! Cache of rendered pages, valid for one source and one version of the engine.

use waymark_core::{diagnostic::Diagnostic, id::SiteId};

use super::page::{Pages, PagesMut};
use crate::{
    ReadError, Tx, WriteError,
    error::{About, from_json, to_json},
};

const WHAT: &str = "rendered pages";

/// A rendered page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageHtml {
    /// Hash of the source that it was made from.
    pub hash: String,
    /// Which engine and options made it; anything that changes the output belongs in here.
    pub engine: String,
    /// Sanitised HTML.
    pub html: String,
    /// What the engine found on the way.
    pub diagnostics: Vec<Diagnostic>,
}

impl Pages<'_> {
    /// The cached HTML of a page, where `engine` made it from the page's present source.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn html(&self, site: &SiteId, path: &str, engine: &str) -> Result<Option<PageHtml>, ReadError> {
        let row: Option<(String, String, String)> = sqlx::query_as(
            "SELECT page_html.hash, page_html.html, page_html.diagnostics
             FROM page_html JOIN page USING (site, path, hash)
             WHERE site = ? AND path = ? AND page_html.engine = ?",
        )
        .bind(site.as_str().to_owned())
        .bind(path.to_owned())
        .bind(engine.to_owned())
        .fetch_optional(self.0.reader())
        .await
        .reading(WHAT)?;
        row.map(|(hash, html, diagnostics)| {
            Ok(PageHtml { hash, engine: engine.to_owned(), html, diagnostics: from_json(WHAT, &diagnostics)? })
        })
        .transpose()
    }
}

impl PagesMut<'_> {
    /// Keeps the HTML of a page in place of what was cached for it before.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn keep_html(&mut self, site: &SiteId, path: &str, page: PageHtml) -> Result<(), WriteError> {
        let upsert = sqlx::query(
            "INSERT INTO page_html (site, path, hash, engine, diagnostics, html) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (site, path) DO UPDATE SET
                 hash = excluded.hash, engine = excluded.engine,
                 diagnostics = excluded.diagnostics, html = excluded.html",
        )
        .bind(site.as_str().to_owned())
        .bind(path.to_owned())
        .bind(page.hash)
        .bind(page.engine)
        .bind(to_json(WHAT, &page.diagnostics)?)
        .bind(page.html);
        self.0.run(WHAT, upsert).await?;
        Ok(())
    }
}

/// Removes what no page refers to any more.
pub(super) async fn remove_orphans(tx: &mut Tx) -> Result<(), WriteError> {
    let delete = sqlx::query(
        "DELETE FROM page_html WHERE NOT EXISTS (
             SELECT 1 FROM page
             WHERE page.site = page_html.site AND page.path = page_html.path AND page.hash = page_html.hash)",
    );
    tx.run(WHAT, delete).await?;
    Ok(())
}
