//! From choosing a folder of documentation to reading its first page.

use std::{path::Path, time::Instant};

use anyhow::Context as _;
use serde::Serialize;
use waymark_api::ipc::{
    docs::{ListSites, OpenSite},
    sources::{AddFolder, ScanFolder},
};

use super::start;
use crate::Launch;

/// Milliseconds of each part, and how many pages the folder held.
#[derive(Clone, Debug, Serialize)]
pub struct Folder {
    /// Pages of the site.
    pub pages: u32,
    /// Until the report of what was found.
    pub scanned: f64,
    /// Until everything is on disk.
    pub added: f64,
    /// Until the first page can be read in the window.
    pub read: f64,
}

/// Scans a folder, adds it and opens its first page.
///
/// # Errors
///
/// Where the folder holds no site, or its first page does not appear.
pub async fn folder(app: &Path, docs: &Path) -> anyhow::Result<Folder> {
    let home = start::with_sample(app).await?;
    let window = Launch::of(app.to_path_buf()).open_in(home).await?;
    let known: Vec<_> = window.call(ListSites {}).await?.into_iter().map(|site| site.id).collect();
    let path = docs.to_string_lossy().into_owned();
    let milliseconds = |since: Instant| since.elapsed().as_secs_f64() * 1000.0;

    let begin = Instant::now();
    window.call(ScanFolder { path: path.clone() }).await?;
    let scanned = milliseconds(begin);
    window.call(AddFolder { path, start: Vec::new(), unsigned: false }).await?;
    let added = milliseconds(begin);
    let site = window
        .call(ListSites {})
        .await?
        .into_iter()
        .find(|site| !known.contains(&site.id))
        .context("the folder brought no site")?;
    let home_page = site.home.clone().context("the site has a first page")?;
    window.follow(&format!("/docs/{}/{home_page}", site.id)).await?;
    window.until("the first page can be read", async || Ok(window.text("article").await?.len() > 40)).await?;
    let read = milliseconds(begin);

    let pages = window.call(OpenSite { site: site.id }).await?.summary.pages;
    window.close().await?;
    Ok(Folder { pages, scanned, added, read })
}
