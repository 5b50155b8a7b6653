//! `validation.links` and `use_directory_urls`: how MkDocs judges a site's links.

use serde::{Deserialize, Serialize};

use super::yaml::Node;

/// How MkDocs judges links; the defaults are its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LinkRules {
    /// Links that begin with a slash.
    pub absolute: Absolute,
    /// Links to files that do not exist.
    pub not_found: Level,
    /// Relative links that name neither a page nor a file with an ending.
    pub unrecognized: Level,
    /// Whether a page `a.md` has the address `a/` and not `a.html`.
    pub directory_urls: bool,
}

/// What becomes of a link that begins with a slash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Absolute {
    /// It is left alone, and this is said about it.
    Left(Level),
    /// It is seen from the docs folder.
    RelativeToDocs,
}

/// How much something matters to MkDocs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Nothing is said.
    Ignore,
    /// It is mentioned.
    Info,
    /// It is a warning, which fails a strict build.
    Warning,
}

impl LinkRules {
    /// The rules of a configuration that says nothing about them.
    pub(crate) const DEFAULT: Self = Self {
        absolute: Absolute::Left(Level::Info),
        not_found: Level::Warning,
        unrecognized: Level::Info,
        directory_urls: true,
    };
}

impl Default for LinkRules {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Reads the rules; words that are none leave the defaults.
pub(super) fn read(root: &Node) -> LinkRules {
    let mut rules = LinkRules::DEFAULT;
    let links = root.get("validation").and_then(|validation| validation.get("links"));
    let word = |key: &str| links?.get(key)?.text();
    match word("absolute_links") {
        Some("relative_to_docs") => rules.absolute = Absolute::RelativeToDocs,
        other => {
            if let Some(level) = other.and_then(level) {
                rules.absolute = Absolute::Left(level);
            }
        }
    }
    rules.not_found = word("not_found").and_then(level).unwrap_or(rules.not_found);
    rules.unrecognized = word("unrecognized_links").and_then(level).unwrap_or(rules.unrecognized);
    let directories = root.get("use_directory_urls").and_then(Node::text);
    rules.directory_urls = !directories.is_some_and(|word| word.eq_ignore_ascii_case("false"));
    rules
}

fn level(word: &str) -> Option<Level> {
    match word {
        "ignore" => Some(Level::Ignore),
        "info" => Some(Level::Info),
        "warn" => Some(Level::Warning),
        _ => None,
    }
}
