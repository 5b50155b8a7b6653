//! `<div markdown>` … `</div>`: raw HTML whose content is Markdown.

use super::{Found, Kind, Pass, lines::Line};

/// The effort that looking for closing tags may take in one text, so that a page of unclosed tags
/// costs no more than a constant times its length.
pub(super) struct Search {
    left: usize,
}

impl Search {
    pub(super) fn new(lines: usize) -> Self {
        Self { left: 16 * lines + 4096 }
    }

    /// Looks at one more line; `None` when the effort is used up.
    pub(super) fn step(&mut self) -> Option<()> {
        self.left = self.left.checked_sub(1)?;
        Some(())
    }
}

/// The element with a `markdown` attribute that starts at the first of `lines`.
pub(super) fn recognise(pass: Pass<'_>, lines: &[Line<'_>], search: &mut Search) -> Option<Found> {
    let first = &lines[0];
    let start = first.text.len() - first.text.trim_start().len();
    let open_end = start + first.text[start..].find('>')? + 1;
    let (tag, open, span) = read_open(&first.text[start..open_end])?;
    let span = span || pass.span;
    if VOID.contains(&tag.as_str()) {
        let rest = (open_end, first.text.len());
        let rest = (!first.text[open_end..].trim().is_empty()).then_some(rest);
        return Some(Found { kind: Kind::Html { open, tag, span, body: Box::default() }, lines: 1, rest });
    }
    let (last, close) = closing_tag(lines, open_end, &tag, search)?;
    let mut body = Vec::new();
    for (index, line) in lines[..=last].iter().enumerate() {
        let from = if index == 0 { open_end } else { 0 };
        let to = if index == last { close.0 } else { line.text.len() };
        let part = line.part(from, to);
        let at_edge = index == 0 || index == last;
        if !(at_edge && part.is_blank()) {
            body.push(part);
        }
    }
    let common = body.iter().filter(|line| !line.is_blank()).map(Line::indent).min().unwrap_or(0);
    let body: Vec<Line<'_>> = body.iter().map(|line| line.dedent(common)).collect();
    let rest = (close.1, lines[last].text.len());
    let rest = (!lines[last].text[rest.0..].trim().is_empty()).then_some(rest);
    let kind = Kind::Html {
        open,
        tag,
        span,
        body: Box::new(Pass { span, in_html: true, depth: pass.depth + 1, forced: None, ..pass }.run(&body)),
    };
    Some(Found { kind, lines: last + 1, rest })
}

/// Where comments end in a text.
#[derive(Default)]
pub(super) struct Comments {
    last: Option<Option<usize>>,
    /// Those that were found to have no end.
    open: usize,
}

/// Comments without an end that are shown as text; a page of nothing else stays as short as it was.
const MAX_OPEN_COMMENTS: usize = 64;

impl Comments {
    /// Whether a comment ends on line `at` or below. It is looked for once in each text.
    pub(super) fn end_behind(&mut self, lines: &[Line<'_>], at: usize) -> bool {
        let last = *self.last.get_or_insert_with(|| lines.iter().rposition(|line| line.text.contains("-->")));
        let ends = last.is_some_and(|last| at <= last);
        self.open += usize::from(!ends);
        ends || self.open > MAX_OPEN_COMMENTS
    }
}

/// Whether the last of `lines` stands in an element of raw HTML that began behind the last blank line and
/// has not ended.
pub(super) fn is_open_before(lines: &[Line<'_>]) -> bool {
    left_open(lines).is_some_and(|open| open > 0)
}

/// Whether line `at` is text, and the line before it ends the element of raw HTML that began behind the last
/// blank line.
pub(super) fn ends_before(lines: &[Line<'_>], at: usize) -> bool {
    let is_text = lines.get(at).is_some_and(|line| !line.is_blank() && !line.text.trim_start().starts_with('<'));
    is_text && lines[at - 1].text.trim_end().ends_with('>') && left_open(&lines[..at]) == Some(0)
}

/// How often the element that began behind the last blank line is open behind `lines`; none when no element
/// began there.
fn left_open(lines: &[Line<'_>]) -> Option<usize> {
    let count = lines.iter().rev().take(MAX_ELEMENT).take_while(|line| !line.is_blank()).count();
    let lines = &lines[lines.len() - count..];
    let inner = lines.first().filter(|_| count < MAX_ELEMENT)?.text.trim_start().strip_prefix('<')?;
    let name = &inner[..inner.bytes().take_while(u8::is_ascii_alphanumeric).count()];
    if name.is_empty() || VOID.contains(&name.to_ascii_lowercase().as_str()) {
        return None;
    }
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let count_of = |tag: &str| -> usize { lines.iter().map(|line| line.text.matches(tag).count()).sum() };
    let (opened, closed) = (count_of(&open), count_of(&close));
    (closed > 0 || opened > 0).then(|| opened.saturating_sub(closed))
}

/// Lines of an element that are looked back over.
const MAX_ELEMENT: usize = 64;

/// Where the first tag with a `markdown` attribute starts on a line that begins with complete other tags.
pub(super) fn behind_other_tags(text: &str) -> Option<usize> {
    if !text.trim_start().starts_with('<') || !text.contains("markdown") {
        return None;
    }
    let marked = |at: usize| {
        let end = text[at..].find('>')?;
        read_open(&text[at..=at + end]).map(|_| at)
    };
    let found = text.match_indices('<').take(MAX_TAGS).find_map(|(at, _)| marked(at))?;
    // Text in between would be cut in two.
    let before = text[..found].trim();
    (!before.is_empty() && before.ends_with('>')).then_some(found)
}

/// Tags of one line that are looked at.
const MAX_TAGS: usize = 64;

/// Elements that hold nothing and have no end.
const VOID: [&str; 6] = ["hr", "br", "img", "input", "wbr", "col"];

/// Name, tag without the `markdown` attribute, and whether that asks for a run of text.
fn read_open(tag: &str) -> Option<(String, String, bool)> {
    let inner = tag.strip_prefix('<')?.strip_suffix('>')?;
    let name: String = inner.chars().take_while(char::is_ascii_alphanumeric).collect();
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    if name.is_empty() {
        return None;
    }
    let lower = inner.to_ascii_lowercase();
    let at = lower.match_indices("markdown").map(|(at, _)| at).find(|at| {
        let bytes = lower.as_bytes();
        let end = bytes.get(at + 8);
        *at > 0 && bytes[at - 1].is_ascii_whitespace() && end.is_none_or(|c| *c == b'=' || c.is_ascii_whitespace())
    })?;
    let value_start = at + 8;
    let value = match lower[value_start..].strip_prefix('=') {
        Some(value) => value.split_ascii_whitespace().next().unwrap_or(""),
        None => "",
    };
    let end = if lower[value_start..].starts_with('=') { value_start + 1 + value.len() } else { value_start };
    let value = value.trim_matches(['"', '\'']);
    if !matches!(value, "" | "1" | "block" | "span") {
        return None;
    }
    let span = value == "span" || (value != "block" && matches!(name.to_ascii_lowercase().as_str(), "p" | "span"));
    let open = format!("<{}{}>", inner[..at].trim_end(), &inner[end..]);
    Some((name.to_ascii_lowercase(), open, span))
}

/// The line and the bytes of the tag that closes `tag`, looking from byte `from` of the first line.
fn closing_tag(lines: &[Line<'_>], from: usize, tag: &str, search: &mut Search) -> Option<(usize, (usize, usize))> {
    let mut depth = 1_usize;
    for (index, line) in lines.iter().enumerate() {
        search.step()?;
        let mut at = if index == 0 { from } else { 0 };
        while let Some(found) = line.text[at..].find('<') {
            let start = at + found;
            let rest = &line.text[start + 1..];
            let (closing, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
            at = start + 1;
            let Some(head) = rest.get(..tag.len()) else { continue };
            let ends = rest.as_bytes().get(tag.len()).is_none_or(|c| !c.is_ascii_alphanumeric());
            if !head.eq_ignore_ascii_case(tag) || !ends {
                continue;
            }
            if !closing {
                depth += 1;
                continue;
            }
            depth -= 1;
            if depth == 0 {
                let end = line.text[start..].find('>').map_or(line.text.len(), |end| start + end + 1);
                return Some((index, (start, end)));
            }
        }
    }
    // Without an end it ends with its container, and a paragraph before the next one.
    let next = lines.iter().skip(1).position(|line| tag == "p" && line.text.trim_start().starts_with("<p"));
    let last = next.unwrap_or(lines.len().saturating_sub(1));
    let end = lines.get(last)?.text.len();
    Some((last, (end, end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_markdown_attribute_is_read_and_taken_off() {
        let check = |tag: &str| read_open(tag).map(|(name, open, span)| format!("{name} {open} {span}"));
        assert_eq!(check("<div markdown>").as_deref(), Some("div <div> false"));
        assert_eq!(
            check(r#"<div class="grid cards" markdown="1" id=x>"#).as_deref(),
            Some(r#"div <div class="grid cards" id=x> false"#)
        );
        assert_eq!(check("<p markdown=span>").as_deref(), Some("p <p> true"));
        assert_eq!(check(r#"<div class="markdown">"#), None);
        assert_eq!(check(r#"<div markdown="0">"#), None);
        assert_eq!(check("<markdown>"), None);
    }
}
