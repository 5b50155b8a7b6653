//! What stands at "Docs" without a page.

use waymark_api::ipc::docs::{LibraryView, ReadingRow};
use waymark_core::id::SiteId;

/// What stands at "Docs" without a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Landing {
    /// No page on this device.
    Nothing,
    /// Nothing was read and nothing is bookmarked: the first page is all that there is to offer.
    Page(SiteId, String),
    /// A screen with what the person read and marked.
    Shelf,
}

/// Where "Docs" leads.
pub(crate) fn landing(view: &LibraryView) -> Landing {
    if !view.recent.is_empty() || !view.bookmarks.is_empty() {
        return Landing::Shelf;
    }
    let home = view.sites.iter().find_map(|site| Some((site.id.clone(), site.home.clone()?)));
    home.map_or(Landing::Nothing, |(site, page)| Landing::Page(site, page))
}

/// The page that reading goes on with, and the others: the one that was open last, if it is not read to its end,
/// else the newest that is under way.
pub(crate) fn going_on(mut recent: Vec<ReadingRow>) -> (Option<ReadingRow>, Vec<ReadingRow>) {
    let at = recent.iter().position(|row| super::is_under_way(row.progress));
    let first = at.map(|at| recent.remove(at));
    (first, recent)
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;
    use waymark_api::ipc::docs::{BookmarkRow, PageLink, SiteSummary};
    use waymark_core::id::PackId;

    use super::*;

    fn site(id: &str, home: Option<&str>) -> SiteSummary {
        let pack: PackId = "0190b5a0-0000-7000-8000-000000000001".parse().expect("a UUID");
        SiteSummary { id: SiteId::new(id), title: id.into(), pack, pages: 1, home: home.map(str::to_owned) }
    }

    fn row(route: &str, progress: f64) -> ReadingRow {
        let at = datetime(2026, 1, 22, 9, 0, 0, 0);
        ReadingRow { title: route.into(), route: route.into(), at, progress, minutes_left: 3 }
    }

    #[test]
    fn without_a_history_the_first_page_opens() {
        let sites = vec![site("empty", None), site("corvane", Some("index.md"))];
        let view = LibraryView { sites, ..LibraryView::default() };
        assert_eq!(landing(&view), Landing::Page(SiteId::new("corvane"), "index.md".into()));
        assert_eq!(landing(&LibraryView { sites: vec![site("empty", None)], ..view.clone() }), Landing::Nothing);
        assert_eq!(landing(&LibraryView { recent: vec![row("a", 1.0)], ..view.clone() }), Landing::Shelf);
        let page = PageLink { title: "A".into(), route: "/docs/a".into() };
        let bookmark = BookmarkRow { page, site: SiteId::new("a"), path: "a.md".into(), site_title: "A".into() };
        assert_eq!(landing(&LibraryView { bookmarks: vec![bookmark], ..view }), Landing::Shelf);
    }

    #[test]
    fn reading_goes_on_with_the_newest_page_under_way() {
        let (first, rest) = going_on(vec![row("read", 1.0), row("half", 0.5), row("older", 0.4)]);
        assert_eq!(first.map(|row| row.route).as_deref(), Some("half"));
        assert_eq!(rest.iter().map(|row| row.route.as_str()).collect::<Vec<_>>(), ["read", "older"]);
        assert_eq!(going_on(vec![row("read", 1.0)]).0, None);
    }
}
