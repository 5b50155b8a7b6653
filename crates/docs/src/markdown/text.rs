//! What plain text may hide: bare addresses, emoji names, icon names.

use super::{attrs, emoji::emoji, magic};
use crate::config::MagicLinks;

/// A piece of a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Words.
    Text(String),
    /// A bare address: what is shown, and where it leads.
    Link { text: String, href: String },
}

/// What a text may turn into links.
#[derive(Clone, Copy, Default)]
pub(crate) struct Linking<'a> {
    /// Whether the text stands inside a link already, where nothing becomes another one.
    pub(crate) inside_link: bool,
    /// Which short forms are links, and which links are shown short.
    pub(crate) magic: Option<&'a MagicLinks>,
}

/// Cuts a text into pieces.
pub(crate) fn pieces(text: &str, linking: Linking<'_>) -> Vec<Piece> {
    let text = with_symbols(text);
    let has_address = text.contains("://") || text.contains("www.") || text.contains('@');
    let shorthand = linking.magic.filter(|magic| magic.shorthand || magic.social_shorthand);
    // A hash of a commit has no mark that it could be found by.
    let has_reference =
        shorthand.is_some_and(|magic| text.contains(['#', '!', '?']) || magic.shorthand && text.len() >= 40);
    if linking.inside_link || !(has_address || has_reference) {
        return vec![Piece::Text(text)];
    }
    let mut out = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    while let Some((from, to, href, shown)) = next_address(&text, at, plain, shorthand) {
        if from > plain {
            out.push(Piece::Text(text[plain..from].to_owned()));
        }
        let shown = shown.or_else(|| shown_as(&href, linking.magic?)).unwrap_or_else(|| text[from..to].to_owned());
        out.push(Piece::Link { text: shown, href });
        plain = to;
        at = to;
    }
    if plain < text.len() {
        out.push(Piece::Text(text[plain..].to_owned()));
    }
    out
}

/// What is shown for a link whose text is its own address, if that is not the address.
pub(crate) fn shown_as(href: &str, magic: &MagicLinks) -> Option<String> {
    let without_scheme = || href.split_once("://").filter(|_| magic.hide_protocol).map(|(_, rest)| rest.to_owned());
    magic::shortened(href, magic).or_else(without_scheme)
}

/// The text with emoji names replaced and icon names (`:material-check:`) taken out.
pub(crate) fn with_symbols(text: &str) -> String {
    replace_symbols(text, true)
}

/// The text without emoji and icons, as heading ids are made from it.
pub(crate) fn without_symbols(text: &str) -> String {
    replace_symbols(text, false)
}

fn replace_symbols(text: &str, keep_emoji: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(':') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let length = after.bytes().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, b'_' | b'-' | b'+')).count();
        let name = &after[..length];
        let closed = after[length..].starts_with(':');
        if closed && let Some(symbol) = emoji(name) {
            out.push_str(if keep_emoji { symbol } else { "" });
            rest = &after[length + 1..];
        } else if closed && is_icon(name) {
            rest = &after[length + 1..];
            if let Some((_, list)) = attrs::at_start(rest) {
                rest = &rest[list..];
            }
            // The space behind an icon belongs to it.
            if out.is_empty() || out.ends_with(char::is_whitespace) {
                rest = rest.strip_prefix(' ').unwrap_or(rest);
            }
        } else {
            out.push(':');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// Whether a name belongs to one of the icon sets that documentation themes bring.
fn is_icon(name: &str) -> bool {
    ["material-", "fontawesome-", "octicons-", "simple-"]
        .iter()
        .any(|set| name.starts_with(set) && name.len() > set.len())
}

/// Where an address stands, where it leads, and what is shown if that is not the address itself.
type Address = (usize, usize, String, Option<String>);

/// The next bare address at or after `at`; nothing before `floor` may become part of it.
fn next_address(text: &str, at: usize, floor: usize, magic: Option<&MagicLinks>) -> Option<Address> {
    let bytes = text.as_bytes();
    let mut at = at;
    while at < bytes.len() {
        let starts_word = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        match bytes[at] {
            b'h' | b'H' | b'f' | b'F' if starts_word => {
                if let Some(length) =
                    ["https://", "http://", "ftp://"].iter().find_map(|scheme| prefix(bytes, at, scheme))
                    && let Some(to) = web_end(text, at, at + length)
                {
                    return Some((at, to, text[at..to].to_owned(), None));
                }
            }
            b'w' | b'W' if starts_word => {
                if let Some(length) = prefix(bytes, at, "www.")
                    && let Some(to) = web_end(text, at, at + length)
                {
                    return Some((at, to, format!("http://{}", &text[at..to]), None));
                }
            }
            b'@' => {
                if let Some((from, to)) = mail(bytes, at, floor) {
                    return Some((from, to, format!("mailto:{}", &text[from..to]), None));
                }
            }
            _ => {}
        }
        let may_start = magic::MARKS.contains(&bytes[at]) || starts_word && bytes[at].is_ascii_hexdigit();
        if let Some(magic) = magic.filter(|_| may_start)
            && let Some((from, to, href, shown)) = magic::read(text, at, floor, magic)
        {
            return Some((from, to, href, Some(shown)));
        }
        at += 1;
    }
    None
}

fn prefix(bytes: &[u8], at: usize, wanted: &str) -> Option<usize> {
    bytes.get(at..at + wanted.len()).filter(|found| found.eq_ignore_ascii_case(wanted.as_bytes())).map(<[u8]>::len)
}

/// The end of a web address whose host starts at `host`: up to white space or `<`, without the
/// punctuation that ends a sentence and without a closing bracket that it does not open.
fn web_end(text: &str, start: usize, host: usize) -> Option<usize> {
    let rest = &text[host..];
    let first = rest.chars().next()?;
    if !(first.is_alphanumeric() || first == '[') {
        return None;
    }
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`')).unwrap_or(rest.len());
    let mut url = &text[start..host + end];
    let mut surplus = url.matches(')').count().saturating_sub(url.matches('(').count());
    loop {
        let before = url.len();
        // What looks like a character's name belongs to the text.
        if let Some((rest, name)) = url.strip_suffix(';').and_then(|rest| rest.rsplit_once('&'))
            && !name.is_empty()
            && name.bytes().all(|c| c.is_ascii_alphanumeric())
        {
            url = rest;
        }
        url = url.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', '\'', ';', ']', '}']);
        if surplus > 0
            && let Some(inner) = url.strip_suffix(')')
        {
            surplus -= 1;
            url = inner;
        }
        if url.len() == before {
            return Some(start + url.len());
        }
    }
}

/// The mail address around the `@` at `at`.
fn mail(bytes: &[u8], at: usize, floor: usize) -> Option<(usize, usize)> {
    let is_local = |c: &u8| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'-' | b'_' | b'+');
    let from = at - bytes[floor..at].iter().rev().take(64).take_while(|c| is_local(c)).count();
    let is_host = |c: &u8| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'-');
    let mut to = at + 1 + bytes[at + 1..].iter().take(255).take_while(|c| is_host(c)).count();
    while to > at + 1 && bytes[to - 1] == b'.' {
        to -= 1;
    }
    if bytes[to - 1] == b'-' {
        return None;
    }
    let host = &bytes[at + 1..to];
    let starts_word = bytes.get(from).is_some_and(u8::is_ascii_alphanumeric) && from < at;
    let dotted = host.iter().position(|c| *c == b'.').is_some_and(|dot| dot > 0 && dot + 1 < host.len());
    // `image@sha256.x`, `user@host:path` and `@scope/name` are no mail addresses.
    let ends = bytes.get(to).is_none_or(|c| !matches!(c, b':' | b'/' | b'@' | b'_'));
    (starts_word && dotted && ends).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        let show = |piece: Piece| match piece {
            Piece::Text(text) => text,
            Piece::Link { text, href } if text == href => format!("<{text}>"),
            Piece::Link { text, href } => format!("<{text}|{href}>"),
        };
        pieces(text, Linking::default()).into_iter().map(show).collect()
    }

    #[test]
    fn bare_addresses_become_links() {
        for (text, expected) in [
            ("see https://a.b/c_d(e)?f=1.", "see <https://a.b/c_d(e)?f=1>."),
            ("(https://a.b/)", "(<https://a.b/>)"),
            ("www.a.b, ok", "<www.a.b|http://www.a.b>, ok"),
            ("ask x.y@a.example!", "ask <x.y@a.example|mailto:x.y@a.example>!"),
            ("https://", "https://"),
            ("xhttps://a.b git@host.example:path @scope/a.b", "xhttps://a.b git@host.example:path @scope/a.b"),
            ("http://ä.example", "<http://ä.example>"),
        ] {
            assert_eq!(check(text), expected);
        }
    }

    #[test]
    fn names_become_characters_and_icons_vanish() {
        assert_eq!(with_symbols(":rocket: go: 10:30 :nope: :x:"), "🚀 go: 10:30 :nope: ❌");
        assert_eq!(with_symbols("a :material-check: b :octicons-mark-github-16:"), "a b ");
        assert_eq!(without_symbols(":rocket: Launch: a:b"), " Launch: a:b");
    }
}
