//! One line for a list, from a paragraph of any length.

/// Longer titles are cut.
const MAX: usize = 90;
/// A first sentence shorter than this says too little to stand alone.
const MIN: usize = 10;

/// The title for a paragraph, and whether anything was left out.
pub(in crate::content) fn shorten(text: &str) -> (String, bool) {
    if text.chars().count() <= MAX {
        return (text.to_owned(), false);
    }
    let limit = text.char_indices().nth(MAX).map_or(text.len(), |(at, _)| at);
    let sentence = text[..limit].match_indices(['.', '!', '?']).find(|(at, _)| {
        // "e.g. this" goes on; a sentence ends before a capital.
        let after = &text[at + 1..];
        text[..*at].chars().count() >= MIN
            && after.starts_with(' ')
            && after.trim_start().starts_with(|c: char| c.is_uppercase() || !c.is_alphanumeric())
    });
    if let Some((at, mark)) = sentence {
        let end = if mark == "." { at } else { at + 1 };
        return (text[..end].to_owned(), true);
    }
    let limit = text.char_indices().nth(MAX - 1).map_or(text.len(), |(at, _)| at);
    let end = text[..limit].rfind(' ').filter(|at| *at > limit / 2).unwrap_or(limit);
    (format!("{}…", text[..end].trim_end_matches([' ', ',', ';', ':', '-', '–'])), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_end_with_a_sentence_or_a_word() {
        assert_eq!(shorten("Short."), ("Short.".to_owned(), false));
        let long = "Ask for a badge. It opens every door of the building, and the garage after six in the evening too.";
        assert_eq!(shorten(long).0, "Ask for a badge");
        let endless = "word ".repeat(40);
        let (title, cut) = shorten(endless.trim());
        assert!(cut && title.ends_with("word…") && title.chars().count() <= MAX, "{title}");
        let (title, _) = shorten(&"ä".repeat(200));
        assert_eq!(title.chars().count(), MAX);
    }
}
