//! `pymdownx.blocks.caption`: the types of captions, and whether they are numbered.

use serde::{Deserialize, Serialize};

use super::yaml::Node;

/// The settings of captions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Captions {
    /// Types of the site's own, which go before those that every site has.
    pub types: Vec<CaptionType>,
    /// Whether captions without a number of their own get one, where their type has a prefix.
    pub auto: bool,
    /// Only figures up to this deep in others get a number; 0 for all.
    pub auto_level: u32,
    /// Whether captions stand above what they are about.
    pub above: bool,
}

/// A type of captions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptionType {
    /// What stands behind the slashes.
    pub name: String,
    /// What stands before a caption's text, `{}` for its number.
    pub prefix: Option<String>,
    /// Classes of its figures.
    pub classes: Option<String>,
}

impl Captions {
    /// As without settings.
    pub(crate) const DEFAULT: Self = Self { types: Vec::new(), auto: true, auto_level: 0, above: false };

    /// The type with this name.
    pub(crate) fn find(&self, name: &str) -> Option<CaptionType> {
        let own = self.types.iter().rfind(|set| set.name == name).cloned();
        own.or_else(|| {
            let (name, prefix) = TYPES.iter().find(|(known, _)| *known == name)?;
            Some(CaptionType { name: (*name).to_owned(), prefix: prefix.map(str::to_owned), classes: None })
        })
    }
}

/// The types that every site has, and their prefixes.
const TYPES: [(&str, Option<&str>); 3] =
    [("caption", None), ("figure-caption", Some("Figure {}.")), ("table-caption", Some("Table {}."))];

impl Default for Captions {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Reads the extension's settings; types of the site's own are added.
pub(super) fn read(options: &Node, captions: &mut Captions) {
    let text = |node: &Node, key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
    let is = |key: &str| text(options, key).map(|value| value.eq_ignore_ascii_case("true"));
    captions.auto = is("auto").unwrap_or(true);
    captions.above = is("prepend").unwrap_or(false);
    captions.auto_level = text(options, "auto_level").and_then(|level| level.parse().ok()).unwrap_or(0);
    for item in options.get("types").map_or(&[][..], Node::items) {
        let name = item.text().map(str::to_owned).or_else(|| text(item, "name"));
        if let Some(name) = name {
            let prefix = text(item, "prefix").filter(|prefix| prefix.contains("{}"));
            captions.types.push(CaptionType { name, prefix, classes: text(item, "classes") });
        }
    }
}
