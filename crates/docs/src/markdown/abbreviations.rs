//! Abbreviations: `*[HTML]: Hyper Text Markup Language` explains every `HTML` on the page.

use std::collections::{BTreeSet, HashMap};

/// Abbreviations of one page; a glossary that every page brings in may be long.
const MAX_COUNT: usize = 4096;
/// Longer labels are no abbreviations, in bytes.
const MAX_LENGTH: usize = 64;

/// What the abbreviations of a page mean.
#[derive(Debug, Default)]
pub(crate) struct Abbreviations {
    meanings: HashMap<String, String>,
    /// The lengths that labels have, in bytes.
    lengths: BTreeSet<usize>,
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
        if matches!(meaning, "\"\"" | "''") {
            self.meanings.remove(label);
        } else if self.meanings.len() < MAX_COUNT && label.len() <= MAX_LENGTH {
            self.lengths.insert(label.len());
            self.meanings.insert(label.to_owned(), meaning.to_owned());
        }
    }

    /// Adds a definition unless the page has one of its own.
    pub(crate) fn add_general(&mut self, label: &str, meaning: &str) {
        if !self.meanings.contains_key(label) {
            self.add(label, meaning);
        }
    }

    /// The longest label at the start of `text` that ends with a word, and what it means.
    fn at_start(&self, text: &str) -> Option<(usize, &str)> {
        self.lengths.iter().rev().find_map(|length| {
            let meaning = self.meanings.get(text.get(..*length)?)?;
            (!text[*length..].starts_with(is_word)).then_some((*length, meaning.as_str()))
        })
    }

    /// Cuts a text at the abbreviations that stand in it as whole words.
    pub(crate) fn cut<'t>(&'t self, text: &'t str) -> Vec<Piece<'t>> {
        if self.meanings.is_empty() {
            return vec![Piece::Text(text)];
        }
        let mut out = Vec::new();
        let (mut plain, mut at, mut before) = (0, 0, None::<char>);
        while let Some(c) = text[at..].chars().next() {
            let found = if before.is_some_and(is_word) { None } else { self.at_start(&text[at..]) };
            let length = match found {
                Some((length, meaning)) => {
                    if plain < at {
                        out.push(Piece::Text(&text[plain..at]));
                    }
                    out.push(Piece::Explained(&text[at..at + length], meaning));
                    plain = at + length;
                    length
                }
                None => c.len_utf8(),
            };
            before = text[at..at + length].chars().next_back();
            at += length;
        }
        if plain < text.len() {
            out.push(Piece::Text(&text[plain..]));
        }
        out
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
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
