//! What the docs engine, the disk and the interface say to each other about documentation.

mod find;

pub use find::{Pages, SiteMap, forge_path};

use serde::{Deserialize, Serialize};

/// A node of a site's navigation: a page, a section, a section with a page of its own, or a link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NavNode {
    /// What the reader sees.
    pub title: String,
    /// Source path of the page, relative to the docs folder, for instance `services/billing.md`.
    pub page: Option<String>,
    /// Address of an outside link in the navigation.
    pub link: Option<String>,
    /// Children in reading order.
    pub children: Vec<NavNode>,
}

/// A heading of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The id as authors write it in links, without the `doc-` prefix that it has in the page.
    pub id: String,
    /// Plain text.
    pub text: String,
}

/// Names of a site's configuration. In one folder the first that is there counts.
///
/// MkDocs takes `mkdocs.yml` where `mkdocs.yaml` lies beside it (seen in 1.6.1). The build of TechDocs looks
/// into `mkdocs.yaml` first, but what it then runs is MkDocs.
pub const SITE_CONFIGS: [&str; 5] = ["mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml", "zensical.toml"];

/// The configuration of a folder in which `is_there` says what lies.
pub fn site_config(is_there: impl Fn(&str) -> bool) -> Option<&'static str> {
    SITE_CONFIGS.into_iter().find(|name| is_there(name))
}

/// The prefix of every id that a document brings into the app's own page.
pub const ID_PREFIX: &str = "doc-";

impl NavNode {
    /// Calls `visit` for this node and all below it, in reading order, with the titles of its ancestors.
    pub fn walk<'a>(&'a self, trail: &mut Vec<&'a str>, visit: &mut impl FnMut(&'a NavNode, &[&'a str])) {
        visit(self, trail);
        trail.push(&self.title);
        for child in &self.children {
            child.walk(trail, visit);
        }
        trail.pop();
    }
}
