//! Which page "Docs" opens.

use jiff::civil::DateTime;
use waymark_api::ipc::docs::{ReadingRow, SiteSummary};
use waymark_core::id::SiteId;

/// The page that was read last, if its site is still here; else the first page of the first site that has one.
///
/// `place_of` reads an address of the app as site and source path.
pub(crate) fn first_page(
    sites: &[SiteSummary],
    read: &[ReadingRow],
    place_of: impl Fn(&str) -> Option<(SiteId, String)>,
) -> Option<(SiteId, String)> {
    let mut read: Vec<(DateTime, (SiteId, String))> =
        read.iter().filter_map(|row| Some((row.at, place_of(&row.route)?))).collect();
    read.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let last = read.into_iter().map(|(_, place)| place).find(|(id, _)| sites.iter().any(|site| site.id == *id));
    let home = || sites.iter().find_map(|site| Some((site.id.clone(), site.home.clone()?)));
    last.or_else(home)
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;
    use waymark_core::id::PackId;

    use super::*;

    fn site(id: &str, home: Option<&str>) -> SiteSummary {
        let pack: PackId = "0190b5a0-0000-7000-8000-000000000001".parse().expect("a UUID");
        SiteSummary { id: SiteId::new(id), title: id.into(), pack, pages: 1, home: home.map(str::to_owned) }
    }

    fn row(route: &str, hour: i8) -> ReadingRow {
        let at = datetime(2026, 1, 22, hour, 0, 0, 0);
        ReadingRow { title: route.into(), route: route.into(), at, progress: 0.5, minutes_left: 3 }
    }

    fn place(route: &str) -> Option<(SiteId, String)> {
        let (site, page) = route.split_once('/')?;
        Some((SiteId::new(site), page.to_owned()))
    }

    #[test]
    fn the_latest_page_that_is_still_here_opens() {
        let sites = [site("empty", None), site("corvane", Some("index.md"))];
        let read = [row("corvane/vpn.md", 9), row("gone/a.md", 16), row("corvane/ledger.md", 11)];
        assert_eq!(first_page(&sites, &read, place), Some((SiteId::new("corvane"), "ledger.md".into())));
        assert_eq!(first_page(&sites, &[], place), Some((SiteId::new("corvane"), "index.md".into())));
        assert_eq!(first_page(&[site("empty", None)], &[], place), None);
    }
}
