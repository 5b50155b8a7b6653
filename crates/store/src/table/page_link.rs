//! Which pages link to which.

use std::collections::BTreeSet;

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

/// Writes the links that are new, and removes those that are not among `links`.
pub(super) async fn replace_all(tx: &mut Tx, site: &SiteId, links: Vec<PageLink>) -> Result<(), WriteError> {
    // A page may name the same target often.
    let links: BTreeSet<PageLink> = links.into_iter().collect();
    let rows: Vec<(String, String, String)> =
        sqlx::query_as("SELECT path, to_site, to_path FROM page_link WHERE site = ?")
            .bind(site.as_str().to_owned())
            .fetch_all(tx.connection())
            .await
            .reading(WHAT)?;
    let link =
        |(path, to_site, to_path): (String, String, String)| PageLink { path, to_site: SiteId::new(to_site), to_path };
    let before: BTreeSet<PageLink> = rows.into_iter().map(link).collect();
    for (statement, links) in [
        (
            "DELETE FROM page_link WHERE site = ? AND path = ? AND to_site = ? AND to_path = ?",
            before.difference(&links),
        ),
        ("INSERT INTO page_link (site, path, to_site, to_path) VALUES (?, ?, ?, ?)", links.difference(&before)),
    ] {
        for link in links {
            let statement = sqlx::query(statement)
                .bind(site.as_str().to_owned())
                .bind(link.path.clone())
                .bind(link.to_site.as_str().to_owned())
                .bind(link.to_path.clone());
            tx.run(WHAT, statement).await?;
        }
    }
    Ok(())
}
