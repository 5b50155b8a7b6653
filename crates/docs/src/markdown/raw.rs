//! Raw HTML in Markdown: what is read from it before the sanitiser sees it.

use std::{borrow::Cow, ops::Range};

/// The raw HTML with `<a name>` as `<a id>`.
///
/// This makes nothing safe; it only keeps what readers need. The sanitiser comes after it, and takes
/// comments out by the rules of HTML, which no search for `-->` follows.
pub(crate) fn prepare(html: &str) -> Cow<'_, str> {
    if html.contains("<a name=") { html.replace("<a name=", "<a id=").into() } else { html.into() }
}

/// An attribute in raw HTML, found by looking, not by parsing: good enough for findings and anchors.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Attribute<'a> {
    /// Lower-case name of the element.
    pub(crate) tag: String,
    /// Name of the attribute: `href`, `src`, `id` or `name`.
    pub(crate) name: &'static str,
    /// The value, entities not decoded.
    pub(crate) value: &'a str,
    /// Where the value stands.
    pub(crate) at: Range<usize>,
}

/// The attributes of raw HTML that matter to links.
pub(crate) fn attributes(html: &str) -> Vec<Attribute<'_>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found + 1;
        at = start;
        if html[start..].starts_with("!--") {
            at = html[start..].find("-->").map_or(html.len(), |end| start + end + 3);
            continue;
        }
        let end = html[start..].find('>').map_or(html.len(), |end| start + end);
        let tag: String = html[start..end].chars().take_while(char::is_ascii_alphanumeric).collect();
        if tag.is_empty() {
            continue;
        }
        let tag = tag.to_ascii_lowercase();
        for name in ["href", "src", "id", "name"] {
            if let Some(range) = value_of(&html[start..end], name) {
                let range = start + range.start..start + range.end;
                out.push(Attribute { tag: tag.clone(), name, value: &html[range.clone()], at: range });
            }
        }
        at = end;
    }
    out
}

/// Where the value of attribute `name` stands in the inside of a tag.
fn value_of(inside: &str, name: &str) -> Option<Range<usize>> {
    let lower = inside.to_ascii_lowercase();
    let bytes = inside.as_bytes();
    let found = lower.match_indices(name).map(|(at, _)| at).find(|at| {
        let after = lower[at + name.len()..].trim_start();
        *at > 0 && bytes[at - 1].is_ascii_whitespace() && after.starts_with('=')
    })?;
    let mut start = found + name.len();
    while matches!(bytes.get(start), Some(c) if c.is_ascii_whitespace() || *c == b'=') {
        start += 1;
    }
    let quote = bytes.get(start).copied().filter(|c| matches!(c, b'"' | b'\''));
    let length = match quote {
        Some(quote) => {
            start += 1;
            inside[start..].find(char::from(quote)).unwrap_or(inside.len() - start)
        }
        None => inside[start..].find(char::is_whitespace).unwrap_or(inside.len() - start),
    };
    Some(start..start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_outside_comments() {
        let found = attributes("<A Href='x y' id=z><!-- <a href=no> --><img alt=\"a\" src=\"i.png\"/>");
        let found: Vec<_> = found.iter().map(|a| (a.tag.as_str(), a.name, a.value)).collect();
        assert_eq!(found, [("a", "href", "x y"), ("a", "id", "z"), ("img", "src", "i.png")]);
    }

    #[test]
    fn named_anchors_get_an_id() {
        assert_eq!(prepare("a<!-- x -->b<a name=\"c\">"), "a<!-- x -->b<a id=\"c\">");
    }
}
