//! Where a page's links lead, for whoever wants to know which pages lead to another one.

use std::collections::BTreeSet;

use crate::{
    links::{Map, Place, path, resolve},
    markdown::{Link, LinkKind},
};

/// The links of one page, each target once.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Outgoing {
    /// Other pages of the site, by source path.
    pub(super) links: BTreeSet<String>,
    /// Files of the site that are no pages.
    pub(super) files: BTreeSet<String>,
    /// Addresses of anything else that may be a page somewhere.
    pub(super) elsewhere: BTreeSet<String>,
}

/// Sorts the links of the page at `from`.
pub(super) fn of(from: &str, links: &[Link], map: &Map<'_>) -> Outgoing {
    let mut outgoing = Outgoing::default();
    for link in links.iter().filter(|link| link.kind == LinkKind::Link) {
        match resolve(from, &link.href, map) {
            Place::Page { path, .. } if path != from => drop(outgoing.links.insert(path)),
            Place::Asset(path) => drop(outgoing.files.insert(path)),
            Place::External(address) => drop(outgoing.elsewhere.insert(bare(&address))),
            // A path that leaves the docs folder may name a page of the site next door.
            Place::Dead(problem) if problem.code == "D010" => drop(outgoing.elsewhere.insert(bare(&link.href))),
            _ => {}
        }
    }
    outgoing.elsewhere.remove("");
    outgoing
}

/// An address without its query and its anchor.
fn bare(address: &str) -> String {
    path::percent_decode(address.split(['#', '?']).next().unwrap_or_default().trim())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use waymark_core::diagnostic::Position;

    use super::*;

    #[test]
    fn pages_of_the_site_are_told_from_the_rest() {
        let pages = ["a.md", "b/index.md", "c.md"].map(|path| (path.to_owned(), String::new())).into();
        let (assets, redirects) =
            (BTreeSet::from(["x.pdf".to_owned()]), BTreeMap::from([("old.md".into(), "c.md".into())]));
        let map = Map { pages: &pages, assets: &assets, redirects: &redirects };
        let hrefs = ["b/#x", "b/index.md", "old.md", "a.md#here", "#here", "x.pdf", "mailto:a@b.c", "javascript:x"];
        let hrefs = hrefs.into_iter().chain(["https://example.com/a?b#c", "../../other%20docs/y.md#z"]);
        let mut links: Vec<Link> =
            hrefs.map(|href| Link { kind: LinkKind::Link, href: href.to_owned(), at: Position::START }).collect();
        links.push(Link { kind: LinkKind::Image, href: "../z.md".to_owned(), at: Position::START });
        let Outgoing { links, files, elsewhere } = of("a.md", &links, &map);
        assert_eq!(files.into_iter().collect::<Vec<_>>(), ["x.pdf"]);
        assert_eq!(links.into_iter().collect::<Vec<_>>(), ["b/index.md", "c.md"]);
        assert_eq!(elsewhere.into_iter().collect::<Vec<_>>(), ["../../other docs/y.md", "https://example.com/a"]);
    }
}
