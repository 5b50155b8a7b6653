//! The HTML of a page: from the cache, or rendered now and kept.

use std::collections::{BTreeMap, BTreeSet};

use waymark_core::id::SiteId;
use waymark_docs::{SiteLinks, Surroundings};
use waymark_store::{Db, PackSource, Page, PageHtml, Site};

use super::Context;
use crate::{App, AppError};

pub(super) async fn rendered(app: &App, db: &Db, site: &Site, page: &Page) -> Result<PageHtml, AppError> {
    let titles = db.pages().titles(&site.id).await?;
    let pages: BTreeMap<String, String> = titles.into_iter().map(|page| (page.path, page.title)).collect();
    let assets: BTreeSet<String> = db.assets().paths(&site.id).await?.into_iter().collect();
    let context_hash = db.sites().context_hash(&site.id).await?;
    let beside = beside(db, site, page).await?;
    let around = [context_hash.as_deref().unwrap_or_default(), &beside.key()].concat();
    let engine = engine_key(&pages, &assets, Some(&around));
    if let Some(kept) = db.pages().html(&site.id, &page.path, &engine).await?
        && kept.hash == page.hash
    {
        return Ok(kept);
    }
    let neighbours = beside.with_pages(db).await?;
    let context = db.sites().context(&site.id).await?;
    let (path, source, id) = (page.path.clone(), page.source.clone(), site.id.clone());
    let asset_base = app.config().asset_base.clone();
    let result = tokio::task::spawn_blocking(move || {
        // A site that was read before contexts were kept has none until it is read again.
        let context: Option<Context> = context.and_then(|text| serde_json::from_str(&text).ok());
        let around = context.as_ref().map_or(Surroundings::NONE, Context::surroundings);
        let none = BTreeMap::new();
        let links = SiteLinks {
            site: &id,
            pages: &pages,
            assets: &assets,
            redirects: context.as_ref().map_or(&none, |context| &context.redirects),
            // Dead links are found when a folder is read, with every page at hand.
            headings: None,
            asset_base: &asset_base,
        };
        if waymark_docs::is_built(&path) {
            let beside: Vec<waymark_docs::Beside<'_>> =
                neighbours.iter().map(|(address, site, pages)| waymark_docs::Beside { address, site, pages }).collect();
            waymark_docs::render_built(&path, &source, &links, &beside)
        } else {
            waymark_docs::render_page_in(&path, &source, &links, around)
        }
    })
    .await
    .map_err(|_| AppError::Interrupted { attempt: "render the page" })?;
    let html = PageHtml { hash: page.hash.clone(), engine, html: result.html, diagnostics: result.diagnostics };
    keep(db, &site.id, &page.path, html.clone()).await;
    Ok(html)
}

/// Sites of the same server as a built page's, by their addresses there.
struct Beside(Vec<(String, SiteId)>);

async fn beside(db: &Db, site: &Site, page: &Page) -> Result<Beside, AppError> {
    if !waymark_docs::is_built(&page.path) {
        return Ok(Beside(Vec::new()));
    }
    let pack = db.packs().get(site.pack).await?;
    let Some(PackSource::Backstage { location }) = pack.map(|pack| pack.source) else {
        return Ok(Beside(Vec::new()));
    };
    let others = db.sites().list().await?.into_iter().filter(|other| other.pack == site.pack && other.id != site.id);
    Ok(Beside(others.map(|other| (format!("{location}/docs/{}/", other.folder), other.id)).collect()))
}

impl Beside {
    /// Changes when a site comes or goes; empty for pages of folders.
    fn key(&self) -> String {
        self.0.iter().map(|(address, site)| format!("\n{address} {site}")).collect()
    }

    async fn with_pages(self, db: &Db) -> Result<Vec<(String, SiteId, BTreeMap<String, String>)>, AppError> {
        let mut list = Vec::with_capacity(self.0.len());
        for (address, site) in self.0 {
            let pages = db.pages().titles(&site).await?.into_iter().map(|page| (page.path, page.title)).collect();
            list.push((address, site, pages));
        }
        Ok(list)
    }
}

/// Keeps a rendered page. A library that cannot be written costs time, not the page.
async fn keep(db: &Db, site: &SiteId, path: &str, html: PageHtml) {
    let kept = async {
        let mut tx = db.begin().await?;
        tx.pages().keep_html(site, path, html).await?;
        tx.commit().await
    };
    if let Err(error) = kept.await {
        tracing::debug!(%error, "a rendered page could not be kept");
    }
}

/// What a cached page depends on beside its own source: the engine, which pages and images its links
/// could lead to, and the site's settings, redirects and snippets.
fn engine_key(pages: &BTreeMap<String, String>, assets: &BTreeSet<String>, context: Option<&str>) -> String {
    let mut hasher = blake3::Hasher::new();
    for path in pages.keys().chain(assets) {
        hasher.update(path.as_bytes());
        hasher.update(b"\n");
    }
    // No path holds a zero byte, so no list of paths runs into the hash.
    hasher.update(b"\0").update(context.unwrap_or_default().as_bytes());
    format!("{}-{}", waymark_docs::ENGINE_VERSION, &hasher.finalize().to_hex()[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_follows_pages_files_and_context() {
        let pages: BTreeMap<String, String> = [("a.md".to_owned(), "A".to_owned())].into();
        let assets = BTreeSet::from(["a.png".to_owned()]);
        let key = engine_key(&pages, &assets, Some("x"));
        assert_eq!(key, engine_key(&pages, &assets, Some("x")));
        let renamed = [("b.md".to_owned(), "A".to_owned())].into();
        for other in [
            engine_key(&pages, &assets, Some("y")),
            engine_key(&pages, &assets, None),
            engine_key(&pages, &BTreeSet::new(), Some("x")),
            engine_key(&renamed, &assets, Some("x")),
        ] {
            assert_ne!(key, other);
        }
    }
}
