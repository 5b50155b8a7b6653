//! Signs that are written with several characters: `-->`, `(c)`, `1/2`.

use std::borrow::Cow;

/// What is written, and the sign that it stands for. Of two that begin alike the longer stands first.
#[rustfmt::skip]
const SIGNS: &[(&str, &str)] = &[
    ("<-->", "↔"), ("-->", "→"), ("<--", "←"), ("<==>", "⇔"), ("==>", "⇒"), ("<==", "⇐"), ("=/=", "≠"), ("+/-", "±"),
    // As the dashes of print leave them.
    ("<–>", "↔"), ("–>", "→"), ("<–", "←"),
    ("(tm)", "™"), ("(c)", "©"), ("(r)", "®"),
    ("1/2", "½"), ("1/4", "¼"), ("3/4", "¾"), ("1/3", "⅓"), ("2/3", "⅔"), ("1/5", "⅕"), ("2/5", "⅖"), ("3/5", "⅗"),
    ("4/5", "⅘"), ("1/6", "⅙"), ("5/6", "⅚"), ("1/8", "⅛"), ("3/8", "⅜"), ("5/8", "⅝"), ("7/8", "⅞"),
];

/// The text with signs in place of what stands for them.
pub(crate) fn replaced(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|c| matches!(c, b'-' | b'=' | b'(' | b'/' | 0xE2)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let found = match rest.as_bytes()[0] {
            b'<' | b'-' | b'=' | b'+' | b'(' | b'1'..=b'7' | 0xE2 => {
                SIGNS.iter().find(|(written, _)| stands(text, at, written))
            }
            _ => None,
        };
        match found {
            Some((written, sign)) => {
                out.push_str(&text[copied..at]);
                out.push_str(sign);
                at += written.len();
                copied = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// Whether `written` stands at `at` by itself: no longer arrow, no other number around it.
fn stands(text: &str, at: usize, written: &str) -> bool {
    if !text[at..].starts_with(written) {
        return false;
    }
    let before = text[..at].bytes().next_back();
    let after = text[at + written.len()..].bytes().next();
    let joins = |c: Option<u8>| match written.as_bytes()[0] {
        b'(' => false,
        b'<' | b'-' | b'=' | b'+' | 0xE2 => c.is_some_and(|c| matches!(c, b'-' | b'=' | b'<' | b'>' | b'!')),
        _ => c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, b'/' | b'.' | b'-' | b'_')),
    };
    !joins(before) && !joins(after.filter(|c| *c != b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_replaced_where_they_stand_alone() {
        for (text, expected) in [
            ("a --> b <-- c <--> d", "a → b ← c ↔ d"),
            ("(c) 2024, x (tm)", "© 2024, x ™"),
            ("1/2 cup, 3/4.", "½ cup, ¾."),
            ("1/2/2024 11/2 1/20 a1/2", "1/2/2024 11/2 1/20 a1/2"),
            ("---> <!-- x", "---> <!-- x"),
            ("a –> b <–> c – d", "a → b ↔ c – d"),
            ("A =/= B +/- 1", "A ≠ B ± 1"),
        ] {
            assert_eq!(replaced(text), expected, "{text}");
        }
    }
}
