//! What a link becomes in the page. The values are final: nothing of them is an author's own text.

use super::{
    SiteLinks,
    path::{fragment_encode, percent_encode},
    resolve::{Map, Place, resolve, resolve_image},
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
}

/// Resolves for a page of a site.
pub(crate) struct SiteResolver<'a> {
    /// The page's source path.
    pub(crate) from: &'a str,
    /// The site.
    pub(crate) links: &'a SiteLinks<'a>,
}

impl SiteResolver<'_> {
    fn map(&self) -> Map<'_> {
        Map { pages: self.links.pages, assets: self.links.assets, redirects: self.links.redirects }
    }

    fn file(&self, path: &str) -> String {
        format!("{}/{}/{}", self.links.asset_base, percent_encode(self.links.site.as_str()), percent_encode(path))
    }
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
