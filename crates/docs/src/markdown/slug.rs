//! Heading ids as Python-Markdown makes them (`docs-dialect.md`, section 3).

use std::collections::{HashMap, HashSet};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::config::{Case, Headings, Slug};

/// The id of a heading before it is made unique; may be empty.
pub(crate) fn slug(text: &str, headings: Option<&Headings>) -> String {
    let (rule, separator) = headings.map_or((Slug::Ascii, "-"), |set| (set.slug, &*set.separator));
    match rule {
        Slug::Ascii => joined(&text.nfkd().filter(char::is_ascii).collect::<String>(), separator),
        Slug::Unicode => joined(text, separator),
        Slug::Words { case, encoded, bare } => {
            let text: String = if bare { text.nfkd().collect() } else { text.nfc().collect() };
            let text = cased(text.trim(), case);
            let kept = text.chars().filter(|c| is_word(*c) || matches!(c, '-' | ' '));
            let mut slug = String::with_capacity(text.len());
            kept.for_each(|c| if c == ' ' { slug.push_str(separator) } else { slug.push(c) });
            if encoded { percent_encoded(&slug) } else { slug }
        }
    }
}

/// Words in lower case, one separator for each run of spaces and separators.
fn joined(text: &str, separator: &str) -> String {
    let kept: String = text.chars().filter(|c| is_word(*c) || *c == '-' || c.is_whitespace()).collect();
    let mut slug = String::with_capacity(kept.len());
    let mut gap = false;
    for c in kept.trim().chars() {
        if separator.contains(c) || c.is_whitespace() {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) {
            slug.push_str(separator);
        }
        slug.extend(c.to_lowercase());
    }
    if gap {
        slug.push_str(separator);
    }
    slug
}

/// What Python's regular expressions call a character of a word.
fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric() && !is_combining_mark(c)
}

fn cased(text: &str, case: Case) -> String {
    match case {
        Case::Kept => text.to_owned(),
        Case::Lower => text.to_lowercase(),
        Case::LowerAscii => text.to_ascii_lowercase(),
        // Folding differs from lower case in few letters; these are the ones of European languages.
        Case::Fold => text.to_lowercase().replace('ß', "ss").replace('ſ', "s").replace('ς', "σ"),
    }
}

fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.' | b'-' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
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
            assert_eq!(slug(text, None), expected, "{text}");
        }
    }

    #[test]
    fn a_site_chooses_how_ids_are_made() {
        let check = |slug_rule, text: &str| slug(text, Some(&Headings { slug: slug_rule, ..Headings::default() }));
        let words = |case| Slug::Words { case, encoded: false, bare: false };
        assert_eq!(check(words(Case::Lower), "Gone & Depré-ΩX_1"), "gone--depré-ωx_1");
        assert_eq!(check(words(Case::Kept), "Gone ♠"), "Gone-");
        assert_eq!(check(words(Case::LowerAscii), "A Ω"), "a-Ω");
        assert_eq!(check(words(Case::Fold), "Straße"), "strasse");
        assert_eq!(check(Slug::Words { case: Case::Kept, encoded: true, bare: false }, "Ω"), "%CE%A9");
        assert_eq!(check(Slug::Words { case: Case::Kept, encoded: false, bare: true }, "Théâtre"), "Theatre");
        assert_eq!(check(Slug::Unicode, "日本 -- Ä"), "日本-ä");
        let under = Headings { separator: "_".to_owned(), ..Headings::default() };
        assert_eq!(slug("a  b_-c", Some(&under)), "a_b_-c");
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
