//! Reads the keys of a map one by one, so that one bad value never hides another.

use jiff::civil::Date;

use super::yaml::{Entry, Node, Value};
use crate::diagnostic::{Findings, Position};

/// A map that is being read. Findings about values carry the code that its kind of file has for them.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'n> {
    entries: &'n [Entry],
    /// Where the map begins.
    pub at: Position,
    code: &'static str,
}

impl<'n> Fields<'n> {
    /// The map in `node`, or a finding.
    pub(crate) fn of(node: &'n Node, code: &'static str, what: &str, findings: &mut Findings) -> Option<Self> {
        match &node.value {
            Value::Map(entries) => Some(Self { entries, at: node.at, code }),
            Value::Scalar { .. } | Value::List(_) => {
                findings.error(code, node.at, format!("{what} must be a map of keys and values"));
                None
            }
        }
    }

    /// The same map; what is wrong with its values is reported under `code`.
    pub(crate) fn with_code(self, code: &'static str) -> Self {
        Self { code, ..self }
    }

    /// A map without keys, for a file whose front matter could not be read.
    pub(crate) fn empty(code: &'static str) -> Self {
        Self { entries: &[], at: Position::START, code }
    }

    pub(crate) fn entries(&self) -> &'n [Entry] {
        self.entries
    }

    /// Reports keys that nobody reads, with the nearest known one. `x-…` is the author's own.
    pub(crate) fn only(&self, known: &[&str], code: &str, findings: &mut Findings) {
        for entry in self.entries {
            if entry.key.starts_with("x-") || known.contains(&entry.key.as_str()) {
                continue;
            }
            let finding =
                findings.warning(code, entry.key_at, format!("`{}` is not a key that is known here", entry.key));
            match nearest(&entry.key, known) {
                Some(near) => finding.help(format!("Did you mean `{near}`? Keys of your own begin with `x-`.")),
                None => finding.help("Remove it, or begin it with `x-` to keep it as your own."),
            };
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&'n Node> {
        // `key:` with nothing after it says as much as no key at all.
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value).filter(|node| !node.is_null())
    }

    /// Where a key's value stands, or the map where the key is missing.
    pub(crate) fn place(&self, key: &str) -> Position {
        self.entries.iter().find(|entry| entry.key == key).map_or(self.at, |entry| entry.value.at)
    }

    /// A text, number or date, as written.
    pub(crate) fn text(&self, key: &str, findings: &mut Findings) -> Option<String> {
        let node = self.get(key)?;
        match node.text() {
            Some(text) => Some(text.to_owned()),
            None => {
                findings.error(self.code, node.at, format!("`{key}` must be a text"));
                None
            }
        }
    }

    pub(crate) fn truth(&self, key: &str, findings: &mut Findings) -> Option<bool> {
        let node = self.get(key)?;
        match node.text() {
            Some("true" | "yes") => Some(true),
            Some("false" | "no") => Some(false),
            _ => {
                findings.error(self.code, node.at, format!("`{key}` must be `true` or `false`"));
                None
            }
        }
    }

    pub(crate) fn number<T: std::str::FromStr>(&self, key: &str, findings: &mut Findings) -> Option<T> {
        let node = self.get(key)?;
        let number = node.text().and_then(|text| text.replace('_', "").parse().ok());
        if number.is_none() {
            findings.error(self.code, node.at, format!("`{key}` must be a number"));
        }
        number
    }

    pub(crate) fn date(&self, key: &str, findings: &mut Findings) -> Option<Date> {
        let node = self.get(key)?;
        let date = node.text().and_then(|text| text.parse().ok());
        if date.is_none() {
            findings.error(self.code, node.at, format!("`{key}` must be a date such as 2026-12-01"));
        }
        date
    }

    /// One of the listed words.
    pub(crate) fn choice<T: Copy>(&self, key: &str, options: &[(&str, T)], findings: &mut Findings) -> Option<T> {
        let node = self.get(key)?;
        let found = node.text().and_then(|text| options.iter().find(|(word, _)| *word == text));
        if found.is_none() {
            let words: Vec<&str> = options.iter().map(|(word, _)| *word).collect();
            let given = node.text().unwrap_or("this");
            let message = format!("`{given}` is not a value of `{key}`; it is one of {}", words.join(", "));
            let near = nearest(given, &words);
            let finding = findings.error(self.code, node.at, message);
            if let Some(near) = near {
                finding.help(format!("Did you mean `{near}`?"));
            }
        }
        found.map(|(_, value)| *value)
    }

    /// A list of texts; a single text is a list of one. Each with its place.
    pub(crate) fn texts(&self, key: &str, findings: &mut Findings) -> Vec<(String, Position)> {
        let Some(node) = self.get(key) else { return Vec::new() };
        let mut texts = Vec::new();
        for item in node.items() {
            match item.text() {
                Some(text) => texts.push((text.to_owned(), item.at)),
                None => {
                    findings.error(self.code, item.at, format!("`{key}` must be a text or a list of texts"));
                }
            }
        }
        texts
    }

    /// The map under a key.
    pub(crate) fn map(&self, key: &str, findings: &mut Findings) -> Option<Fields<'n>> {
        Fields::of(self.get(key)?, self.code, &format!("`{key}`"), findings)
    }

    /// The list of maps under a key.
    pub(crate) fn maps(&self, key: &str, findings: &mut Findings) -> Vec<Fields<'n>> {
        let Some(node) = self.get(key) else { return Vec::new() };
        match &node.value {
            Value::List(items) => items
                .iter()
                .filter_map(|item| Fields::of(item, self.code, &format!("an entry of `{key}`"), findings))
                .collect(),
            Value::Scalar { .. } | Value::Map(_) => {
                findings.error(self.code, node.at, format!("`{key}` must be a list"));
                Vec::new()
            }
        }
    }
}

impl Node {
    /// The text of a scalar.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            Value::List(_) | Value::Map(_) => None,
        }
    }

    /// The items of a list; anything else is a list of itself.
    pub(crate) fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            Value::Scalar { .. } | Value::Map(_) => std::slice::from_ref(self),
        }
    }

    fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar { text, plain: true } if matches!(text.as_str(), "" | "~" | "null"))
    }
}

/// The known word that `given` most likely was meant to be.
pub(crate) fn nearest<'k>(given: &str, known: &[&'k str]) -> Option<&'k str> {
    let limit = given.chars().count().div_ceil(3).min(3);
    // Cheap tests first: a journey may have thousands of ids to compare with.
    let close = |word: &&&str| {
        word.len().abs_diff(given.len()) <= limit
            && (word.as_bytes().first() == given.as_bytes().first()
                || word.as_bytes().last() == given.as_bytes().last())
    };
    let far = |word: &&'k str| (distance(given, word), *word);
    known.iter().take(1000).filter(close).map(far).filter(|(far, _)| *far <= limit).min().map(|(_, word)| word)
}

/// Letters to insert, remove, replace or swap with a neighbour. Long words are not worth the time.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(40).collect(), b.chars().take(40).collect());
    let mut rows = vec![vec![0usize; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let mut best = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                best = best.min(rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(rows[i - 2][j - 2] + 1);
                }
                best
            };
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_errors_find_their_key() {
        let known = ["estimate", "role", "required", "needs"];
        assert_eq!(nearest("estimte", &known), Some("estimate"));
        assert_eq!(nearest("rloe", &known), Some("role"));
        assert_eq!(nearest("colour", &known), None);
    }
}
