//! A site's metadata: how new it is, and which files it has.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Client, EntityRef, FetchError, path::is_safe};

/// A site at one moment, as its metadata describes it (`techdocs_metadata.json`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Build {
    /// The site's name.
    pub name: Option<String>,
    /// When it was built, in milliseconds since 1970.
    pub built_at: Option<i64>,
    /// What it was built from, usually a commit.
    pub etag: Option<String>,
    /// Its pages and images, safe to ask for.
    pub files: Vec<String>,
    /// Files that are left out because of their names or their number.
    pub left_out: u32,
}

impl Build {
    /// Equal where nothing changed.
    pub fn version(&self) -> String {
        let (built_at, etag) = (self.built_at.unwrap_or_default(), self.etag.as_deref().unwrap_or_default());
        format!("{built_at} {etag} {}", blake3::hash(self.files.join("\n").as_bytes()).to_hex())
    }
}

/// What is here already of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// [`Build::version`].
    pub version: String,
    /// Versions of files, by path.
    pub etags: BTreeMap<String, String>,
}

/// A file's kind, by its name alone: Backstage says `text/plain` for HTML on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// HTML.
    Page,
    /// An image of this media type.
    Image(&'static str),
}

impl FileKind {
    /// `None` for what is neither a page nor an image: scripts, styles, the search index.
    pub fn of(path: &str) -> Option<Self> {
        use crate::folder::FileKind as Any;
        if path.ends_with(".html") {
            return (path != "404.html").then_some(Self::Page);
        }
        match Any::by_name(path) {
            // The theme's own picture.
            Any::Image(_) if path == "assets/images/favicon.png" => None,
            Any::Image(mime) => Some(Self::Image(mime)),
            _ => None,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Metadata {
    site_name: Option<serde_json::Value>,
    build_timestamp: Option<serde_json::Value>,
    etag: Option<serde_json::Value>,
    files: Option<Vec<serde_json::Value>>,
}

impl Client {
    /// How new an entity's site is, and what it consists of.
    ///
    /// # Errors
    ///
    /// [`FetchError::Missing`] where nothing was built for it yet; otherwise as for [`Client::entities`].
    pub async fn build(&self, site: &EntityRef) -> Result<Build, FetchError> {
        let path = ["api", "techdocs", "metadata", "techdocs", &site.namespace, &site.kind, &site.name];
        let what = format!("documentation of {}", site.name);
        let metadata: Metadata = self.json(self.address.join(path), &what).await?;
        let text = |value: Option<serde_json::Value>| value.and_then(|value| value.as_str().map(str::to_owned));
        let listed = metadata.files.ok_or_else(|| FetchError::Odd {
            host: self.address.host(),
            why: format!("the {what} was built by a TechDocs that does not list its files; build it anew"),
        })?;
        let names = listed.into_iter().filter_map(|name| name.as_str().map(str::to_owned));
        let wanted: Vec<String> = names.filter(|name| FileKind::of(name).is_some()).collect();
        let all = wanted.len();
        let mut files: Vec<String> = wanted.into_iter().filter(|name| is_safe(name)).take(self.limits.files).collect();
        files.sort_unstable();
        files.dedup();
        Ok(Build {
            name: text(metadata.site_name).filter(|name| !name.trim().is_empty() && name != "None"),
            built_at: metadata.build_timestamp.and_then(|value| value.as_i64()),
            etag: text(metadata.etag),
            left_out: (all - files.len()) as u32,
            files,
        })
    }
}
