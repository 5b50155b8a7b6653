//! Heading ids as Python-Markdown makes them (`docs-dialect.md`, section 3).

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

/// The id of a heading before it is made unique; may be empty.
pub(crate) fn slug(text: &str) -> String {
    let ascii: String = text.nfkd().filter(char::is_ascii).collect();
    let kept: String =
        ascii.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-' || c.is_whitespace()).collect();
    let mut slug = String::with_capacity(kept.len());
    let mut gap = false;
    for c in kept.trim().chars() {
        if c == '-' || c.is_whitespace() {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) {
            slug.push('-');
        }
        slug.push(c.to_ascii_lowercase());
    }
    if gap {
        slug.push('-');
    }
    slug
}

/// Makes ids unique: the second `usage` is `usage_1`, the third `usage_2`, an empty one `_1`.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    used: HashSet<String>,
    last: HashMap<String, u64>,
}

impl Ids {
    /// Takes an id that its author chose; a second use of it is the author's affair.
    pub(crate) fn reserve(&mut self, id: &str) {
        self.used.insert(id.to_owned());
    }

    /// A free id made from `wanted`, now taken.
    pub(crate) fn unique(&mut self, wanted: String) -> String {
        if !wanted.is_empty() && !self.used.contains(&wanted) {
            self.used.insert(wanted.clone());
            return wanted;
        }
        let (stem, first) = numbered(&wanted);
        let stem = stem.to_owned();
        // The number last given out is remembered, so that ten thousand equal headings stay cheap.
        let mut number = self.last.get(&stem).copied().unwrap_or(first).max(first);
        loop {
            number = number.saturating_add(1);
            let id = format!("{stem}_{number}");
            if self.used.insert(id.clone()) {
                self.last.insert(stem, number);
                return id;
            }
        }
    }
}

/// `a_3` is `a` and 3; anything without a number at its end is itself and 0.
fn numbered(id: &str) -> (&str, u64) {
    let split =
        id.rsplit_once('_').filter(|(_, digits)| !digits.is_empty() && digits.bytes().all(|c| c.is_ascii_digit()));
    split.and_then(|(stem, digits)| Some((stem, digits.parse().ok()?))).unwrap_or((id, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_those_of_python_markdown() {
        for (text, expected) in [
            ("What's new in v1.2.3?", "whats-new-in-v123"),
            ("A & B -- C", "a-b-c"),
            ("Überschrift für Ärzte", "uberschrift-fur-arzte"),
            ("日本語", ""),
            ("C++ / C#", "c-c"),
            ("--help flag", "-help-flag"),
            ("a/b.c", "abc"),
            ("foo_bar", "foo_bar"),
            ("trailing -", "trailing-"),
            ("ﬁne ½", "fine-12"),
        ] {
            assert_eq!(slug(text), expected, "{text}");
        }
    }

    #[test]
    fn clashes_are_numbered() {
        let mut ids = Ids::default();
        ids.reserve("setup");
        let mut give = |id: &str| ids.unique(id.to_owned());
        assert_eq!([give("usage"), give("usage"), give("usage")], ["usage", "usage_1", "usage_2"]);
        assert_eq!([give(""), give("")], ["_1", "_2"]);
        assert_eq!(give("usage_1"), "usage_3", "a number at the end is counted on");
        assert_eq!(give("setup"), "setup_1", "the author's own id comes first");
    }
}
