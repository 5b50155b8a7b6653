//! Documentation sites.

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

pub(crate) async fn insert_all(tx: &mut Tx, pack: PackId, sites: Vec<SiteContent>) -> Result<(), WriteError> {
    for (position, site) in sites.into_iter().enumerate() {
        // The rows of this pack are gone by now, so whoever still has the name is another pack.
        let taken: i64 = sqlx::query_scalar("SELECT count(*) FROM site WHERE id = ?")
            .bind(site.id.as_str().to_owned())
            .fetch_one(tx.connection())
            .await
            .reading(WHAT)?;
        if taken > 0 {
            return Err(WriteError::SiteTaken { site: site.id.to_string() });
        }
        let insert =
            sqlx::query("INSERT INTO site (id, pack, position, folder, title, nav, home) VALUES (?, ?, ?, ?, ?, ?, ?)")
                .bind(site.id.as_str().to_owned())
                .bind(pack.to_string())
                .bind(position as i64)
                .bind(site.folder)
                .bind(site.title)
                .bind(to_json(WHAT, &site.nav)?)
                .bind(site.home);
        tx.run(WHAT, insert).await?;
        page::insert_all(tx, &site.id, site.pages).await?;
        asset::insert_all(tx, &site.id, site.assets).await?;
        page_link::insert_all(tx, &site.id, site.links).await?;
        if let Some(context) = site.context {
            site_context::insert(tx, &site.id, context).await?;
        }
        if let Some(about) = site.about {
            site_about::insert(tx, &site.id, about).await?;
        }
    }
    Ok(())
}
