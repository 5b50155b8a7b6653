//! What is known about a site's pages beside their text: a text whose form is the app's own.

use waymark_core::id::SiteId;

use super::site::Sites;
use crate::{ReadError, Tx, WriteError, error::About};

const WHAT: &str = "facts about documentation sites";

impl Sites<'_> {
    /// Owner, repository and dates of the site's pages; `None` where nothing is known.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn about(&self, id: &SiteId) -> Result<Option<String>, ReadError> {
        sqlx::query_scalar("SELECT body FROM site_about WHERE site = ?")
            .bind(id.as_str().to_owned())
            .fetch_optional(self.0.reader())
            .await
            .reading(WHAT)
    }
}

pub(super) async fn insert(tx: &mut Tx, site: &SiteId, body: String) -> Result<(), WriteError> {
    let insert =
        sqlx::query("INSERT INTO site_about (site, body) VALUES (?, ?)").bind(site.as_str().to_owned()).bind(body);
    tx.run(WHAT, insert).await?;
    Ok(())
}
