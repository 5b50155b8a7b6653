//! Abbreviations: `*[HTML]: Hyper Text Markup Language` explains every `HTML` on the page.

use std::collections::BTreeMap;

/// Abbreviations of one page; a glossary that every page brings in may be long.
const MAX_COUNT: usize = 4096;

/// What the abbreviations of a page mean.
#[derive(Debug, Default)]
pub(crate) struct Abbreviations {
    /// By their first character; the longest first.
    by_start: BTreeMap<char, Vec<(String, String)>>,
    count: usize,
}

/// A piece of a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    Text(&'t str),
    /// An abbreviation, and what it means.
    Explained(&'t str, &'t str),
}

/// Reads a definition: label and meaning, which is empty when it stands on the next line.
pub(crate) fn definition(line: &str) -> Option<(&str, &str)> {
    let inside = line.trim().strip_prefix("*[")?;
    let end = inside.find("]:").or_else(|| inside.find("] :"))?;
    let (label, rest) = inside.split_at(end);
    let meaning = rest[1..].trim_start().strip_prefix(':')?;
    (!label.trim().is_empty() && !label.contains('\\')).then_some((label, meaning.trim()))
}

impl Abbreviations {
    /// Adds a definition; a later one replaces an earlier one, and an empty pair of quotes removes it.
    pub(crate) fn add(&mut self, label: &str, meaning: &str) {
        let Some(first) = label.chars().next() else { return };
        let list = self.by_start.entry(first).or_default();
        list.retain(|(known, _)| known != label);
        if !matches!(meaning, "\"\"" | "''") && self.count < MAX_COUNT {
            self.count += 1;
            list.push((label.to_owned(), meaning.to_owned()));
            list.sort_by_key(|(label, _)| std::cmp::Reverse(label.len()));
        }
    }

    /// Cuts a text at the abbreviations that stand in it as whole words.
    pub(crate) fn cut<'t>(&'t self, text: &'t str) -> Vec<Piece<'t>> {
        if self.by_start.is_empty() {
            return vec![Piece::Text(text)];
        }
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let mut out = Vec::new();
        let (mut plain, mut at, mut before) = (0, 0, None::<char>);
        while let Some(c) = text[at..].chars().next() {
            let found = match before.is_some_and(is_word) {
                true => None,
                false => self.by_start.get(&c).and_then(|list| {
                    list.iter().find(|(label, _)| {
                        let after = text[at..].strip_prefix(label.as_str());
                        after.is_some_and(|after| !after.chars().next().is_some_and(is_word))
                    })
                }),
            };
            match found {
                Some((label, meaning)) => {
                    if plain < at {
                        out.push(Piece::Text(&text[plain..at]));
                    }
                    out.push(Piece::Explained(&text[at..at + label.len()], meaning));
                    at += label.len();
                    plain = at;
                    before = label.chars().next_back();
                }
                None => {
                    at += c.len_utf8();
                    before = Some(c);
                }
            }
        }
        if plain < text.len() {
            out.push(Piece::Text(&text[plain..]));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_are_told_from_text() {
        assert_eq!(definition("*[HTML]: Hyper Text"), Some(("HTML", "Hyper Text")));
        assert_eq!(definition("*[A]b] :  x"), Some(("A]b", "x")));
        for text in ["*[]: x", "*[ ]: x", "*[a] b", "[a]: b"] {
            assert_eq!(definition(text), None, "{text}");
        }
    }

    #[test]
    fn whole_words_are_explained_and_the_longest_wins() {
        let mut list = Abbreviations::default();
        list.add("SS", "1");
        list.add("abbr-SS", "2");
        list.add("abbr", "old");
        list.add("abbr", "3");
        list.add("gone", "x");
        list.add("gone", "\"\"");
        let show = |piece: &Piece<'_>| match piece {
            Piece::Text(text) => (*text).to_owned(),
            Piece::Explained(label, meaning) => format!("<{label}={meaning}>"),
        };
        let cut: String = list.cut("abbr, SS and abbr-SS, abbrs gone").iter().map(show).collect();
        assert_eq!(cut, "<abbr=3>, <SS=1> and <abbr-SS=2>, abbrs gone");
    }
}
