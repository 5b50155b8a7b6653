//! GitHub's alerts, `> [!NOTE]`, also with a title or a fold mark behind the type.

use super::{Fold, Found, Kind, Pass, admonition::title_of, lines::Line};

/// The types that GitHub knows, and the admonition that each becomes.
const TYPES: [(&str, &str); 5] =
    [("note", "note"), ("tip", "tip"), ("important", "warning"), ("warning", "warning"), ("caution", "danger")];

/// The alert that starts at the first of `lines`.
pub(super) fn recognise(pass: Pass<'_>, lines: &[Line<'_>]) -> Option<Found> {
    let first = quoted(&lines[0])?;
    let (word, rest) = first.text.trim().strip_prefix("[!")?.split_once(']')?;
    let word = word.trim().to_lowercase();
    let class = TYPES.iter().find(|(name, _)| *name == word).map(|(_, class)| *class)?;
    let (fold, title) = match rest.as_bytes().first() {
        Some(b'+') => (Fold::Open, &rest[1..]),
        Some(b'-') => (Fold::Closed, &rest[1..]),
        _ => (Fold::Never, rest),
    };
    let title = if title.trim().is_empty() { title_of(&word) } else { title.trim().to_owned() };
    let body: Vec<Line<'_>> = lines[1..].iter().map_while(quoted).collect();
    let taken = 1 + body.len();
    let kind = Kind::Admonition { classes: vec![class.to_owned()], title: Some(title), fold, body: pass.inside(&body) };
    Some(Found { kind, lines: taken, rest: None })
}

/// A line of a block quote without its mark.
fn quoted<'a>(line: &Line<'a>) -> Option<Line<'a>> {
    let inner = line.dedent(line.indent());
    let mark = inner.text.strip_prefix('>')?;
    let skip = if mark.starts_with(' ') { 2 } else { 1 };
    Some(inner.part(skip, inner.text.len()))
}
