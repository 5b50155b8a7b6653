//! Files that are no text, or text in another encoding than UTF-8.

use waymark_core::diagnostic::Position;

use crate::frontmatter::Source;

/// Git's rule: a file with a zero byte near its start is no text.
const LOOKED_AT: usize = 8000;
/// What is shown of such a file, in bytes.
const SHOWN: usize = 4096;

/// Whether a text is none.
pub(super) fn is_binary(text: &str) -> bool {
    text.as_bytes()[..text.len().min(LOOKED_AT)].contains(&0)
}

/// Where the first character stands that could not be read; who reads the file puts U+FFFD there.
pub(super) fn unreadable(source: &Source) -> Option<Position> {
    let at = source.body.find('\u{fffd}')?;
    let before = &source.body[..at];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Some(Position {
        line: source.first_line + before.matches('\n').count() as u32,
        column: before[line_start..].chars().count() as u32 + 1,
    })
}

/// The start of a file that is no text, without what would not be seen.
pub(super) fn printable(text: &str) -> String {
    let start = &text[..text.floor_char_boundary(SHOWN)];
    start.chars().map(|c| if c.is_control() && !matches!(c, '\n' | '\t') { '\u{fffd}' } else { c }).collect()
}
