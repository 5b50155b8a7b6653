//! Addresses of a built page, as seen from the root of its site.

use std::collections::{BTreeMap, BTreeSet};

use waymark_core::{docs::ID_PREFIX, id::SiteId};

use crate::{
    links::{
        Map, Picture, Place, Resolver, SiteLinks, Target, for_readers,
        path::{folder_of, fragment_encode, normalise, percent_decode, percent_encode},
        resolve,
    },
    site::title_from_path,
};

/// Where a built site is served.
#[derive(Clone, Copy, Debug, Default)]
pub struct Origin<'a> {
    /// Scheme and host, without a slash at its end: `https://backstage.example`. Empty where nobody knows;
    /// addresses that begin with a slash then lead nowhere unless the site has such a page.
    pub host: &'a str,
    /// Path of the site on that host, with a slash at both ends: `/docs/default/component/billing/`.
    pub path: &'a str,
}

/// An address on the page at `from`, as it is kept: those inside the site begin with `/`.
pub(super) fn kept(from: &str, href: &str, origin: Origin<'_>) -> String {
    let href = href.trim();
    let has_scheme = href.split_once(':').is_some_and(|(scheme, _)| !scheme.contains(['/', '#', '?']));
    if href.is_empty() || href.starts_with('#') || href.starts_with("//") || has_scheme {
        return href.to_owned();
    }
    if href.starts_with('/') {
        let head = href.get(..origin.path.len()).filter(|_| origin.path.len() > 1);
        return match head {
            Some(head) if head.eq_ignore_ascii_case(origin.path) => with_index(&href[origin.path.len() - 1..]),
            _ => format!("{}{href}", origin.host),
        };
    }
    let (path, rest) = href.split_at(href.find(['?', '#']).unwrap_or(href.len()));
    if path.is_empty() {
        // The page itself, with a query; only the place on it counts.
        return rest.find('#').map_or_else(|| format!("/{from}"), |at| rest[at..].to_owned());
    }
    let folder = percent_encode(folder_of(from));
    match normalise(&folder, path) {
        Some(inside) => {
            if !path.ends_with('/') && is_only_on_the_server(&inside) && !origin.host.is_empty() {
                return format!("{}{}{inside}{rest}", origin.host, origin.path);
            }
            let slash = if path.ends_with('/') || is_dots(path) { "/" } else { "" };
            with_index(&format!("/{inside}{}{rest}", if inside.is_empty() { "" } else { slash }))
        }
        None => href.to_owned(),
    }
}

/// Whether a path names a file that is neither a page nor an image: such files are not fetched, so a link to
/// one leads to where it is.
fn is_only_on_the_server(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let kinds = ["html", "htm", "png", "jpg", "jpeg", "gif", "webp", "svg"];
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| {
        extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && !kinds.iter().any(|kind| extension.eq_ignore_ascii_case(kind))
    })
}

/// Whether a path ends in a folder without saying so.
fn is_dots(path: &str) -> bool {
    matches!(path.rsplit('/').next(), Some("." | ".."))
}

/// Names the index of a folder.
fn with_index(address: &str) -> String {
    let (path, rest) = address.split_at(address.find(['?', '#']).unwrap_or(address.len()));
    let anchor = rest.find('#').map_or("", |at| &rest[at..]);
    let index = if path.ends_with('/') { "index.html" } else { "" };
    format!("{path}{index}{anchor}")
}

/// The title of a page that says none.
pub(super) fn title_of(path: &str) -> String {
    title_from_path(&format!("{}.md", path.strip_suffix(".html").unwrap_or(path)))
}

/// What an address of an article means.
pub(super) enum Meant {
    /// A page of the site, and perhaps an id on it.
    Page(String, Option<String>),
    /// Another file of the site.
    File(String),
    /// Anything else, as for a page of Markdown.
    Other(Place),
}

/// Reads an address that [`kept`] wrote.
pub(super) fn meant(href: &str, pages: &BTreeMap<String, String>, assets: &BTreeSet<String>) -> Meant {
    let nothing = (BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
    let elsewhere = || {
        let map = Map { pages: &nothing.0, assets: &nothing.1, redirects: &nothing.2 };
        Meant::Other(resolve("", href, &map))
    };
    let Some(inside) = href.strip_prefix('/').filter(|inside| !inside.starts_with('/')) else { return elsewhere() };
    let (path, anchor) = inside.split_once('#').map_or((inside, None), |(path, anchor)| (path, Some(anchor)));
    let path = percent_decode(path.split('?').next().unwrap_or(path));
    let anchor = anchor.map(percent_decode).filter(|anchor| !anchor.is_empty());
    let page = [path.clone(), format!("{path}/index.html"), format!("{path}.html")];
    match page.into_iter().find(|path| pages.contains_key(path)) {
        Some(page) => Meant::Page(page, anchor),
        None if assets.contains(&path) => Meant::File(path),
        None => elsewhere(),
    }
}

/// Another site of the same server, which is on this device as well.
#[derive(Clone, Copy, Debug)]
pub struct Beside<'a> {
    /// Its address on the server, with a slash at its end: `https://backstage.example/docs/default/component/x/`.
    pub address: &'a str,
    /// The site.
    pub site: &'a SiteId,
    /// Paths of its pages.
    pub pages: &'a BTreeMap<String, String>,
}

impl Beside<'_> {
    /// The route of the page that an address on the server means.
    fn route(&self, url: &str) -> Option<String> {
        let whole = if url.len() + 1 == self.address.len() { format!("{url}/") } else { url.to_owned() };
        let (head, rest) = whole.split_at_checked(self.address.len())?;
        if !head.eq_ignore_ascii_case(self.address) {
            return None;
        }
        match meant(&with_index(&format!("/{rest}")), self.pages, &BTreeSet::new()) {
            Meant::Page(path, anchor) => Some(route(self.site, &path, anchor)),
            Meant::File(_) | Meant::Other(_) => None,
        }
    }
}

/// The route of a page, and perhaps of a place on it.
fn route(site: &SiteId, path: &str, anchor: Option<String>) -> String {
    let id = anchor.map(|id| format!("#{ID_PREFIX}{}", fragment_encode(&id))).unwrap_or_default();
    format!("/docs/{}/{}{id}", percent_encode(site.as_str()), percent_encode(path))
}

/// Resolves for a built page of a site.
pub(super) struct BuiltResolver<'a> {
    pub(super) from: &'a str,
    pub(super) links: &'a SiteLinks<'a>,
    pub(super) beside: &'a [Beside<'a>],
}

impl BuiltResolver<'_> {
    fn file(&self, path: &str) -> String {
        format!("{}/{}/{}", self.links.asset_base, percent_encode(self.links.site.as_str()), percent_encode(path))
    }
}

impl Resolver for BuiltResolver<'_> {
    fn link(&self, href: &str) -> Target {
        match meant(href, self.links.pages, self.links.assets) {
            Meant::Page(path, Some(id)) if path == self.from => Target::Anchor(id),
            Meant::Page(path, anchor) => Target::Route(route(self.links.site, &path, anchor)),
            Meant::File(path) => Target::File(self.file(&path)),
            Meant::Other(Place::Anchor(id)) => Target::Anchor(id),
            Meant::Other(Place::External(url)) => match self.beside.iter().find_map(|site| site.route(&url)) {
                Some(route) => Target::Route(route),
                None => Target::External(url),
            },
            Meant::Other(Place::Mail(url)) => Target::Mail(url),
            Meant::Other(Place::Dead(problem)) => Target::Dead(for_readers(&problem.message)),
            Meant::Other(Place::Page { .. } | Place::Asset(_)) => {
                Target::Dead(for_readers(&format!("the link `{href}` leads to no page or file of this site")))
            }
        }
    }

    fn differs(&self, _: &str, _: &Target, _: bool) -> bool {
        false
    }

    fn image(&self, src: &str) -> Picture {
        match meant(src, self.links.pages, self.links.assets) {
            Meant::File(path) => Picture::File(self.file(&path)),
            Meant::Other(Place::External(_)) => {
                Picture::Missing(for_readers(&format!("the image `{src}` is on the internet and is not shown offline")))
            }
            _ => Picture::Missing(for_readers(&format!("the image `{src}` is missing"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_seen_from_the_root_of_the_site() {
        let origin = Origin { host: "https://b.example", path: "/docs/default/component/pier/" };
        for (href, expected) in [
            ("../../", "/index.html"),
            ("..", "/guide/index.html"),
            ("../berths/#x", "/guide/berths/index.html#x"),
            ("./", "/guide/setup/index.html"),
            ("../../img/a%20b.png", "/img/a%20b.png"),
            ("other.html?v=1#y", "/guide/setup/other.html#y"),
            ("../../form.pdf", "https://b.example/docs/default/component/pier/form.pdf"),
            ("../v1.2/", "/guide/v1.2/index.html"),
            ("?a=b#z", "#z"),
            ("#z", "#z"),
            ("https://x.example/", "https://x.example/"),
            ("//x.example/", "//x.example/"),
            ("mailto:a@b.c", "mailto:a@b.c"),
            ("/docs/default/Component/pier/a/", "/a/index.html"),
            ("/docs/default/component/other/a/", "https://b.example/docs/default/component/other/a/"),
            ("../../../x", "../../../x"),
        ] {
            assert_eq!(kept("guide/setup/index.html", href, origin), expected, "{href}");
        }
        assert_eq!(kept("index.html", "/a/", Origin::default()), "/a/");
    }
}
