//! Small repairs of lines that MkDocs reads and CommonMark does not, where the author's meaning is plain.

use std::borrow::Cow;

use super::pipes::Repair;

/// The line with `##Title` as `## Title`, links to files with spaces in their names put in brackets, and
/// `:name:` at its start kept from being a definition.
pub(super) fn repaired(text: &str, repair: Repair) -> Cow<'_, str> {
    let headed = match repair {
        Repair::NoHeading => None,
        repair => heading(text, repair == Repair::AfterBlank),
    };
    let headed = headed.or_else(|| no_definition(text));
    match spaced_link(headed.as_deref().unwrap_or(text)) {
        Some(linked) => Cow::Owned(linked),
        None => headed.map_or(Cow::Borrowed(text), Cow::Owned),
    }
}

/// A colon that starts a line defines a term only with a space behind it; an icon's name has none.
fn no_definition(text: &str) -> Option<String> {
    let inner = text.trim_start_matches(' ');
    let next = inner.strip_prefix(':')?.chars().next()?;
    next.is_alphanumeric().then(|| format!("{}\\{inner}", &text[..text.len() - inner.len()]))
}

/// A heading without the space behind its marks. One mark alone is more often a hash tag, so what
/// follows it must look like a title.
fn heading(text: &str, after_blank: bool) -> Option<String> {
    let start = text.len() - text.trim_start_matches(' ').len();
    let marks = text[start..].bytes().take_while(|c| *c == b'#').count();
    let rest = &text[start + marks..];
    let first = rest.chars().next().filter(|c| !matches!(c, ' ' | '\t' | '#'))?;
    let is_title = match marks {
        1 => after_blank && first.is_uppercase() && rest.chars().nth(1).is_some_and(char::is_lowercase),
        2..=6 => first.is_alphanumeric() || first == '\u{a0}' || matches!(first, '*' | '`' | '[' | '"'),
        _ => false,
    };
    let title = rest.trim_start_matches('\u{a0}').trim_end().trim_end_matches('#');
    (start <= 3 && is_title).then(|| format!("{} {title}", &text[..start + marks]))
}

/// Endings of what a link with spaces may lead to; any other text in brackets stays text.
const FILES: [&str; 8] = [".md", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".pdf", ".webp"];

/// How far a link's target may reach; a line of brackets is not searched over and over.
const MAX_TARGET: usize = 512;

fn spaced_link(text: &str) -> Option<String> {
    if !text.contains("](") {
        return None;
    }
    let mut out = String::new();
    let mut rest = text;
    // An odd number of code marks before a link: it stands inside code.
    let mut in_code = false;
    while let Some(at) = rest.find("](") {
        let (before, inside) = rest.split_at(at + 2);
        out.push_str(before);
        rest = inside;
        in_code ^= before.matches('`').count() % 2 == 1;
        let reach = inside.floor_char_boundary(MAX_TARGET);
        let Some(end) = inside[..reach].find(')').filter(|_| !in_code) else { continue };
        let target = &inside[..end];
        let path = target.split('#').next().unwrap_or(target).trim_end().to_ascii_lowercase();
        let plain = !target.contains(['(', '<', '>', '"', '\'', '`']) && !target.contains("://");
        if plain && target.trim().contains(' ') && FILES.iter().any(|ending| path.ends_with(ending)) {
            out.push_str(&format!("<{}>", target.trim()));
            rest = &inside[end..];
        }
    }
    out.push_str(rest);
    (out.len() > text.len()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_plainly_meant_is_repaired() {
        for (text, expected) in [
            ("##Title", "## Title"),
            ("##Title##", "## Title"),
            ("##\u{a0} Title", "##  Title"),
            ("#Title", "# Title"),
            ("#hashtag", "#hashtag"),
            ("#5 bolt", "#5 bolt"),
            ("## Title", "## Title"),
            ("#!/bin/sh", "#!/bin/sh"),
            (" :icon: x", " \\:icon: x"),
            (":   x", ":   x"),
            ("[a](b c.md) and [d](e f)", "[a](<b c.md>) and [d](e f)"),
            ("[a](../t.md#One Two)", "[a](<../t.md#One Two>)"),
            ("`[a](b c.md)`", "`[a](b c.md)`"),
            ("[a](b.md \"t\")", "[a](b.md \"t\")"),
        ] {
            assert_eq!(repaired(text, Repair::AfterBlank), expected, "{text}");
        }
        assert_eq!(repaired("#Title", Repair::Inside), "#Title");
        assert_eq!(repaired("##Title", Repair::NoHeading), "##Title");
        assert_eq!(repaired("[a](b c.md)", Repair::NoHeading), "[a](<b c.md>)");
    }
}
