//! Links in authors' texts, resolved against the pages on this device.

use waymark_api::ipc::journey::DocLink;
use waymark_core::{
    docs::{ID_PREFIX, Pages, SiteMap},
    id::{PackId, SiteId},
    journey::DocRef,
    path::folder_of,
};

use crate::{App, AppError};

/// Resolves the links of one file.
pub(crate) struct Reader {
    /// Sites of the file's own pack first, with the titles of their pages.
    pages: Pages<String>,
    /// Folder of the file, relative to its pack's folder.
    folder: String,
}

impl App {
    /// A reader for the file at `path` (relative to its pack's folder) of `pack`.
    pub(crate) async fn reader(&self, pack: PackId, path: &str) -> Result<Reader, AppError> {
        let db = self.db().await?;
        let mut sites = db.sites().list().await?;
        sites.sort_by_key(|site| site.pack != pack);
        let mut maps = Vec::new();
        for site in sites {
            let titles = db.pages().titles(&site.id).await?;
            let pages = titles.into_iter().map(|page| (page.path, page.title)).collect();
            maps.push(SiteMap { id: site.id, docs: site.folder, pages });
        }
        let folder = folder_of(path).to_owned();
        Ok(Reader { pages: Pages { sites: maps }, folder })
    }
}

impl Reader {
    /// Sanitised HTML of a text; an empty text gives an empty string.
    pub(crate) fn html(&self, markdown: &str) -> String {
        if markdown.trim().is_empty() {
            return String::new();
        }
        waymark_docs::render_fragment(markdown, &|target| self.target(target))
    }

    /// The pages that a step names, with their titles.
    pub(crate) fn links(&self, refs: &[DocRef]) -> Vec<DocLink> {
        refs.iter().map(|reference| self.link(reference)).collect()
    }

    fn link(&self, reference: &DocRef) -> DocLink {
        match self.find(&reference.page) {
            Some((site, path)) => DocLink {
                title: site.pages.get(&path).cloned().unwrap_or_else(|| path.clone()),
                route: Some(route(&site.id, &path, reference.heading.as_deref())),
            },
            None => DocLink { title: reference.page.clone(), route: None },
        }
    }

    /// The site and the source path of a page that a step names.
    pub(crate) fn page(&self, reference: &DocRef) -> Option<(&SiteId, String)> {
        self.find(&reference.page).map(|(site, path)| (&site.id, path))
    }

    /// Where a link of the text leads: a route in the app, an outside address, or nowhere.
    fn target(&self, target: &str) -> Option<String> {
        let (address, heading) = target.split_once('#').map_or((target, None), |(a, h)| (a, Some(h)));
        if address.starts_with("http://") || address.starts_with("https://") {
            // A link to a file of the same repository on its forge is read here, offline.
            return match self.pages.on_forge(address) {
                Some((site, path)) => Some(route(&site.id, &path, heading)),
                None => Some(target.to_owned()),
            };
        }
        if address.starts_with("mailto:") {
            return Some(target.to_owned());
        }
        let (site, path) = self.find(address)?;
        Some(route(&site.id, &path, heading))
    }

    fn find(&self, address: &str) -> Option<(&SiteMap<String>, String)> {
        self.pages.find(&self.folder, address)
    }
}

/// The app's route of a page.
pub(crate) fn route(site: &SiteId, path: &str, heading: Option<&str>) -> String {
    let path: String = path.chars().fold(String::new(), |mut encoded, c| {
        match c {
            '%' | '#' | '?' | ' ' => encoded.push_str(&format!("%{:02X}", u32::from(c))),
            other => encoded.push(other),
        }
        encoded
    });
    match heading {
        Some(heading) if !heading.is_empty() => format!("/docs/{site}/{path}#{ID_PREFIX}{heading}"),
        _ => format!("/docs/{site}/{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader() -> Reader {
        let pages =
            |paths: &[&str]| paths.iter().map(|path| ((*path).to_owned(), format!("Title of {path}"))).collect();
        let sites = vec![
            SiteMap {
                id: SiteId::new("corvane"),
                docs: "corvane/docs".to_owned(),
                pages: pages(&["index.md", "start/vpn.md"]),
            },
            SiteMap { id: SiteId::new("repo"), docs: "docs".to_owned(), pages: pages(&["setup.md", "a b.md"]) },
        ];
        Reader { pages: Pages { sites }, folder: "journeys".to_owned() }
    }

    #[test]
    fn links_are_found_the_way_authors_write_them() {
        let reader = reader();
        for (target, expected) in [
            ("../corvane/docs/start/vpn.md#import", Some("/docs/corvane/start/vpn.md#doc-import")),
            ("corvane/start/vpn.md", Some("/docs/corvane/start/vpn.md")),
            ("start/vpn.md", Some("/docs/corvane/start/vpn.md")),
            ("start/vpn/", Some("/docs/corvane/start/vpn.md")),
            ("https://github.com/acme/x/blob/main/docs/setup.md#run", Some("/docs/repo/setup.md#doc-run")),
            ("https://gitlab.example/g/s/x/-/blob/main/docs/setup.md", Some("/docs/repo/setup.md")),
            (
                "https://github.com/acme/x/blob/main/docs/other.md",
                Some("https://github.com/acme/x/blob/main/docs/other.md"),
            ),
            ("https://example.com/", Some("https://example.com/")),
            ("docs/a b.md", Some("/docs/repo/a%20b.md")),
            ("../../etc/passwd", None),
            ("missing.md", None),
        ] {
            assert_eq!(reader.target(target).as_deref(), expected, "{target}");
        }
    }

    #[test]
    fn a_page_that_is_nowhere_keeps_its_name() {
        let links = reader().links(&[DocRef::parse("corvane/start/vpn.md#x"), DocRef::parse("gone.md")]);
        assert_eq!(links[0].title, "Title of start/vpn.md");
        assert_eq!(links[1], DocLink { title: "gone.md".to_owned(), route: None });
    }
}
