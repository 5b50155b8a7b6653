//! Changing a pack site by site, so that one of many sites can be swapped while the others stay.

use jiff::Timestamp;
use waymark_core::{
    diagnostic::{Diagnostic, Severity},
    id::{PackId, SiteId},
};

use super::{
    diagnostic,
    pack::{PackCounts, PackSource, PacksMut, WHAT},
    page_html, site,
};
use crate::{
    SiteContent, WriteError,
    error::{About, to_json},
};

/// What becomes of a pack of sites.
#[derive(Clone, Debug, PartialEq)]
pub struct PackUpdate {
    /// What people see.
    pub title: String,
    /// Fingerprint of the content.
    pub revision: String,
    /// Sites that stay as they are.
    pub kept: Vec<SiteId>,
    /// Sites that are new or come in place of their former version.
    pub sites: Vec<SiteContent>,
    /// All that is wrong with the pack, also with what stays.
    pub diagnostics: Vec<Diagnostic>,
}

impl PacksMut<'_> {
    /// Adds a pack of sites, or changes those of its sites that are not kept. Others see the old version of
    /// each until the commit and the new one after it. Templates and roadmap are not touched.
    ///
    /// # Errors
    /// [`WriteError::SiteTaken`] where another pack has a site of that name. After an error the
    /// transaction must be dropped.
    pub async fn update(
        &mut self,
        id: PackId,
        source: &PackSource,
        update: PackUpdate,
        read_at: Timestamp,
    ) -> Result<(), WriteError> {
        let PackUpdate { title, revision, kept, sites, diagnostics } = update;
        let found = |severity| diagnostics.iter().filter(|finding| finding.severity == severity).count() as u32;
        let mut counts = PackCounts {
            errors: found(Severity::Error),
            warnings: found(Severity::Warning),
            notes: found(Severity::Note),
            ..PackCounts::default()
        };
        self.upsert(id, source, (title.clone(), revision.clone()), &counts, read_at).await?;
        let kept = to_json(WHAT, &kept)?;
        let gone = sqlx::query("DELETE FROM site WHERE pack = ? AND id NOT IN (SELECT value FROM json_each(?))");
        self.0.run(WHAT, gone.bind(id.to_string()).bind(kept)).await?;
        let findings = sqlx::query("DELETE FROM diagnostic WHERE pack = ?");
        self.0.run(WHAT, findings.bind(id.to_string())).await?;
        site::insert_all(self.0, id, sites).await?;
        diagnostic::insert_all(self.0, id, diagnostics).await?;
        let order = sqlx::query(
            "UPDATE site SET position =
                 (SELECT count(*) FROM site AS other WHERE other.pack = site.pack AND other.title < site.title)
             WHERE pack = ?",
        );
        self.0.run(WHAT, order.bind(id.to_string())).await?;
        page_html::remove_orphans(self.0).await?;
        let (of_sites, of_pages, of_assets): (i64, i64, i64) = sqlx::query_as(
            "SELECT (SELECT count(*) FROM site WHERE pack = ?1),
                    (SELECT count(*) FROM page JOIN site ON site.id = page.site WHERE pack = ?1),
                    (SELECT count(*) FROM asset JOIN site ON site.id = asset.site WHERE pack = ?1)",
        )
        .bind(id.to_string())
        .fetch_one(self.0.connection())
        .await
        .reading(WHAT)?;
        counts = PackCounts { sites: of_sites as u32, pages: of_pages as u32, assets: of_assets as u32, ..counts };
        self.upsert(id, source, (title, revision), &counts, read_at).await
    }
}
