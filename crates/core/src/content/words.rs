//! Small readings of prose that several importers share.

use crate::path::name_of;

/// The last segment of a path without its ending.
pub(crate) fn file_stem(path: &str) -> &str {
    let name = name_of(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A gap is a few words; looking further for its end would only cost time.
const MAX_GAP: usize = 80;

/// Gaps that somebody has to fill by hand, with their byte offsets: `{Name}`, `NAME_HERE`,
/// `@HANDLE`, `[insert …]`, `(first name here)`.
pub(crate) fn gaps(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (open, close) in [('{', '}'), ('[', ']'), ('(', ')')] {
        for (at, _) in text.match_indices(open) {
            let doubled = text[..at].ends_with(open) || text[at + 1..].starts_with(open);
            let near = text.get(at..text.floor_char_boundary(at + MAX_GAP)).unwrap_or("");
            let Some(length) = near.find(close).filter(|_| !doubled) else { continue };
            let inside = &text[at + 1..at + length];
            if is_gap(inside, open) {
                found.push((at, text[at..=at + length].to_owned()));
            }
        }
    }
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '@'))) {
        let bare = word.trim_end_matches(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        if is_gap_word(bare) {
            found.push((at, bare.to_owned()));
        }
        at += word.len();
    }
    found.sort_unstable();
    // `{NAME_HERE}` is one gap and not two.
    let mut end = 0;
    found.retain(|(at, gap)| {
        let first = *at >= end;
        end = end.max(at + gap.len());
        first
    });
    found
}

fn is_gap(inside: &str, open: char) -> bool {
    let lower = inside.to_lowercase();
    let lower = lower.trim();
    match open {
        '{' => {
            lower.starts_with(char::is_alphabetic)
                && lower.chars().count() <= 40
                && lower.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '\'' | '.'))
        }
        '[' => lower.starts_with("insert ") || lower.starts_with("your ") || lower.ends_with(" here"),
        _ => lower.ends_with(" here") && lower.split_whitespace().count() <= 4 && !lower.starts_with("see "),
    }
}

fn is_gap_word(word: &str) -> bool {
    let shouted = |text: &str| {
        text.len() >= 4
            && text.starts_with(|c: char| c.is_ascii_uppercase())
            && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
    };
    match word.strip_prefix('@') {
        Some(handle) => shouted(handle),
        None => shouted(word) && (word.ends_with("_HERE") || word.starts_with("YOUR_") || word.ends_with("_USERNAME")),
    }
}

/// `<name>` where HTML has no such element.
pub(crate) fn gap_tag(tag: &str) -> Option<String> {
    const ELEMENTS: [&str; 40] = [
        "a", "abbr", "b", "br", "center", "cite", "code", "del", "details", "div", "em", "font", "h1", "h2", "h3",
        "h4", "hr", "i", "iframe", "img", "input", "ins", "kbd", "li", "mark", "ol", "p", "picture", "pre", "q", "s",
        "small", "source", "span", "strong", "sub", "summary", "sup", "table", "u",
    ];
    const MORE: [&str; 8] = ["ul", "td", "tr", "th", "tbody", "thead", "video", "var"];
    let inside = tag.strip_prefix('<')?.strip_suffix('>')?;
    let name = !inside.is_empty() && inside.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    let element = inside.to_lowercase();
    (name && !ELEMENTS.contains(&element.as_str()) && !MORE.contains(&element.as_str())).then(|| tag.to_owned())
}

/// Whether a line looks like a list entry with a box.
pub(crate) fn looks_like_box(line: &str) -> bool {
    let text = line.trim_start_matches([' ', '\t', '>']);
    let behind = match text.strip_prefix(['-', '*', '+']) {
        Some(behind) => behind,
        None => {
            let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            match text[digits..].strip_prefix(['.', ')']) {
                Some(behind) if (1..=9).contains(&digits) => behind,
                _ => return false,
            }
        }
    };
    let Some(inside) = behind.trim_start().strip_prefix('[') else { return false };
    // `[x](address)` is a link and no box; a box may have links after it.
    let after = ["]", " ]", "x]", "X]"].iter().find_map(|mark| inside.strip_prefix(mark));
    behind.starts_with([' ', '\t']) && after.is_some_and(|after| !after.starts_with('('))
}

/// Whether an issue template asks for a report or a question.
pub(crate) fn is_form(path: &str, name: &str, labels: &str) -> bool {
    let stem = file_stem(path).to_lowercase();
    let name = name.to_lowercase();
    let labels = labels.to_lowercase();
    let words = ["bug", "feature request", "question", "feedback", "incident", "defect", "enhancement"];
    let files = ["bug_report", "bug-report", "feature_request", "feature-request", "bug"];
    let says_onboarding = name.contains("onboard") || stem.contains("onboard");
    !says_onboarding
        && (files.contains(&stem.as_str())
            || words.iter().any(|word| name.contains(word))
            || labels.split([',', ' ', '"', '[', ']']).any(|label| matches!(label, "bug" | "question" | "enhancement")))
}

/// Whether words are about somebody who leaves.
pub(crate) fn is_leaving(text: &str) -> bool {
    let text = text.to_lowercase();
    ["offboard", "off-board", "leaver", "exit checklist"].iter().any(|word| text.contains(word))
}
