//! Table rows: a `|` inside a code span does not end a cell for Python-Markdown, but does for GFM.

use std::borrow::Cow;

use super::{
    lines::{Line, Lines},
    repairs::repaired,
};

/// Follows the lines of a text and knows which of them are rows of a table.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// The line that would continue the table, if one is open.
    next: Option<usize>,
    /// The cells of a row, where rows have no bars at their edges.
    open_cells: usize,
}

impl Rows {
    /// Adds line `at` of `lines` to `out`. In a table row the bars in code spans are escaped and tabs are
    /// spaces; any other line is repaired where that is needed.
    pub(super) fn push(&mut self, out: &mut Lines, lines: &[Line<'_>], at: usize, repair: Repair) {
        let line = &lines[at];
        let continued = self.next == Some(at);
        let in_row = self.take(lines, at);
        if in_row && !continued && at > 0 && is_element(&lines[at - 1].text) && !is_delimiter(&line.text) {
            // Raw HTML reaches to the next blank line; for MkDocs it ends with its element.
            out.push("", line.at);
        }
        let odd = line.text.contains(['`', '\t']);
        if is_delimiter(&line.text) && in_row && !continued {
            // Markdown makes a table of it only where the head has as many cells.
            let head = at.checked_sub(1).map_or(0, |above| open_cells(&lines[above].text));
            self.open_cells = if open_cells(&line.text) == head { head } else { 0 };
        }
        let is_head = in_row
            && !continued
            && lines.get(at + 1).is_some_and(|next| {
                let cells = open_cells(&line.text);
                is_delimiter(&next.text) && cells > 0 && cells == open_cells(&next.text)
            });
        if is_head && line.text.trim_start().starts_with('#') {
            // Markdown would make a heading of it, and text of all that follows.
            return out.push(&escape(&line.text).replacen('#', "\\#", 1), line.at);
        }
        let empty_first = in_row && self.open_cells > 0 && begins_with_empty(&line.text, self.open_cells);
        let text: Cow<'_, str> = match in_row && (odd || empty_first) {
            true => {
                let row = escape(&line.text).replace('\t', " ");
                if empty_first { format!("|{row}").into() } else { row.into() }
            }
            false if repair == Repair::None => (&*line.text).into(),
            false => repaired(&line.text, repair),
        };
        out.push(&text, line.at);
    }

    /// Whether the line is a row: it is the delimiter row, or one stands above with only rows
    /// between, or right below.
    fn take(&mut self, lines: &[Line<'_>], at: usize) -> bool {
        let text = &lines[at].text;
        if !text.contains('|') {
            self.next = None;
            return false;
        }
        let open = self.next == Some(at);
        let delimits = is_delimiter(text);
        self.next = (open || delimits).then_some(at + 1);
        open || delimits || lines.get(at + 1).is_some_and(|line| is_delimiter(&line.text))
    }
}

/// Whether a line may be repaired.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Repair {
    /// It is code.
    None,
    /// It follows a blank line.
    AfterBlank,
    /// It follows another line.
    Inside,
    /// It is a heading only where a space stands behind its marks.
    NoHeading,
}

/// The cells of a row without bars at its edges; none when it has any.
fn open_cells(text: &str) -> usize {
    let text = text.trim();
    if text.starts_with(['|', '>']) || text.ends_with('|') { 0 } else { text.matches('|').count() + 1 }
}

/// Whether a row of so many cells begins with a bar because its first cell is empty: read as an edge, a cell
/// would be missing.
fn begins_with_empty(text: &str, cells: usize) -> bool {
    let row = text.trim();
    text.starts_with(' ') && row.starts_with('|') && !row.contains(['\\', '`']) && row.matches('|').count() + 1 == cells
}

/// Whether a line is one whole element: `<div id="x"></div>`.
fn is_element(text: &str) -> bool {
    let Some(inner) = text.trim().strip_prefix('<') else { return false };
    let name = &inner[..inner.bytes().take_while(u8::is_ascii_alphanumeric).count()];
    let end = format!("</{name}>");
    !name.is_empty() && inner.ends_with(&end) && inner.matches('<').count() == 1
}

fn is_delimiter(text: &str) -> bool {
    // A table may stand in a quote.
    let text = text.trim_start_matches(['>', ' ']);
    text.contains('|') && text.contains('-') && text.bytes().all(|c| matches!(c, b'|' | b'-' | b':' | b' ' | b'\t'))
}

/// `text` with `|` as `\|` inside its code spans.
fn escape(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let mut copied = 0;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'`' => {
                let run = bytes[at..].iter().take_while(|c| **c == b'`').count();
                let inside = at + run;
                let Some(end) = closing_run(bytes, inside, run) else {
                    at = inside;
                    continue;
                };
                for bar in (inside..end).filter(|i| bytes[*i] == b'|' && bytes[*i - 1] != b'\\') {
                    out.push_str(&text[copied..bar]);
                    out.push('\\');
                    copied = bar;
                }
                at = end + run;
            }
            _ => at += 1,
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// Where a run of exactly `length` backticks starts, at or after `from`.
pub(super) fn closing_run(bytes: &[u8], from: usize, length: usize) -> Option<usize> {
    let mut at = from;
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|c| **c == b'`').count();
        if run == length {
            return Some(at);
        }
        at += run.max(1);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_in_code_are_escaped_in_tables_only() {
        let check = |text: &str| {
            let lines = Line::split(text, 1);
            let mut out = Lines::default();
            let mut rows = Rows::default();
            (0..lines.len()).for_each(|at| rows.push(&mut out, &lines, at, Repair::Inside));
            out.text().trim_end().to_owned()
        };
        assert_eq!(check("`a|b`|c\n-|-\n`d|e` | f \\| `g\\|h`"), "`a\\|b`|c\n-|-\n`d\\|e` | f \\| `g\\|h`");
        assert_eq!(check("a\t|b\n-\t|-\n\tc|d"), "a |b\n- |-\n c|d", "tabs between cells are spaces");
        assert_eq!(check("a|b|c\n-|-|-\n  | x |\n y| | z"), "a|b|c\n-|-|-\n|  | x |\n y| | z", "an empty cell");
        assert_eq!(check("# a|b\n-|-\n1|2"), "\\# a|b\n-|-\n1|2", "a head that looks like a heading");
        assert_eq!(check("# a|b\n\n-|-"), "# a|b\n\n-|-");
        assert_eq!(check("a|b\n-|-\n | x | y |"), "a|b\n-|-\n | x | y |", "bars at the edges");
        assert_eq!(check("no table `a|b`"), "no table `a|b`");
        assert_eq!(check("> `a|b`|c\n> -|-"), "> `a\\|b`|c\n> -|-", "tables stand in quotes too");
        assert_eq!(check("<div></div>\na|b\n-|-"), "<div></div>\n\na|b\n-|-", "an element is over at its end");
        assert_eq!(check("<div>\na|b\n-|-"), "<div>\na|b\n-|-");
        assert_eq!(check("a|b\n-|-\n``c|`d`` | `open"), "a|b\n-|-\n``c\\|`d`` | `open");
    }
}
