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
        assert_eq!(restored("\u{f0041}\u{f3000}"), "\u{f0041}\u{f3000}", "other characters stay");
    }
}
