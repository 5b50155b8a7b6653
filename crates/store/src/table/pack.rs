//! Bodies of content, and swapping one for its next version.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use waymark_core::{
    diagnostic::{Diagnostic, Severity},
    id::PackId,
    roadmap::Roadmap,
};

use super::{diagnostic, page_html, roadmap, site, template, time::sortable};
use crate::{
    Db, ReadError, SiteContent, TemplateContent, Tx, WriteError,
    error::{About, from_json, parse, to_json},
};

pub(super) const WHAT: &str = "sources of content";

/// Where a pack comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackSource {
    /// The sample that comes with the app.
    Sample,
    /// A folder on this machine.
    Folder {
        /// Its path.
        location: String,
    },
    /// A Backstage on the network.
    Backstage {
        /// Its address.
        location: String,
    },
    /// Content that the team's server published.
    Team {
        /// Name of the bundle.
        bundle: String,
    },
}

/// What a pack holds, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PackCounts {
    /// Journeys that can be assigned.
    pub templates: u32,
    /// Steps and sub-steps of them.
    pub steps: u32,
    /// Documentation sites.
    pub sites: u32,
    /// Pages of them.
    pub pages: u32,
    /// Images and other files of them.
    pub assets: u32,
    /// Items of the roadmap.
    pub roadmap_items: u32,
    /// Findings that keep content from being used.
    pub errors: u32,
    /// Findings that leave readers worse off.
    pub warnings: u32,
    /// Remarks.
    pub notes: u32,
}

/// A body of content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// Its id.
    pub id: PackId,
    /// Where it comes from.
    pub source: PackSource,
    /// What people see.
    pub title: String,
    /// When it was first added.
    pub added_at: Timestamp,
    /// When its content was last read from the source.
    pub read_at: Timestamp,
    /// Fingerprint of the content.
    pub revision: String,
    /// What it holds.
    pub counts: PackCounts,
}

/// The whole content of a pack.
#[derive(Clone, Debug, PartialEq)]
pub struct PackContent {
    /// What people see.
    pub title: String,
    /// Fingerprint of the content.
    pub revision: String,
    /// Journeys in order.
    pub templates: Vec<TemplateContent>,
    /// The roadmap.
    pub roadmap: Option<Roadmap>,
    /// Documentation sites in order.
    pub sites: Vec<SiteContent>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

impl PackContent {
    /// What it holds, in numbers.
    pub fn counts(&self) -> PackCounts {
        let found = |severity| self.diagnostics.iter().filter(|finding| finding.severity == severity).count() as u32;
        PackCounts {
            templates: self.templates.len() as u32,
            steps: self.templates.iter().map(|one| one.template.steps().count() as u32).sum(),
            sites: self.sites.len() as u32,
            pages: self.sites.iter().map(|site| site.pages.len() as u32).sum(),
            assets: self.sites.iter().map(|site| site.assets.len() as u32).sum(),
            roadmap_items: self.roadmap.as_ref().map_or(0, |roadmap| roadmap.items.len() as u32),
            errors: found(Severity::Error),
            warnings: found(Severity::Warning),
            notes: found(Severity::Note),
        }
    }
}

/// Reads of packs.
#[derive(Debug)]
pub struct Packs<'db>(&'db Db);

/// Writes of packs.
#[derive(Debug)]
pub struct PacksMut<'tx>(pub(super) &'tx mut Tx);

impl Db {
    /// The bodies of content on this device.
    pub fn packs(&self) -> Packs<'_> {
        Packs(self)
    }
}

impl Tx {
    /// The bodies of content on this device.
    pub fn packs(&mut self) -> PacksMut<'_> {
        PacksMut(self)
    }
}

type Row = (String, String, Option<String>, String, String, String, String, String);

impl Packs<'_> {
    /// All packs in the order in which they were added.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn list(&self) -> Result<Vec<Pack>, ReadError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, kind, location, title, added_at, read_at, revision, counts FROM pack ORDER BY added_at, id",
        )
        .fetch_all(self.0.reader())
        .await
        .reading(WHAT)?;
        rows.into_iter().map(from_row).collect()
    }

    /// One pack.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn get(&self, id: PackId) -> Result<Option<Pack>, ReadError> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT id, kind, location, title, added_at, read_at, revision, counts FROM pack WHERE id = ?",
        )
        .bind(id.to_string())
        .fetch_optional(self.0.reader())
        .await
        .reading(WHAT)?;
        row.map(from_row).transpose()
    }
}

fn from_row((id, kind, location, title, added_at, read_at, revision, counts): Row) -> Result<Pack, ReadError> {
    Ok(Pack {
        id: parse(WHAT, &id)?,
        source: match location {
            Some(location) if kind == "folder" => PackSource::Folder { location },
            Some(bundle) if kind == "team" => PackSource::Team { bundle },
            Some(location) => PackSource::Backstage { location },
            // The table's CHECK leaves only `sample` without a location.
            None => PackSource::Sample,
        },
        title,
        added_at: parse(WHAT, &added_at)?,
        read_at: parse(WHAT, &read_at)?,
        revision,
        counts: from_json(WHAT, &counts)?,
    })
}

impl PacksMut<'_> {
    /// Adds a pack, or puts `content` in place of everything that it held. Others see the old version
    /// until the commit and the new one after it.
    ///
    /// Journeys keep the templates that they are pinned to; notes, reading places and the HTML of
    /// pages whose source did not change stay.
    ///
    /// # Errors
    /// [`WriteError::SiteTaken`] where another pack has a site of that name. After an error the
    /// transaction must be dropped.
    pub async fn replace(
        &mut self,
        id: PackId,
        source: &PackSource,
        content: PackContent,
        read_at: Timestamp,
    ) -> Result<(), WriteError> {
        let counts = content.counts();
        self.upsert(id, source, (content.title, content.revision), &counts, read_at).await?;
        self.empty(id).await?;
        template::insert_all(self.0, id, content.templates).await?;
        if let Some(roadmap) = &content.roadmap {
            roadmap::insert(self.0, id, roadmap).await?;
        }
        site::replace_all(self.0, id, content.sites).await?;
        diagnostic::replace_all(self.0, id, content.diagnostics).await?;
        page_html::remove_orphans(self.0).await
    }

    /// Removes a pack with its content and the reading places in it. Journeys and their templates,
    /// facts and notes stay.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn remove(&mut self, id: PackId) -> Result<(), WriteError> {
        let reading = sqlx::query("DELETE FROM reading WHERE site IN (SELECT id FROM site WHERE pack = ?)");
        self.0.run("reading places", reading.bind(id.to_string())).await?;
        self.0.run(WHAT, sqlx::query("DELETE FROM pack WHERE id = ?").bind(id.to_string())).await?;
        page_html::remove_orphans(self.0).await
    }

    /// Writes the row of a pack; the texts are its title and its revision.
    pub(super) async fn upsert(
        &mut self,
        id: PackId,
        source: &PackSource,
        (title, revision): (String, String),
        counts: &PackCounts,
        read_at: Timestamp,
    ) -> Result<(), WriteError> {
        let (kind, location) = match source {
            PackSource::Sample => ("sample", None),
            PackSource::Folder { location } => ("folder", Some(location.clone())),
            PackSource::Backstage { location } => ("backstage", Some(location.clone())),
            PackSource::Team { bundle } => ("team", Some(bundle.clone())),
        };
        let upsert = sqlx::query(
            "INSERT INTO pack (id, kind, location, title, added_at, read_at, revision, counts)
             VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7)
             ON CONFLICT (id) DO UPDATE SET
                 kind = excluded.kind, location = excluded.location, title = excluded.title,
                 read_at = excluded.read_at, revision = excluded.revision, counts = excluded.counts",
        )
        .bind(id.to_string())
        .bind(kind)
        .bind(location)
        .bind(title)
        .bind(sortable(read_at))
        .bind(revision)
        .bind(to_json(WHAT, counts)?);
        self.0.run(WHAT, upsert).await?;
        Ok(())
    }

    /// Deletes what the next version brings anew, but the sites, of which most stays.
    async fn empty(&mut self, id: PackId) -> Result<(), WriteError> {
        for statement in ["DELETE FROM template WHERE pack = ?", "DELETE FROM roadmap WHERE pack = ?"] {
            self.0.run(WHAT, sqlx::query(statement).bind(id.to_string())).await?;
        }
        Ok(())
    }
}
