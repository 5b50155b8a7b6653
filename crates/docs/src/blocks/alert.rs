//! GitHub's alerts, `> [!NOTE]`, also with a title or a fold mark behind the type.

use super::{Fold, Found, Kind, Pass, admonition::title_of, fancy, lines::Line};

/// The types that GitHub knows and that are called otherwise in admonitions.
const RENAMED: [(&str, &str); 2] = [("important", "warning"), ("caution", "danger")];

/// The alert that starts at the first of `lines`: `[!type]` or `[!type | class]`, then `+` or `-` for one
/// that folds, then its title.
pub(super) fn recognise(pass: Pass<'_>, lines: &[Line<'_>]) -> Option<Found> {
    let before =
        lines.iter().take(MAX_BLANK).take_while(|line| quoted(line).is_some_and(|line| line.is_blank())).count();
    let first = quoted(lines.get(before)?)?;
    let (inside, rest) = first.text.trim().strip_prefix("[!")?.split_once(']')?;
    let mut classes = inside.split('|').map(str::trim);
    let word = classes.next()?.to_lowercase();
    if word.is_empty() || !word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) {
        return None;
    }
    let (fold, title) = match rest.as_bytes().first() {
        Some(b'+') => (Fold::Open, &rest[1..]),
        Some(b'-') => (Fold::Closed, &rest[1..]),
        _ => (Fold::Never, rest),
    };
    // A link's text may begin with an exclamation mark as well.
    if title.starts_with(['(', '[', ':']) {
        return None;
    }
    let class = RENAMED.iter().find(|(name, _)| *name == word).map_or(word.as_str(), |(_, class)| class);
    let title = if title.trim().is_empty() { title_of(&word) } else { title.trim().to_owned() };
    let body: Vec<Line<'_>> = lines[before + 1..].iter().map_while(quoted).collect();
    let taken = before + 1 + body.len();
    let classes = std::iter::once(class).chain(classes).map(str::to_owned).collect();
    let kind = Kind::Admonition { classes, title: Some(title), fold, attrs: Box::default(), body: pass.inside(&body) };
    Some(Found { kind, lines: taken, rest: None })
}

/// The quote that starts at the first of `lines`, if something is in it that Markdown does not know: it
/// reads quotes, but not that.
pub(super) fn quote(pass: Pass<'_>, lines: &[Line<'_>]) -> Option<Found> {
    let opens = |line: &Line<'_>| {
        let text = line.text.trim_start_matches(['>', ' ']);
        ["!!! ", "??? ", "???+ ", "=== \"", "/// ", "//// "].iter().any(|start| text.starts_with(start))
            || text.starts_with("/////")
            || text.starts_with("[!") && line.text.trim_start().starts_with('>')
            || pass.dialect.fancy_lists.is_some_and(|lists| fancy::begins(text, lists))
    };
    let body: Vec<Line<'_>> = lines.iter().take(MAX_QUOTE).map_while(quoted).collect();
    // What goes on without a mark belongs to the quote's last paragraph.
    let ends = lines.get(body.len()).is_none_or(Line::is_blank);
    if !ends || !body.iter().any(opens) {
        return None;
    }
    Some(Found { lines: body.len(), kind: Kind::Quote(pass.inside(&body)), rest: None })
}

/// Lines of a quote that are looked through, so that a long one is not searched from each of its lines.
const MAX_QUOTE: usize = 512;

/// Empty lines of a quote that may stand before the type.
const MAX_BLANK: usize = 4;

/// A line of a block quote without its mark.
fn quoted<'a>(line: &Line<'a>) -> Option<Line<'a>> {
    let inner = line.dedent(line.indent());
    let mark = inner.text.strip_prefix('>')?;
    let skip = if mark.starts_with(' ') { 2 } else { 1 };
    Some(inner.part(skip, inner.text.len()))
}
