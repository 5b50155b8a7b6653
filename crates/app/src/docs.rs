//! Reading documentation: sites, pages rendered on first sight and kept, images, reading places.

mod about;
mod changed;
mod context;
mod files;
mod library;
mod rendered;

pub(crate) use about::About;
use changed::Seen;
pub(crate) use context::Context;
pub use files::{file, image, page_file};
pub use library::{open_library, set_bookmark};
use rendered::rendered;
use waymark_api::ipc::docs::{
    ListSites, OpenPage, OpenSite, PageAbout, PageLink, PageView, ReadingRow, SaveReading, SiteSummary, SiteView,
    StepLink,
};
use waymark_core::{docs::NavNode, id::SiteId};
use waymark_store::{Db, LinkingPage, PackSource, Page, ReadingPlace, Site};
use waymark_sync::bundle::is_bundle;

use crate::{App, AppError, journey::active, reader::route};

/// Words that people read in a minute.
const WORDS_A_MINUTE: u32 = 200;

/// Pages that are named as linking to a page.
const MOST_LINKING: u32 = 30;

/// Lists all sites.
///
/// # Errors
///
/// Where the library cannot be read.
pub async fn list_sites(app: &App, _: ListSites) -> Result<Vec<SiteSummary>, AppError> {
    let db = app.db().await?;
    let mut list = Vec::new();
    for site in db.sites().list().await? {
        list.push(summary(&db, &site).await?);
    }
    Ok(list)
}

async fn summary(db: &Db, site: &Site) -> Result<SiteSummary, AppError> {
    Ok(SiteSummary {
        id: site.id.clone(),
        title: site.title.clone(),
        pack: site.pack,
        pages: db.pages().titles(&site.id).await?.len() as u32,
        home: site.home.clone(),
    })
}

/// Opens a site's navigation.
///
/// # Errors
///
/// Where the site is not on this device or the library cannot be read.
pub async fn open_site(app: &App, request: OpenSite) -> Result<SiteView, AppError> {
    let db = app.db().await?;
    let site = db.sites().get(&request.site).await?.ok_or(AppError::NotFound { what: "site" })?;
    let begun = db
        .reading()
        .recent(500)
        .await?
        .into_iter()
        .filter(|place| place.site == site.id && place.progress < 0.95)
        .map(|place| (place.path, place.progress))
        .collect();
    Ok(SiteView { summary: summary(&db, &site).await?, nav: site.nav, begun })
}

/// Opens a page: from the cache, or rendered now and kept.
///
/// # Errors
///
/// Where the page is not on this device or the library cannot be read.
pub async fn open_page(app: &App, request: OpenPage) -> Result<PageView, AppError> {
    let db = app.db().await?;
    let site = db.sites().get(&request.site).await?.ok_or(AppError::NotFound { what: "site" })?;
    let page = db.pages().get(&site.id, &request.page).await?.ok_or(AppError::NotFound { what: "page" })?;
    // Nothing here waits for anything else, and the library has more than one reader.
    let (rendered, kept, about, steps, linked_from, bookmarked) = tokio::try_join!(
        rendered(app, &db, &site, &page),
        async { Ok(db.reading().get(&site.id, &page.path).await?) },
        about(app, &db, &site, &page),
        steps_that_name(app, &site.id, &page.path),
        linked_from(&db, &site.id, &page.path),
        async { Ok(db.bookmarks().has(&site.id, &page.path).await?) },
    )?;
    let order = reading_order(&site.nav);
    let place = order.iter().position(|(_, path)| *path == page.path);
    let neighbour = |place: Option<usize>| {
        let (title, path) = order.get(place?)?;
        Some(PageLink { title: title.clone(), route: route(&site.id, path, None) })
    };
    Ok(PageView {
        crumbs: crumbs(&site.nav, &page.path),
        html: rendered.html,
        minutes: minutes(page.words),
        previous: neighbour(place.and_then(|place| place.checked_sub(1))),
        next: neighbour(place.map(|place| place + 1)),
        steps,
        linked_from,
        problems: rendered.diagnostics,
        bookmarked,
        changed: kept.as_ref().and_then(|place| changed::since(app, place, &page)),
        progress: kept.map_or(0.0, |place| place.progress),
        about,
        outline: page.outline,
        title: page.title,
        page: page.path,
        site_title: site.title,
        site: site.id,
    })
}

/// Remembers where the person is on a page.
///
/// # Errors
///
/// Where the library cannot be written.
pub async fn save_reading(app: &App, request: SaveReading) -> Result<(), AppError> {
    let db = app.db().await?;
    let before = db.reading().get(&request.site, &request.page).await?.and_then(|place| place.seen);
    let page = db.pages().get(&request.site, &request.page).await?;
    let mut tx = db.begin().await?;
    tx.reading()
        .keep(&ReadingPlace {
            seen: page.and_then(|page| Seen::keep(&page, before.as_deref())),
            site: request.site,
            path: request.page,
            opened_at: app.now().timestamp(),
            progress: request.progress.clamp(0.0, 1.0),
            heading: request.heading,
        })
        .await?;
    tx.commit().await?;
    Ok(())
}

/// What is known about a page beside its text.
async fn about(app: &App, db: &Db, site: &Site, page: &Page) -> Result<PageAbout, AppError> {
    let kept = db.sites().about(&site.id).await?.and_then(|text| serde_json::from_str::<About>(&text).ok());
    let mut about = kept.unwrap_or_default().page(app, &page.path, &page.title, &page.source);
    let pack = db.packs().get(site.pack).await?;
    about.in_folder =
        pack.is_some_and(|pack| matches!(&pack.source, PackSource::Folder { location } if !is_bundle(location)));
    Ok(about)
}

/// Pages that were read last, newest first.
pub(crate) async fn recent(app: &App, n: u32) -> Result<Vec<ReadingRow>, AppError> {
    let db = app.db().await?;
    let mut rows = Vec::new();
    for place in db.reading().recent(n).await? {
        let Some(page) = db.pages().get(&place.site, &place.path).await? else { continue };
        let left = f64::from(page.words) * (1.0 - place.progress);
        rows.push(ReadingRow {
            title: page.title,
            route: route(&place.site, &place.path, place.heading.as_deref()),
            at: app.local(place.opened_at),
            progress: place.progress,
            minutes_left: minutes(left as u32),
        });
    }
    Ok(rows)
}

fn minutes(words: u32) -> u32 {
    words.div_ceil(WORDS_A_MINUTE).max(1)
}

/// Title and path of every page in the navigation, in reading order.
pub(crate) fn reading_order(nav: &[NavNode]) -> Vec<(String, String)> {
    let mut order = Vec::new();
    for node in nav {
        node.walk(&mut Vec::new(), &mut |node, _| {
            if let Some(page) = &node.page {
                order.push((node.title.clone(), page.clone()));
            }
        });
    }
    order
}

/// Titles of the sections above a page.
fn crumbs(nav: &[NavNode], page: &str) -> Vec<String> {
    let mut found = None;
    for node in nav {
        node.walk(&mut Vec::new(), &mut |node, trail| {
            if found.is_none() && node.page.as_deref() == Some(page) {
                found = Some(trail.iter().map(|title| (*title).to_owned()).collect());
            }
        });
    }
    found.unwrap_or_default()
}

/// The pages of all sites that link to a page.
async fn linked_from(db: &Db, site: &SiteId, page: &str) -> Result<Vec<PageLink>, AppError> {
    let linking = db.pages().linking_to(site, page, MOST_LINKING).await?;
    let link = |page: LinkingPage| PageLink { route: route(&page.site, &page.path, None), title: page.title };
    Ok(linking.into_iter().map(link).collect())
}

/// Steps of the person's journeys that name a page.
async fn steps_that_name(app: &App, site: &SiteId, page: &str) -> Result<Vec<StepLink>, AppError> {
    let mut links = Vec::new();
    for loaded in active(app).await? {
        let reader = app.reader(loaded.pack, &loaded.template.path).await?;
        for step in loaded.template.steps() {
            let names = step.docs.iter().filter_map(|reference| reader.page(reference));
            if names.into_iter().any(|(of, path)| of == site && path == page) {
                links.push(StepLink {
                    journey: loaded.id,
                    step: step.id.clone(),
                    title: loaded.values.plain(&step.title),
                });
            }
        }
    }
    Ok(links)
}
