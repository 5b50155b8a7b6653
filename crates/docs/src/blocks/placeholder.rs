//! What stands in a text for a container that was taken out of it. No author can write either form,
//! because both carry the page's nonce.

use std::{borrow::Cow, ops::Range};

use super::{Chunk, Container};

/// The line that stands for container `index`: a comment, which Markdown reads as a block.
pub(crate) fn placeholder(nonce: &str, index: usize) -> String {
    format!("<!--{nonce}/{index}-->")
}

/// The container that a placeholder stands for.
pub(crate) fn placeholder_number(html: &str, nonce: &str) -> Option<usize> {
    html.strip_prefix("<!--")?.strip_prefix(nonce)?.strip_prefix('/')?.strip_suffix("-->")?.parse().ok()
}

/// The word that stands for container `index` in a line of text: letters and digits, so that it begins no
/// block and is no mark.
pub(super) fn word(nonce: &str, index: usize) -> String {
    format!("{nonce}x{index}x")
}

/// The first such word in `text`: where it stands, and its container's number.
pub(crate) fn next_word(text: &str, nonce: &str) -> Option<(Range<usize>, usize)> {
    let mut from = 0;
    while let Some(found) = text[from..].find(nonce) {
        let start = from + found;
        from = start + nonce.len();
        let rest = text[from..].strip_prefix('x');
        if let Some((digits, _)) = rest.and_then(|rest| rest.split_once('x'))
            && let Ok(number) = digits.parse()
        {
            return Some((start..from + 1 + digits.len() + 1, number));
        }
    }
    None
}

impl Chunk {
    /// The author's words in place of those that stand for containers; `write` makes them fit the place.
    pub(crate) fn restored<'t>(&self, text: &'t str, nonce: &str, write: fn(&str) -> String) -> Cow<'t, str> {
        if !text.contains(nonce) {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((range, number)) = next_word(rest, nonce) {
            out.push_str(&rest[..range.start]);
            match self.containers.get(number) {
                Some(container) => out.push_str(&write(&container.source)),
                None => out.push_str(&rest[range.clone()]),
            }
            rest = &rest[range.end..];
        }
        out.push_str(rest);
        Cow::Owned(out)
    }

    /// The author's lines and words in place of all placeholders, for a place that turned out to be code.
    pub(crate) fn as_written(&self, text: &str, nonce: &str) -> String {
        let start = format!("<!--{nonce}/");
        let whole = |line: &str| -> Option<&Container> { self.containers.get(placeholder_number(line.trim(), nonce)?) };
        let lines: Vec<Cow<'_, str>> = text
            .split('\n')
            .map(|line| match whole(line).filter(|_| line.contains(&start)) {
                Some(container) => Cow::Borrowed(container.source.as_str()),
                None => self.restored(line, nonce, str::to_owned),
            })
            .collect();
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_with_their_numbers() {
        assert_eq!(next_word("a wmfx3xb", "wmf"), Some((2..8, 3)));
        assert_eq!(next_word("wmf wmfxx wmfx1x", "wmf"), Some((10..16, 1)));
        assert_eq!(next_word("wmfx", "wmf"), None);
        assert_eq!(placeholder_number(&placeholder("n", 7), "n"), Some(7));
    }
}
