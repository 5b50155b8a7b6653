//! One spelling for the many ways of writing a word.

use unicode_normalization::UnicodeNormalization;

/// Words beyond this many characters are cut off, in texts and in queries alike.
const LONGEST: usize = 64;

/// Lower case in Unicode's compatible composed form, so that full-width letters, ligatures and
/// combining accents are the letters that people type. Accents stay: stemmers need them. Isolated
/// marks decompose into a blank and themselves; no word has a blank in it.
pub(crate) fn lower(word: &str) -> String {
    if word.is_ascii() {
        return word.chars().take(LONGEST).map(|c| c.to_ascii_lowercase()).collect();
    }
    word.nfkc().flat_map(char::to_lowercase).nfkc().filter(|c| !c.is_whitespace()).take(LONGEST).collect()
}

/// The form that is compared: without accents on Latin letters.
pub(crate) fn fold(lower: &str) -> String {
    if lower.is_ascii() {
        return lower.to_owned();
    }
    let mut out = String::with_capacity(lower.len());
    for c in waymark_core::query::fold(lower).chars() {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet() {
        for (written, expected) in [
            ("Gdańsk", "gdansk"),
            ("CAFE\u{301}", "cafe"),
            ("Straße", "strasse"),
            ("ＡＰＩ", "api"),
            ("ﬁle", "file"),
            ("ｶﾞｲﾄﾞ", "ガイド"),
            ("ﹼ", "\u{651}"),
        ] {
            assert_eq!(fold(&lower(written)), expected, "{written}");
        }
        assert_eq!(lower(&"x".repeat(500)).len(), LONGEST);
    }
}
