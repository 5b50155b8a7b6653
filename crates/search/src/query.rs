//! What a person types, as a value. No text is an error.

use crate::{
    Kind,
    filler::is_filler,
    fold::{fold, lower},
    token::{Form, pairs, words},
};

/// Words beyond these are left out: nobody types them, and each of them costs time.
const MOST_WORDS: usize = 12;

/// A query: words, and where to look for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub(crate) text: String,
    pub(crate) words: Vec<QueryWord>,
    /// Folded; all of them match by their beginnings.
    pub(crate) sources: Vec<String>,
    pub(crate) kinds: Vec<Kind>,
}

/// A word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct QueryWord {
    /// Where it stands in [`Query::text`], in bytes.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The word as a whole, folded; of a run without spaces its only pair.
    pub(crate) whole: Term,
    /// What finds it as well if all of them are there: the parts of a name, the pairs of a run.
    pub(crate) parts: Vec<Term>,
    /// Whether it goes on behind what was typed.
    pub(crate) prefix: bool,
}

/// What is looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) folded: String,
    /// With accents, for stemming; nothing where there is no stem.
    pub(crate) lower: Option<String>,
}

impl Query {
    /// Reads what was typed. The last word matches by its beginning unless a space follows it.
    /// `repo:argo` and `kind:step` narrow the search; what cannot be read as a scope is a word.
    pub fn parse(text: &str) -> Self {
        let mut query = Self { text: text.to_owned(), ..Self::default() };
        let mut at = 0;
        for piece in text.split_inclusive(char::is_whitespace) {
            let word = piece.trim_end();
            if !query.scope(word) && query.words.len() < MOST_WORDS {
                let ends_the_text = at + piece.len() == text.len() && word.len() == piece.len();
                query.add(word, at, ends_the_text);
            }
            at += piece.len();
        }
        let says_something = |word: &QueryWord| word.prefix || !is_filler(&word.whole.folded);
        if query.words.iter().any(says_something) {
            query.words.retain(says_something);
        }
        query
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The same query for one kind only.
    #[must_use]
    pub fn only(&self, kind: Kind) -> Self {
        Self { kinds: vec![kind], ..self.clone() }
    }

    /// The kinds that it asks for; all where it names none.
    pub fn kinds(&self) -> Vec<Kind> {
        if self.kinds.is_empty() { Kind::ALL.to_vec() } else { self.kinds.clone() }
    }

    fn scope(&mut self, word: &str) -> bool {
        let Some((name, value)) = word.split_once(':') else { return false };
        let value = fold(&lower(value));
        match name.to_ascii_lowercase().as_str() {
            "repo" | "pack" | "site" => {
                if !value.is_empty() {
                    self.sources.push(value);
                }
                true
            }
            "kind" => match Kind::named(&value) {
                Some(kind) => {
                    self.kinds.push(kind);
                    true
                }
                // It is still being typed.
                None => value.is_empty(),
            },
            _ => false,
        }
    }

    fn add(&mut self, text: &str, at: usize, ends_the_text: bool) {
        let found = words(text);
        let last = found.len().saturating_sub(1);
        for (index, word) in found.into_iter().enumerate().take(MOST_WORDS) {
            let prefix = ends_the_text && index == last;
            let (start, end) = (at + word.start, at + word.end);
            let (whole, parts) = match word.form {
                Form::Plain(part) => (Term { folded: part.folded, lower: Some(part.lower) }, Vec::new()),
                Form::Name { whole, parts } => {
                    let parts = parts.into_iter().map(|part| Term { folded: part.folded, lower: Some(part.lower) });
                    (Term { folded: whole, lower: None }, parts.collect())
                }
                Form::Run(run) => {
                    let plain = |folded: String| Term { folded, lower: None };
                    let mut pairs: Vec<Term> = pairs(&run).into_iter().map(plain).collect();
                    let whole = if pairs.len() == 1 { pairs.remove(0) } else { plain(run.into_iter().collect()) };
                    (whole, pairs)
                }
            };
            self.words.push(QueryWord { start, end, whole, parts, prefix });
        }
        self.words.truncate(MOST_WORDS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let query = Query::parse(text);
        let words = query.words.iter().map(|word| {
            let parts: Vec<&str> = word.parts.iter().map(|part| part.folded.as_str()).collect();
            let parts = if parts.is_empty() { String::new() } else { format!("[{}]", parts.join(" ")) };
            format!("{}{parts}{}", word.whole.folded, if word.prefix { "*" } else { "" })
        });
        let scopes = query.sources.iter().map(|source| format!("repo={source}"));
        let kinds = query.kinds.iter().map(|kind| format!("kind={}", kind.word()));
        words.chain(scopes).chain(kinds).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_and_scopes_are_told_apart() {
        for (text, expected) in [
            ("VPN Set", "vpn set*"),
            ("vpn ", "vpn"),
            ("repo:Argo kind:steps sync", "sync* repo=argo kind=step"),
            ("repo: kind: x", "x*"),
            ("kind:other", "kind:other[kind other]*"),
            ("foo::bar --dry-run", "foo::bar[foo bar] dry-run[dry run]*"),
            ("検索 日", "検索 日*"),
            ("日本語", "日本語[日本 本語]*"),
            ("how do I get the", "get the*"),
            ("what is ", "what is"),
            ("( \" ' ) -", ""),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn long_queries_are_cut() {
        assert_eq!(Query::parse(&"x z ".repeat(500)).words.len(), MOST_WORDS);
        assert_eq!(Query::parse(&"x/".repeat(500)).words.len(), MOST_WORDS);
    }
}
