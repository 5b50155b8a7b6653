//! The docs' first screen: bookmarks, what was read, what changed since, and all sites.

use std::collections::BTreeMap;

use waymark_api::{
    ipc::docs::{BookmarkRow, ChangedRow, LibraryView, ListSites, OpenLibrary, PageLink, SetBookmark},
    topic::Topic,
};
use waymark_core::id::SiteId;
use waymark_store::{Bookmark, Db};

use super::{changed, list_sites, recent};
use crate::{App, AppError, reader::route};

/// Pages that were read last, as far as they are listed.
const RECENT: u32 = 8;
/// Pages that are looked at for changes, those that were read last first.
const LOOKED_AT: u32 = 200;
/// Changed pages that are listed.
const CHANGED: usize = 8;

/// Everything that the docs' first screen shows.
///
/// # Errors
///
/// Where the library cannot be read.
pub async fn open_library(app: &App, _: OpenLibrary) -> Result<LibraryView, AppError> {
    let db = app.db().await?;
    let sites = list_sites(app, ListSites {}).await?;
    let titles: BTreeMap<SiteId, String> = sites.iter().map(|site| (site.id.clone(), site.title.clone())).collect();
    let mut bookmarks = Vec::new();
    for bookmark in db.bookmarks().list().await? {
        let Some(page) = db.pages().get(&bookmark.site, &bookmark.path).await? else { continue };
        bookmarks.push(BookmarkRow {
            page: PageLink { title: page.title, route: route(&bookmark.site, &bookmark.path, None) },
            site_title: titles.get(&bookmark.site).cloned().unwrap_or_default(),
            site: bookmark.site,
            path: bookmark.path,
        });
    }
    let changed = changed_pages(app, &db).await?;
    Ok(LibraryView { sites, bookmarks, recent: recent(app, RECENT).await?, changed })
}

async fn changed_pages(app: &App, db: &Db) -> Result<Vec<ChangedRow>, AppError> {
    let mut rows = Vec::new();
    for place in db.reading().recent(LOOKED_AT).await? {
        if rows.len() == CHANGED {
            break;
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
