//! `!!! type "Title"` and the folding `??? type "Title"`, with a body indented by four.

use super::{Fold, Found, Kind, Pass, indented_body, lines::Line};

/// The admonition that starts at the first of `lines`.
pub(super) fn recognise(pass: Pass<'_>, lines: &[Line<'_>]) -> Option<Found> {
    let head = lines[0].text.trim();
    let (fold, rest) = if let Some(rest) = head.strip_prefix("!!!") {
        (Fold::Never, rest)
    } else if let Some(rest) = head.strip_prefix("???+") {
        (Fold::Open, rest)
    } else {
        (Fold::Closed, head.strip_prefix("???")?)
    };
    let (classes, title) = read_head(rest)?;
    if classes.is_empty() && (title.is_none() || fold == Fold::Never) {
        return None;
    }
    let title = match title {
        Some(title) if title.is_empty() && fold == Fold::Never => None,
        Some(title) if !title.is_empty() => Some(title.to_owned()),
        _ => Some(title_of(classes.first().map_or("note", |class| class))),
    };
    let body = indented_body(lines, 4);
    let taken = 1 + body.len();
    let classes = classes.into_iter().map(str::to_lowercase).collect();
    let kind = Kind::Admonition { classes, title, fold, attrs: Box::default(), body: pass.inside(&body) };
    Some(Found { kind, lines: taken, rest: None })
}

/// The type with further classes, and the quoted title, of what follows the marks.
fn read_head(text: &str) -> Option<(Vec<&str>, Option<&str>)> {
    let text = text.trim();
    let (words, title) = match text.find('"') {
        Some(at) => (&text[..at], Some(text[at + 1..].strip_suffix('"')?)),
        None => (text, None),
    };
    if title.is_some() && !words.is_empty() && !words.ends_with(' ') {
        return None;
    }
    let classes: Vec<&str> = words.split_whitespace().collect();
    let is_word = |word: &&str| word.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    classes.iter().all(is_word).then_some((classes, title))
}

/// The title that a type has when its author gives none: the type itself, with a capital.
pub(super) fn title_of(class: &str) -> String {
    let mut chars = class.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect())
}
