//! `smarty`: which signs become those of print, and which ones.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::yaml::Node;

/// Which signs become those of print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Smarty {
    /// `"` and `'`.
    pub quotes: bool,
    /// `--` and `---`.
    pub dashes: bool,
    /// `...`.
    pub dots: bool,
    /// `<<` and `>>`.
    pub angles: bool,
    /// The site's own signs, by the usual ones.
    pub signs: BTreeMap<String, String>,
}

impl Default for Smarty {
    fn default() -> Self {
        Self { quotes: true, dashes: true, dots: true, angles: false, signs: BTreeMap::new() }
    }
}

/// Names of signs in settings, and what they stand for otherwise.
const NAMES: [(&str, &str); 9] = [
    ("left-single-quote", "‘"),
    ("right-single-quote", "’"),
    ("left-double-quote", "“"),
    ("right-double-quote", "”"),
    ("left-angle-quote", "«"),
    ("right-angle-quote", "»"),
    ("ellipsis", "…"),
    ("ndash", "–"),
    ("mdash", "—"),
];

/// Reads the extension's settings; signs are written as HTML writes them.
pub(super) fn read(options: &Node) -> Smarty {
    let is = |key: &str, default: bool| {
        options.get(key).and_then(Node::text).map_or(default, |value| value.eq_ignore_ascii_case("true"))
    };
    let own = |name: &str| options.get("substitutions")?.get(name)?.text();
    let decode = |text: &str| crate::fragment::plain_text(text);
    let signs = NAMES.iter().filter_map(|(name, sign)| Some(((*sign).to_owned(), decode(own(name)?))));
    Smarty {
        quotes: is("smart_quotes", true),
        dashes: is("smart_dashes", true),
        dots: is("smart_ellipses", true),
        angles: is("smart_angled_quotes", false),
        signs: signs.collect(),
    }
}
