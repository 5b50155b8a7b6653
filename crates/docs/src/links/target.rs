//! What a link becomes in the page. The values are final: nothing of them is an author's own text.

use super::{
    SiteLinks,
    path::{fragment_encode, percent_encode},
    resolve::{Map, Place, is_exact, resolve, resolve_image},
};

/// Where a link leads, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A route of the app.
    Route(String),
    /// An id on this page, without prefix.
    Anchor(String),
    /// An address on the internet.
    External(String),
    /// A `mailto:` address.
    Mail(String),
    /// A file of the site, as an address of the docs scheme.
    File(String),
    /// Nowhere; the sentence is shown beside the text.
    Dead(String),
}

/// What an image becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Picture {
    /// A file of the site, as an address of the docs scheme.
    File(String),
    /// Not shown; the sentence says why.
    Missing(String),
}

/// Resolves the links and images of one page or fragment.
pub(crate) trait Resolver {
    /// Where `href` leads.
    fn link(&self, href: &str) -> Target;
    /// What stands at `src`.
    fn image(&self, src: &str) -> Picture;
    /// Whether `href`, taken literally, leads elsewhere than [`Resolver::link`] says: nowhere in a built
    /// site, or to an address that is only spelled differently. `raw` is for links in raw HTML, which
    /// MkDocs does not touch.
    fn differs(&self, href: &str, target: &Target, raw: bool) -> bool;
}

/// Resolves for a page of a site.
pub(crate) struct SiteResolver<'a> {
    /// The page's source path.
    pub(crate) from: &'a str,
    /// The site.
    pub(crate) links: &'a SiteLinks<'a>,
    /// Whether links that begin with a slash are seen from the docs folder.
    pub(crate) absolute_links: bool,
}

impl SiteResolver<'_> {
    fn map(&self) -> Map<'_> {
        Map { pages: self.links.pages, assets: self.links.assets, redirects: self.links.redirects }
    }

    fn file(&self, path: &str) -> String {
        format!("{}/{}/{}", self.links.asset_base, percent_encode(self.links.site.as_str()), percent_encode(path))
    }
}

/// Schemes of other programs that an address may have, for tools that read the page.
const KNOWN_SCHEMES: [&str; 10] = ["ftp", "ftps", "sftp", "ssh", "git", "tel", "sms", "irc", "slack", "vscode"];

/// The scheme in front of an address, lower case.
fn scheme(href: &str) -> Option<String> {
    let (scheme, _) = href.trim().split_once(':')?;
    (!scheme.contains(['/', '#', '?'])).then(|| scheme.to_ascii_lowercase())
}

impl Resolver for SiteResolver<'_> {
    fn link(&self, href: &str) -> Target {
        match resolve(self.from, href, &self.map()) {
            Place::Anchor(id) => Target::Anchor(id),
            Place::Page { path, anchor: Some(id) } if path == self.from => Target::Anchor(id),
            Place::Page { path, anchor } => {
                let id = anchor.map(|id| format!("#{}{}", waymark_core::docs::ID_PREFIX, fragment_encode(&id)));
                let site = percent_encode(self.links.site.as_str());
                Target::Route(format!("/docs/{site}/{}{}", percent_encode(&path), id.unwrap_or_default()))
            }
            Place::Asset(path) => Target::File(self.file(&path)),
            Place::External(url) => Target::External(url),
            Place::Mail(url) => Target::Mail(url),
            Place::Dead(problem) => Target::Dead(for_readers(&problem.message)),
        }
    }

    fn differs(&self, href: &str, target: &Target, raw: bool) -> bool {
        match target {
            Target::Anchor(_) => false,
            Target::Route(_) | Target::File(_) => {
                let (from, path) = match href.strip_prefix('/').filter(|_| self.absolute_links) {
                    Some(path) => ("", path),
                    None => (self.from, href),
                };
                raw || !is_exact(from, path, &self.map())
            }
            Target::External(url) | Target::Mail(url) => url != href,
            // What is not even a link elsewhere is not repeated.
            Target::Dead(_) => scheme(href).is_none_or(|scheme| KNOWN_SCHEMES.contains(&scheme.as_str())),
        }
    }

    fn image(&self, src: &str) -> Picture {
        match resolve_image(self.from, src, &self.map()) {
            Ok(path) => Picture::File(self.file(&path)),
            Err(problem) => Picture::Missing(for_readers(&problem.message)),
        }
    }
}

/// A finding's message as a sentence for the page: a capital in front, quotation marks for code.
pub(crate) fn for_readers(message: &str) -> String {
    let mut out = String::with_capacity(message.len() + 8);
    let mut inside = false;
    for c in message.chars() {
        match c {
            '`' => {
                inside = !inside;
                out.push(if inside { '“' } else { '”' });
            }
            c if out.is_empty() => out.extend(c.to_uppercase()),
            c => out.push(c),
        }
    }
    out
}
