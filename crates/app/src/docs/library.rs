//! The docs' first screen: bookmarks, what was read, what changed since, and all sites.

use std::collections::BTreeMap;

use waymark_api::{
    ipc::docs::{BookmarkRow, ChangedRow, LibraryView, ListSites, OpenLibrary, PageLink, SetBookmark},
    topic::Topic,
};
use waymark_core::id::SiteId;
use waymark_store::{Bookmark, Db, PageStamp};

use super::{changed, list_sites, recent};
use crate::{App, AppError, reader::route};

/// Pages that were read last, as far as they are listed.
const RECENT: u32 = 8;
/// Pages that are looked at for changes, those that were read last first.
const LOOKED_AT: u32 = 200;
/// Changed pages that are listed.
const CHANGED: usize = 8;

/// All pages by site and path, without their texts.
type Stamps = BTreeMap<(SiteId, String), PageStamp>;

/// Everything that the docs' first screen shows.
///
/// # Errors
///
/// Where the library cannot be read.
pub async fn open_library(app: &App, _: OpenLibrary) -> Result<LibraryView, AppError> {
    let db = app.db().await?;
    let sites = list_sites(app, ListSites {}).await?;
    let titles: BTreeMap<SiteId, String> = sites.iter().map(|site| (site.id.clone(), site.title.clone())).collect();
    let stamps: Stamps =
        db.pages().stamps().await?.into_iter().map(|page| ((page.site.clone(), page.path.clone()), page)).collect();
    let row = |bookmark: Bookmark| {
        let Bookmark { site, path, .. } = bookmark;
        let key = (site, path);
        let title = stamps.get(&key)?.title.clone();
        let (site, path) = key;
        let page = PageLink { title, route: route(&site, &path, None) };
        Some(BookmarkRow { page, site_title: titles.get(&site).cloned().unwrap_or_default(), site, path })
    };
    let bookmarks = db.bookmarks().list().await?.into_iter().filter_map(row).collect();
    let changed = changed_pages(app, &db, &stamps).await?;
    Ok(LibraryView { sites, bookmarks, recent: recent(app, RECENT).await?, changed })
}

async fn changed_pages(app: &App, db: &Db, stamps: &Stamps) -> Result<Vec<ChangedRow>, AppError> {
    let mut rows = Vec::new();
    for place in db.reading().recent(LOOKED_AT).await? {
        if rows.len() == CHANGED {
            break;
        }
        let hash = stamps.get(&(place.site.clone(), place.path.clone())).map(|page| page.hash.as_str());
        // A page is read from the disk only where its hash says that something is different.
        if hash.is_none_or(|hash| changed::is_as_seen(&place, hash)) {
            continue;
        }
        let Some(page) = db.pages().get(&place.site, &place.path).await? else { continue };
        if let Some(change) = changed::since(app, &place, &page) {
            rows.push(ChangedRow {
                page: PageLink { title: page.title, route: route(&place.site, &place.path, None) },
                change,
            });
        }
    }
    Ok(rows)
}

/// Sets or takes off a page's bookmark.
///
/// # Errors
///
/// Where the page is not on this device (a bookmark can always be taken off) or the library cannot be
/// written.
pub async fn set_bookmark(app: &App, request: SetBookmark) -> Result<(), AppError> {
    let db = app.db().await?;
    let SetBookmark { site, page, on } = request;
    if on && db.pages().get(&site, &page).await?.is_none() {
        return Err(AppError::NotFound { what: "page" });
    }
    let mut tx = db.begin().await?;
    if on {
        tx.bookmarks().set(&Bookmark { site, path: page, added_at: app.now().timestamp() }).await?;
    } else {
        tx.bookmarks().remove(&site, &page).await?;
    }
    tx.commit().await?;
    app.publish(Topic::Bookmarks);
    Ok(())
}
