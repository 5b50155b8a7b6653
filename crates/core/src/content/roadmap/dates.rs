//! Dates, quarters and versions in prose, and words that order people about.

use crate::query::fold;

/// Something in a text that promises a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Where it begins, in bytes.
    pub at: usize,
    pub text: String,
    /// Whether it is finer than a quarter.
    pub fine: bool,
}

impl Found {
    /// A text that is a date as a whole, whatever it looks like.
    pub(super) fn whole(text: &str) -> Self {
        Self { at: 0, text: text.to_owned(), fine: false }
    }
}

/// Month names in English, German, French, Italian and Spanish, folded.
const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "januar",
    "janner",
    "februar",
    "marz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "dicembre",
    "enero",
    "febrero",
    "abril",
    "mayo",
    "junio",
    "julio",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
/// Month names that are other words as well; they need a neighbour that speaks of time.
const UNSURE: [&str; 4] = ["may", "march", "mars", "mai"];
const SHORT: [&str; 12] = ["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"];
const CUES: &[&str] = &[
    "in", "by", "until", "till", "before", "after", "since", "from", "early", "mid", "late", "end", "of", "im", "bis",
    "ab", "ende", "anfang", "mitte", "en", "fin", "debut", "di", "entro", "fine", "hasta", "para", "de", "a",
];
const ORDINALS: &[&str] = &[
    "first",
    "second",
    "third",
    "fourth",
    "last",
    "1st",
    "2nd",
    "3rd",
    "4th",
    "erstes",
    "ersten",
    "zweites",
    "zweiten",
    "drittes",
    "dritten",
    "viertes",
    "vierten",
    "premier",
    "deuxieme",
    "troisieme",
    "quatrieme",
    "primo",
    "secondo",
    "terzo",
    "quarto",
    "primer",
    "segundo",
    "tercer",
    "cuarto",
];

/// A word with its place, as written and folded.
struct Word<'t> {
    at: usize,
    text: &'t str,
    folded: String,
}

/// Dates, months, quarters, years and versions in `text`.
pub(super) fn find(text: &str) -> Vec<Found> {
    let words = words(text);
    let near = |at: usize, step: isize| at.checked_add_signed(step).and_then(|at| words.get(at));
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let before = near(at, -1).map_or("", |word| word.folded.as_str());
        let after = near(at, 1).map_or("", |word| word.folded.as_str());
        let fine = if is_date(&word.folded) || is_month(word, before, after) {
            true
        } else if is_quarter(&word.folded, before, after) || is_year(&word.folded) || is_version(&word.folded, before) {
            false
        } else {
            continue;
        };
        // A bare number is a version only together with the word in front of it.
        let start = if digits(&word.folded) && !is_year(&word.folded) {
            near(at, -1).map_or(word.at, |before| before.at)
        } else {
            word.at
        };
        found.push(Found { at: start, text: text[start..word.at + word.text.len()].to_owned(), fine });
    }
    found
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric() || matches!(c, '-' | '.' | '/' | '+');
        match (start, inside) {
            (None, true) if c.is_alphanumeric() => start = Some(at),
            (Some(from), false) => {
                let word = text[from..at].trim_end_matches(['-', '.', '/']);
                words.push(Word { at: from, text: word, folded: fold(word) });
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_date(word: &str) -> bool {
    ['-', '.', '/'].into_iter().any(|mark| {
        let parts: Vec<&str> = word.split(mark).collect();
        let all = parts.iter().all(|part| digits(part));
        match parts[..] {
            [year, month] => all && mark == '-' && is_year(year) && month.len() == 2,
            [a, b, c] => all && b.len() <= 2 && ((is_year(a) && c.len() <= 2) || (a.len() <= 2 && is_year(c))),
            _ => false,
        }
    })
}

fn is_month(word: &Word<'_>, before: &str, after: &str) -> bool {
    let number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit()) && text.len() <= 4;
    if SHORT.contains(&word.folded.as_str()) {
        return number(before) || number(after);
    }
    if !MONTHS.contains(&word.folded.as_str()) {
        return false;
    }
    if !UNSURE.contains(&word.folded.as_str()) {
        return true;
    }
    let capital = word.text.starts_with(char::is_uppercase) || matches!(word.folded.as_str(), "mars" | "mai");
    capital && (number(before) || number(after) || CUES.contains(&before))
}

fn is_quarter(word: &str, before: &str, after: &str) -> bool {
    let quarter = |text: &str| matches!(text, "q1" | "q2" | "q3" | "q4");
    if quarter(word) || word.split(['-', '/']).any(quarter) {
        return true;
    }
    if matches!(word, "h1" | "h2") {
        return is_year(after) || is_year(before);
    }
    matches!(word, "quarter" | "quartal" | "trimestre")
        && (ORDINALS.contains(&before) || digits(before) || digits(after))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && digits(word) && word.starts_with("20")
}

fn is_version(word: &str, before: &str) -> bool {
    let numbers = |text: &str| {
        let text = text.trim_end_matches('+');
        !text.is_empty() && text.split('.').all(digits)
    };
    if let Some(rest) = word.strip_prefix('v') {
        return numbers(rest);
    }
    let named = matches!(before, "version" | "release" | "v" | "versione" | "versión" | "version:");
    (named && numbers(word)) || (numbers(word) && word.split('.').count() == 3)
}

/// Words of mandate in `text`, with their places (`R060`).
pub(super) fn mandates(text: &str) -> Vec<(usize, &'static str)> {
    const WORDS: [&str; 7] = [
        "must use by",
        "must migrate",
        "must move to",
        "will be blocked",
        "will be forced",
        "is mandatory from",
        "no longer be allowed",
    ];
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return Vec::new();
    }
    WORDS.iter().flat_map(|words| lower.match_indices(words).map(|(at, _)| (at, *words))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promises_of_time_are_found_in_five_languages() {
        for (text, fine) in [
            ("ready on 2027-03-01", true),
            ("ready by March", true),
            ("bis Ende März", true),
            ("en août 2027", true),
            ("entro maggio", true),
            ("para enero", true),
            ("on 1.3.2027", true),
            ("12 Jan", true),
            ("in Q3", false),
            ("2027-Q1", false),
            ("the third quarter", false),
            ("im ersten Quartal", false),
            ("some time in 2028", false),
            ("with version 2", false),
            ("with v1.4", false),
            ("after 3.1.0", false),
        ] {
            let found = find(text);
            assert_eq!(found.len(), 1 + usize::from(text == "en août 2027"), "{text}: {found:?}");
            assert_eq!(found[0].fine, fine, "{text}");
        }
    }

    #[test]
    fn other_words_stay_words() {
        for text in [
            "It may change",
            "People march on",
            "a quarter of all people",
            "2.5 hours of 40",
            "From 1.5 to 3 days",
            "Mars is a planet",
            "H1 headings",
            "",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
    }
}
