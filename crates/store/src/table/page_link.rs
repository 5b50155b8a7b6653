//! Which pages link to which.

use waymark_core::id::SiteId;

use super::page::Pages;
use crate::{ReadError, Tx, WriteError, error::About};

const WHAT: &str = "links between pages";

/// A link of a page to another page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageLink {
    /// The page that has the link, relative to the docs folder of its site.
    pub path: String,
    /// The site that it leads to.
    pub to_site: SiteId,
    /// The page that it leads to, relative to the docs folder of that site.
    pub to_path: String,
}

/// A page that links to another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkingPage {
    /// Its site.
    pub site: SiteId,
    /// Source path, relative to the docs folder.
    pub path: String,
    /// What people see.
    pub title: String,
}

impl Pages<'_> {
    /// The pages that link to a page, at most `limit`: those of its own site first, then site by site,
    /// each site in reading order.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn linking_to(&self, site: &SiteId, path: &str, limit: u32) -> Result<Vec<LinkingPage>, ReadError> {
        let rows: Vec<(String, String, String)> = sqlx::query_as(
            "SELECT page.site, page.path, page.title
             FROM page_link AS link
             JOIN page ON page.site = link.site AND page.path = link.path
             JOIN site ON site.id = link.site
             JOIN pack ON pack.id = site.pack
             WHERE link.to_site = ?1 AND link.to_path = ?2 AND NOT (link.site = ?1 AND link.path = ?2)
             ORDER BY link.site <> ?1, pack.added_at, pack.id, site.position, page.position
             LIMIT ?3",
        )
        .bind(site.as_str().to_owned())
        .bind(path.to_owned())
        .bind(limit)
        .fetch_all(self.0.reader())
        .await
        .reading(WHAT)?;
        Ok(rows.into_iter().map(|(site, path, title)| LinkingPage { site: SiteId::new(site), path, title }).collect())
    }
}

pub(super) async fn insert_all(tx: &mut Tx, site: &SiteId, links: Vec<PageLink>) -> Result<(), WriteError> {
    for link in links {
        // A page may name the same target often.
        let insert = sqlx::query("INSERT OR IGNORE INTO page_link (site, path, to_site, to_path) VALUES (?, ?, ?, ?)")
            .bind(site.as_str().to_owned())
            .bind(link.path)
            .bind(link.to_site.as_str().to_owned())
            .bind(link.to_path);
        tx.run(WHAT, insert).await?;
    }
    Ok(())
}
