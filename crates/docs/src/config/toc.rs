//! `toc`: how heading ids are made, and which heading is the first.

use serde::{Deserialize, Serialize};

use super::yaml::Node;

/// The settings of headings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Headings {
    /// How ids are made from what headings say.
    pub slug: Slug,
    /// What stands between words in ids.
    pub separator: String,
    /// The level of headings with one mark, 1 to 6.
    pub base_level: u8,
    /// The line that stands for the table of contents.
    pub marker: String,
    /// What stands above the table of contents.
    pub title: Option<String>,
    /// The first and the last level in it, 1 to 6.
    pub depth: (u8, u8),
}

impl Headings {
    /// Whether headings of this level stand in the table of contents.
    pub(crate) fn lists(&self, level: u8) -> bool {
        (self.depth.0..=self.depth.1).contains(&level)
    }
}

/// How ids are made from what headings say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Slug {
    /// Letters, digits and `_` of ASCII, in lower case.
    #[default]
    Ascii,
    /// The same with letters of every script (`markdown.extensions.toc.slugify_unicode`).
    Unicode,
    /// `pymdownx.slugs.slugify`: every space becomes a separator, and runs of them stay.
    Words {
        /// What becomes of capital letters.
        case: Case,
        /// Whether what is not ASCII is percent-encoded.
        encoded: bool,
        /// Whether letters are taken apart from their accents, which then go.
        bare: bool,
    },
}

/// What becomes of capital letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Case {
    /// They stay.
    Kept,
    /// They become small ones.
    Lower,
    /// Those of ASCII do.
    LowerAscii,
    /// As [`Case::Lower`], and `ß` becomes `ss`.
    Fold,
}

impl Default for Headings {
    fn default() -> Self {
        Self {
            slug: Slug::Ascii,
            separator: "-".to_owned(),
            base_level: 1,
            marker: "[TOC]".to_owned(),
            title: None,
            depth: (1, 6),
        }
    }
}

/// Reads the extension's settings.
pub(super) fn read(options: &Node) -> Headings {
    let default = Headings::default();
    let text = |key: &str| options.get(key).and_then(Node::text).map(str::to_owned);
    let level = text("baselevel").and_then(|level| level.parse().ok()).unwrap_or(default.base_level);
    Headings {
        slug: options.get("slugify").map(slug).unwrap_or_default(),
        separator: text("separator").filter(|separator| separator.is_ascii()).unwrap_or(default.separator),
        base_level: level.clamp(1, 6),
        marker: text("marker").filter(|marker| !marker.trim().is_empty()).unwrap_or(default.marker),
        title: text("title").filter(|title| !title.trim().is_empty()),
        depth: text("toc_depth").and_then(|depth| levels(&depth)).unwrap_or(default.depth),
    }
}

/// `3`, which is the last level, or `2-4`.
fn levels(text: &str) -> Option<(u8, u8)> {
    let (first, last) = text.split_once('-').unwrap_or(("1", text));
    Some((first.trim().parse().ok()?, last.trim().parse().ok()?))
}

/// The function that a configuration names by a YAML tag of Python, with the words it hands over.
fn slug(node: &Node) -> Slug {
    let words = |case, encoded| Slug::Words { case, encoded, bare: false };
    let name = node.tag.as_deref().or(node.text()).unwrap_or_default();
    match name.rsplit(['.', ':']).next().unwrap_or_default() {
        "slugify_unicode" => Slug::Unicode,
        "uslugify" => words(Case::Lower, false),
        "uslugify_encoded" => words(Case::Lower, true),
        "uslugify_cased" => words(Case::Kept, false),
        "uslugify_cased_encoded" => words(Case::Kept, true),
        "gfm" => words(Case::LowerAscii, false),
        "gfm_encoded" => words(Case::LowerAscii, true),
        "slugify" if name.contains("pymdownx") => called(node.get("kwds").unwrap_or(node)),
        // Zensical writes the call as a mapping.
        _ => node
            .get("object")
            .filter(|object| object.text().is_some_and(|name| name.contains("pymdownx")))
            .map_or(Slug::Ascii, |_| called(node.get("kwds").unwrap_or(node))),
    }
}

fn called(words: &Node) -> Slug {
    let text = |key: &str| words.get(key).and_then(Node::text).unwrap_or_default();
    let case = match text("case") {
        "lower" => Case::Lower,
        "lower-ascii" => Case::LowerAscii,
        "fold" => Case::Fold,
        _ => Case::Kept,
    };
    let encoded = text("percent_encode").eq_ignore_ascii_case("true");
    Slug::Words { case, encoded, bare: matches!(text("normalize"), "NFD" | "NFKD") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::yaml::parse;

    #[test]
    fn functions_are_known_by_their_names() {
        let check = |text: &str| read(&parse(text).expect("it is YAML")).slug;
        let lower = Slug::Words { case: Case::Lower, encoded: false, bare: false };
        assert_eq!(check("slugify: !!python/name:pymdownx.slugs.uslugify"), lower);
        assert_eq!(check("slugify: !!python/object/apply:pymdownx.slugs.slugify\n  kwds:\n    case: lower"), lower);
        assert_eq!(check("slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}"), lower);
        assert_eq!(check("slugify: {object: pymdownx.slugs.slugify, kwds: {case: lower}}"), lower);
        assert_eq!(check("slugify: !!python/name:markdown.extensions.toc.slugify_unicode"), Slug::Unicode);
        assert_eq!(check("permalink: true"), Slug::Ascii);
    }

    #[test]
    fn a_table_of_contents_has_the_levels_that_its_site_wants() {
        let check = |text: &str| read(&parse(text).expect("it is YAML")).depth;
        assert_eq!((check("toc_depth: 3"), check("toc_depth: 2-4"), check("toc_depth: x")), ((1, 3), (2, 4), (1, 6)));
    }
}
