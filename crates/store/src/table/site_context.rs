//! What a site's pages are made with beside their own source: a text whose form is the app's own.

use waymark_core::id::SiteId;

use super::site::Sites;
use crate::{ReadError, Tx, WriteError, error::About};

const WHAT: &str = "settings of documentation sites";

impl Sites<'_> {
    /// The site's context; `None` where it has none.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn context(&self, id: &SiteId) -> Result<Option<String>, ReadError> {
        sqlx::query_scalar("SELECT body FROM site_context WHERE site = ?")
            .bind(id.as_str().to_owned())
            .fetch_optional(self.0.reader())
            .await
            .reading(WHAT)
    }

    /// BLAKE3 of the site's context, hex; `None` where it has none.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn context_hash(&self, id: &SiteId) -> Result<Option<String>, ReadError> {
        sqlx::query_scalar("SELECT hash FROM site_context WHERE site = ?")
            .bind(id.as_str().to_owned())
            .fetch_optional(self.0.reader())
            .await
            .reading(WHAT)
    }
}

pub(super) async fn insert(tx: &mut Tx, site: &SiteId, body: String) -> Result<(), WriteError> {
    let insert = sqlx::query("INSERT INTO site_context (site, hash, body) VALUES (?, ?, ?)")
        .bind(site.as_str().to_owned())
        .bind(blake3::hash(body.as_bytes()).to_hex().to_string())
        .bind(body);
    tx.run(WHAT, insert).await?;
    Ok(())
}
