//! Documentation sites.

use std::collections::BTreeSet;

use waymark_core::{
    docs::NavNode,
    id::{PackId, SiteId},
};

use super::{asset, page, page_link, site_about, site_context};
use crate::{
    Asset, Db, Page, PageLink, ReadError, Tx, WriteError,
    error::{About, from_json, parse, to_json},
};

const WHAT: &str = "documentation sites";

/// A site on its way into the library.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteContent {
    /// Unique on this device.
    pub id: SiteId,
    /// Docs folder, relative to the pack's folder; empty where they are the same.
    pub folder: String,
    /// What people see.
    pub title: String,
    /// The navigation's top level, in reading order.
    pub nav: Vec<NavNode>,
    /// Path of the first page, relative to the docs folder.
    pub home: Option<String>,
    /// The pages in reading order; their paths are unique.
    pub pages: Vec<Page>,
    /// Images and other files that pages refer to; their paths are unique.
    pub assets: Vec<Asset>,
    /// What its pages are made with beside their own source, in the app's own form.
    pub context: Option<String>,
    /// What is known about its pages beside their text, in the app's own form.
    pub about: Option<String>,
    /// The links of its pages to other pages.
    pub links: Vec<PageLink>,
}

/// A documentation site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The first segment of its pages' addresses.
    pub id: SiteId,
    /// Where it came from.
    pub pack: PackId,
    /// Docs folder, relative to the pack's folder; empty where they are the same.
    pub folder: String,
    /// What people see.
    pub title: String,
    /// The navigation's top level, in reading order.
    pub nav: Vec<NavNode>,
    /// Path of the first page, relative to the docs folder.
    pub home: Option<String>,
}

/// Reads of sites.
#[derive(Debug)]
pub struct Sites<'db>(pub(super) &'db Db);

impl Db {
    /// The documentation sites of all packs.
    pub fn sites(&self) -> Sites<'_> {
        Sites(self)
    }
}

type Row = (String, String, String, String, String, Option<String>);

impl Sites<'_> {
    /// All sites, by pack and in the pack's order.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn list(&self) -> Result<Vec<Site>, ReadError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT site.id, site.pack, site.folder, site.title, site.nav, site.home
             FROM site JOIN pack ON pack.id = site.pack
             ORDER BY pack.added_at, pack.id, site.position",
        )
        .fetch_all(self.0.reader())
        .await
        .reading(WHAT)?;
        rows.into_iter().map(from_row).collect()
    }

    /// One site.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn get(&self, id: &SiteId) -> Result<Option<Site>, ReadError> {
        let row: Option<Row> = sqlx::query_as("SELECT id, pack, folder, title, nav, home FROM site WHERE id = ?")
            .bind(id.as_str().to_owned())
            .fetch_optional(self.0.reader())
            .await
            .reading(WHAT)?;
        row.map(from_row).transpose()
    }
}

fn from_row((id, pack, folder, title, nav, home): Row) -> Result<Site, ReadError> {
    Ok(Site { id: SiteId::new(id), pack: parse(WHAT, &pack)?, folder, title, nav: from_json(WHAT, &nav)?, home })
}

/// Puts `sites` in place of all sites of a pack. What is the same as before is not written again: a folder
/// in which one page changed has megabytes that did not.
pub(crate) async fn replace_all(tx: &mut Tx, pack: PackId, sites: Vec<SiteContent>) -> Result<(), WriteError> {
    let mut kept = BTreeSet::new();
    for site in &sites {
        if !kept.insert(&site.id) {
            return Err(WriteError::SiteTaken { site: site.id.to_string() });
        }
    }
    let kept = to_json(WHAT, &kept)?;
    let gone = sqlx::query("DELETE FROM site WHERE pack = ? AND id NOT IN (SELECT value FROM json_each(?))");
    tx.run(WHAT, gone.bind(pack.to_string()).bind(kept)).await?;
    for (position, site) in sites.into_iter().enumerate() {
        put(tx, pack, position, site).await?;
    }
    Ok(())
}

pub(crate) async fn insert_all(tx: &mut Tx, pack: PackId, sites: Vec<SiteContent>) -> Result<(), WriteError> {
    for (position, site) in sites.into_iter().enumerate() {
        // The rows of this pack are gone by now, so whoever still has the name is another pack.
        put(tx, pack, position, site).await?;
    }
    Ok(())
}

/// Writes a site, over the one of the same id where the pack has it.
async fn put(tx: &mut Tx, pack: PackId, position: usize, site: SiteContent) -> Result<(), WriteError> {
    let owner: Option<String> = sqlx::query_scalar("SELECT pack FROM site WHERE id = ?")
        .bind(site.id.as_str().to_owned())
        .fetch_optional(tx.connection())
        .await
        .reading(WHAT)?;
    if owner.is_some_and(|owner| owner != pack.to_string()) {
        return Err(WriteError::SiteTaken { site: site.id.to_string() });
    }
    let upsert = sqlx::query(
        "INSERT INTO site (id, pack, position, folder, title, nav, home) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET
             position = excluded.position, folder = excluded.folder, title = excluded.title,
             nav = excluded.nav, home = excluded.home",
    )
    .bind(site.id.as_str().to_owned())
    .bind(pack.to_string())
    .bind(position as i64)
    .bind(site.folder)
    .bind(site.title)
    .bind(to_json(WHAT, &site.nav)?)
    .bind(site.home);
    tx.run(WHAT, upsert).await?;
    page::replace_all(tx, &site.id, site.pages).await?;
    asset::replace_all(tx, &site.id, site.assets).await?;
    page_link::replace_all(tx, &site.id, site.links).await?;
    // Small tables of one row a site; what says which version of a server's site this is comes after it.
    for table in [
        "DELETE FROM site_context WHERE site = ?",
        "DELETE FROM site_about WHERE site = ?",
        "DELETE FROM remote_site WHERE site = ?",
    ] {
        tx.run(WHAT, sqlx::query(table).bind(site.id.as_str().to_owned())).await?;
    }
    if let Some(context) = site.context {
        site_context::insert(tx, &site.id, context).await?;
    }
    if let Some(about) = site.about {
        site_about::insert(tx, &site.id, about).await?;
    }
    Ok(())
}
