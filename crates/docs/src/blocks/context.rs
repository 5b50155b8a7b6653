//! What the block pass must know about the lines before: lists, fences and raw HTML.

use super::lines::Line;

/// The lists that are open at a line, by the column where their items' text starts.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    offsets: Vec<usize>,
    /// The columns of the markers that belong to them.
    markers: Vec<usize>,
    after_blank: bool,
    /// Columns that the lines of an indented code block are too far in.
    excess: usize,
}

impl Lists {
    /// Takes note of a blank line.
    pub(crate) fn blank(&mut self) {
        self.after_blank = true;
    }

    /// Takes note of a line with text and says at which column its container's text starts.
    pub(crate) fn enter(&mut self, line: &Line<'_>) -> usize {
        let indent = line.indent();
        let after_blank = std::mem::take(&mut self.after_blank);
        if after_blank {
            self.leave(indent);
        }
        let offset = self.offset(indent);
        if indent < offset + CODE {
            self.excess = 0;
        } else if after_blank && self.excess == 0 {
            // What belongs to an item is indented by four columns, and code by four more; an item whose text
            // starts nearer to its marker would leave white space in front of the code. (With tabs CommonMark
            // wants it so: its example 5.)
            let marker = self.markers.last().filter(|_| self.offsets.last() == Some(&offset));
            self.excess = marker.map_or(0, |marker| (marker + 2 * CODE).saturating_sub(offset + CODE));
            if line.text.starts_with('\t') || marker.is_none_or(|marker| indent != marker + 2 * CODE) {
                self.excess = 0;
            }
        }
        offset
    }

    /// The line of an indented code block without the white space that it has because of its list.
    pub(crate) fn code<'a>(&self, line: &Line<'a>, offset: usize) -> Option<Line<'a>> {
        let excess = self.excess.min(line.indent().saturating_sub(offset + CODE));
        (excess > 0).then(|| line.dedent(excess))
    }

    /// Opens the lists whose markers stand on this line; call after [`Lists::enter`].
    pub(crate) fn open(&mut self, line: &Line<'_>) {
        let mut column = line.indent();
        let mut rest = line.text.trim_start();
        for _ in 0..MARKERS_A_LINE {
            if column.saturating_sub(self.offset(column)) > 3 {
                return;
            }
            // What belongs to a footnote is indented by four.
            if rest.starts_with("[^") && rest.contains("]:") {
                self.leave(column);
                self.push(column, column + 4);
                return;
            }
            let Some(marker) = marker_width(rest) else { return };
            self.leave(column);
            let after = &rest[marker..];
            let gap = super::lines::indent_of(after);
            let gap = if (1..=4).contains(&gap) && !after.trim().is_empty() { gap } else { 1 };
            self.push(column, column + marker + gap);
            column += marker + gap;
            rest = after.trim_start();
        }
    }

    fn leave(&mut self, indent: usize) {
        while self.offsets.last().is_some_and(|offset| *offset > indent) {
            self.offsets.pop();
            self.markers.pop();
        }
    }

    fn push(&mut self, marker: usize, offset: usize) {
        self.markers.push(marker);
        self.offsets.push(offset);
    }

    fn offset(&self, indent: usize) -> usize {
        self.offsets.iter().rev().find(|offset| **offset <= indent).copied().unwrap_or(0)
    }
}

/// Columns that code is indented by.
const CODE: usize = 4;

/// Lists in lists on one line, as in `- 1. - text`; more than a person writes.
const MARKERS_A_LINE: usize = 8;

/// The width of a list's, a definition's or a footnote's marker at the start of `text`.
fn marker_width(text: &str) -> Option<usize> {
    let width = match text.bytes().next()? {
        b'-' | b'+' | b'*' | b':' => 1,
        b'0'..=b'9' => {
            let digits = text.bytes().take(10).take_while(u8::is_ascii_digit).count();
            matches!(text.as_bytes().get(digits), Some(b'.' | b')')).then_some(digits + 1)?
        }
        _ => return None,
    };
    matches!(text.as_bytes().get(width), None | Some(b' ' | b'\t')).then_some(width)
}

/// The width of a bullet or a definition's mark at the start of `text`.
pub(super) fn bullet(text: &str) -> Option<usize> {
    marker_width(text).filter(|width| *width == 1)
}

/// The bytes of the list and definition markers that `text` starts with, white space included.
pub(crate) fn markers(text: &str) -> usize {
    let mut at = text.len() - text.trim_start().len();
    for _ in 0..MARKERS_A_LINE {
        let Some(width) = marker_width(&text[at..]) else { break };
        let after = &text[at + width..];
        let gap = after.len() - after.trim_start_matches([' ', '\t']).len();
        if gap == 0 || gap == after.len() {
            break;
        }
        at += width + gap;
    }
    at
}

/// A region whose lines are copied as they are: a code fence, or HTML that holds raw text.
#[derive(Debug)]
pub(crate) enum Verbatim {
    /// Inside a fence of this many of this character, in a container whose text starts at this column.
    Fence { mark: u8, length: usize, offset: usize },
    /// Until this text appears.
    Until(&'static str),
}

impl Verbatim {
    /// The region that starts at this line, when the line's container starts at column `offset`.
    pub(crate) fn open(line: &Line<'_>, offset: usize) -> Option<Self> {
        // A fence may be the first thing in a list item.
        let mut text = line.text.trim_start();
        let mut offset = offset;
        let mut column = line.indent();
        while let Some(width) = marker_width(text) {
            let gap = super::lines::indent_of(&text[width..]);
            if !(1..=4).contains(&gap) || column > MARKERS_A_LINE * 8 {
                break;
            }
            column += width + gap;
            offset = column;
            text = text[width..].trim_start();
        }
        let mark = *text.as_bytes().first()?;
        if matches!(mark, b'`' | b'~') {
            let length = text.bytes().take_while(|c| *c == mark).count();
            let plain_info = mark == b'~' || !text[length..].contains('`');
            return (length >= 3 && plain_info).then_some(Self::Fence { mark, length, offset });
        }
        RAW_TEXT.iter().find(|(start, _)| starts_with_ignoring_case(text, start)).and_then(|(start, end)| {
            let rest = &text[start.len()..];
            (find_ignoring_case(rest, end).is_none()).then_some(Self::Until(end))
        })
    }

    /// Whether it is a fence.
    pub(crate) fn is_fence(&self) -> bool {
        matches!(self, Self::Fence { .. })
    }

    /// Whether it is a comment.
    pub(crate) fn is_comment(&self) -> bool {
        matches!(self, Self::Until("-->"))
    }

    /// Whether the region ends with this line, and whether the line still belongs to it.
    pub(crate) fn end(&self, line: &Line<'_>) -> Option<Belongs> {
        match *self {
            Self::Until(end) => find_ignoring_case(&line.text, end).map(|_| Belongs::Yes),
            Self::Fence { mark, length, offset } => {
                if line.is_blank() {
                    return None;
                }
                if line.indent() < offset {
                    return Some(Belongs::No);
                }
                let text = line.text.trim();
                let closing = text.len() >= length && text.bytes().all(|c| c == mark);
                (closing && line.indent() - offset <= 3).then_some(Belongs::Yes)
            }
        }
    }
}

/// Whether the last line of a region is part of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Belongs {
    /// As a closing fence is.
    Yes,
    /// As the text after an unclosed fence in a list item is not.
    No,
}

/// HTML whose content is not Markdown even across blank lines.
const RAW_TEXT: [(&str, &str); 5] = [
    ("<!--", "-->"),
    ("<pre", "</pre>"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    ("<textarea", "</textarea>"),
];

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.as_bytes().get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
}

/// The byte offset of `needle` (lower case, ASCII) in `text`.
pub(crate) fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    text.as_bytes().windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_item_sets_the_column_of_what_is_inside() {
        let mut lists = Lists::default();
        let lines = Line::split("1. one\n\n    inside\n   - two\n\n      deeper\n\nout", 1);
        let mut offsets = Vec::new();
        for line in &lines {
            if line.is_blank() {
                lists.blank();
            } else {
                offsets.push(lists.enter(line));
                lists.open(line);
            }
        }
        assert_eq!(offsets, [0, 3, 3, 5, 0]);
    }

    #[test]
    fn code_in_an_item_is_indented_by_eight() {
        let check = |text: &str| {
            let mut lists = Lists::default();
            let mut out = Vec::new();
            for line in &Line::split(text, 1) {
                if line.is_blank() {
                    lists.blank();
                    continue;
                }
                let offset = lists.enter(line);
                match line.indent() - offset > 3 {
                    true => out.push(lists.code(line, offset).unwrap_or(line.clone()).text.into_owned()),
                    false => lists.open(line),
                }
            }
            out
        };
        assert_eq!(check("- a\n\n        x\n            y\n       z"), ["      x", "          y", "      z"]);
        assert_eq!(check("1. a\n\n        x\n\n        y"), ["       x", "       y"]);
        assert_eq!(check("- a\n\n      x\n          y"), ["      x", "          y"], "as CommonMark indents it");
        assert_eq!(check("    x\n\n        y"), ["    x", "        y"], "in no list");
        assert_eq!(check("1.  a\n\n        x"), ["        x"]);
    }

    #[test]
    fn a_fence_ends_with_its_mark_or_with_its_list_item() {
        let check = |text: &str, end: &str, offset: usize| {
            Verbatim::open(&Line::split(text, 1)[0], offset).and_then(|region| region.end(&Line::split(end, 1)[0]))
        };
        assert_eq!(check("```yaml", "```", 0), Some(Belongs::Yes));
        assert_eq!(check("````", "```", 0), None);
        assert_eq!(check("~~~ a`b", "~~~~", 0), Some(Belongs::Yes));
        assert_eq!(check("``` a`b", "```", 0), None, "that is inline code");
        assert_eq!(check("- ```", "text", 0), Some(Belongs::No));
        assert_eq!(check("<!-- x", "y -->", 0), Some(Belongs::Yes));
    }
}
