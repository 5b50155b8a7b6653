//! Characters that their author escaped with a backslash, kept apart from those that mean something.
//!
//! Markdown takes the backslash off, and what reads the text afterwards (marks, signs, short forms of
//! links) would not know. So such a character is another one meanwhile, of a plane that no text uses.

use std::borrow::Cow;

use pulldown_cmark::CowStr;

/// The first of the characters that stand for escaped ones.
const FIRST: u32 = 0xF_0000;

/// Whether the reading of text gives a character a meaning that Markdown does not know.
fn has_meaning(c: char) -> bool {
    matches!(c, '#' | '@' | '!' | '?' | '^' | '~' | '=' | '+' | ':' | '-' | '(' | '/')
}

/// `text` with its first character kept apart, if a backslash stands before it in `source` at `start`.
pub(super) fn kept_apart<'t>(text: CowStr<'t>, source: &str, start: usize) -> CowStr<'t> {
    let escaped = start.checked_sub(1).is_some_and(|before| source.as_bytes().get(before) == Some(&b'\\'));
    let Some(first) = text.chars().next().filter(|c| escaped && has_meaning(*c)) else { return text };
    let stand_in = char::from_u32(FIRST + first as u32).unwrap_or(first);
    format!("{stand_in}{}", &text[first.len_utf8()..]).into()
}

/// `text`, which stands at `start` of `source`, without the backslashes that Markdown leaves in it: each of
/// them takes the meaning of what stands behind it. (Where Markdown knows the sign it has taken it off.)
pub(super) fn all_taken<'t>(text: CowStr<'t>, source: &str, start: usize) -> CowStr<'t> {
    if !text.contains('\\') || source.get(start..start + text.len()) != Some(&*text) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = &*text;
    if start > 0 && source.as_bytes()[start - 1] == b'\\' && rest.starts_with('\\') {
        // It is an escaped one itself.
        out.push('\\');
        rest = &rest[1..];
    }
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let Some(next) = rest[at + 1..].chars().next() else {
            rest = &rest[at..];
            break;
        };
        out.push(if has_meaning(next) { char::from_u32(FIRST + next as u32).unwrap_or(next) } else { next });
        rest = &rest[at + 1 + next.len_utf8()..];
    }
    out.push_str(rest);
    out.into()
}

/// The characters themselves again.
pub(crate) fn restored(text: &str) -> Cow<'_, str> {
    let original = |c: char| {
        let code = (c as u32).checked_sub(FIRST).filter(|code| *code < 128)?;
        char::from_u32(code).filter(|c| has_meaning(*c))
    };
    // All of them begin with this byte in UTF-8.
    if !text.as_bytes().contains(&0xF3) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| original(c).unwrap_or(c)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_escaped_characters_are_kept_apart() {
        let apart = kept_apart("#1 a".into(), "\\#1 a", 1);
        assert_ne!(&*apart, "#1 a");
        assert_eq!(restored(&apart), "#1 a");
        assert_eq!(&*kept_apart("#1".into(), "#1", 0), "#1");
        assert_eq!(&*kept_apart("a".into(), "\\a", 1), "a");
        assert_eq!(&*all_taken("This \\that \\\\".into(), "This \\that \\\\", 0), "This that \\");
        assert_eq!(&*all_taken("\\x".into(), "\\\\x", 1), "\\x", "that backslash is text");
        assert_eq!(restored("\u{f0041}\u{f3000}"), "\u{f0041}\u{f3000}", "other characters stay");
    }
}
