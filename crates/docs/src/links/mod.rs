//! Where a link or an image leads.

mod mkdocs;
pub(crate) mod path;
mod resolve;
mod target;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use mkdocs::follow;
pub(crate) use resolve::{Map, Place, Problem, hint, resolve, resolve_image};
pub(crate) use target::{Picture, Resolver, SiteResolver, Target, for_readers};
use waymark_core::id::SiteId;

/// Says whether a page (by source path) has a heading or anchor (by id, without prefix).
pub type KnowsHeading<'a> = dyn Fn(&str, &str) -> bool + 'a;

/// What the links of a site's pages resolve against.
#[derive(Clone, Copy)]
pub struct SiteLinks<'a> {
    /// The site; its pages have the addresses `/docs/<site>/<path>`.
    pub site: &'a SiteId,
    /// Source paths of all pages, with their titles.
    pub pages: &'a BTreeMap<String, String>,
    /// Paths of all other files.
    pub assets: &'a BTreeSet<String>,
    /// Former page paths and what replaces them (`SiteConfig::redirects`).
    pub redirects: &'a BTreeMap<String, String>,
    /// Which headings there are; `None` when not known.
    pub headings: Option<&'a KnowsHeading<'a>>,
    /// What comes before `/<site>/<path>` in the address of a file, for instance `waymark-doc://localhost`.
    pub asset_base: &'a str,
}

impl std::fmt::Debug for SiteLinks<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SiteLinks")
            .field("site", self.site)
            .field("asset_base", &self.asset_base)
            .finish_non_exhaustive()
    }
}
