//! Lines that remember where they stood in the author's file.

use std::{borrow::Cow, cell::Cell};

use waymark_core::diagnostic::Position;

/// One line without its line break, perhaps with its indentation taken off.
#[derive(Clone, Debug)]
pub(crate) struct Line<'a> {
    /// What is left of the line.
    pub(crate) text: Cow<'a, str>,
    /// Where its first character stood.
    pub(crate) at: Position,
}

impl<'a> Line<'a> {
    /// Splits a text whose first line is line `first` of the file.
    pub(crate) fn split(text: &'a str, first: u32) -> Vec<Self> {
        let text = text.strip_suffix('\n').unwrap_or(text);
        (first..)
            .zip(text.split('\n'))
            .map(|(line, text)| Self { text: Cow::Borrowed(text), at: Position { line, column: 1 } })
            .collect()
    }

    /// Columns of white space at the start; a tab reaches the next multiple of four.
    pub(crate) fn indent(&self) -> usize {
        indent_of(&self.text)
    }

    /// Whether nothing but white space is left.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The line without its first `columns` columns of white space, as far as it has them.
    pub(crate) fn dedent(&self, columns: usize) -> Line<'a> {
        let mut width = 0;
        let mut bytes = 0;
        for c in self.text.bytes() {
            match c {
                b' ' if width < columns => width += 1,
                b'\t' if width < columns => width += 4 - width % 4,
                _ => break,
            }
            bytes += 1;
        }
        let at = Position { line: self.at.line, column: self.at.column + bytes as u32 };
        let text = if width > columns {
            // A tab reached over the border: what it covers beyond it stays, as spaces.
            Cow::Owned(" ".repeat(width - columns) + &self.text[bytes..])
        } else {
            match &self.text {
                Cow::Borrowed(text) => Cow::Borrowed(&text[bytes..]),
                Cow::Owned(text) => Cow::Owned(text[bytes..].to_owned()),
            }
        };
        Line { text, at }
    }

    /// The part of the line between two byte offsets.
    pub(crate) fn part(&self, from: usize, to: usize) -> Line<'a> {
        let at = Position { line: self.at.line, column: self.at.column + self.text[..from].chars().count() as u32 };
        let text = match &self.text {
            Cow::Borrowed(text) => Cow::Borrowed(&text[from..to]),
            Cow::Owned(text) => Cow::Owned(text[from..to].to_owned()),
        };
        Line { text, at }
    }
}

/// Columns of white space at the start of `text`.
pub(crate) fn indent_of(text: &str) -> usize {
    let mut width = 0;
    for c in text.bytes() {
        match c {
            b' ' => width += 1,
            b'\t' => width += 4 - width % 4,
            _ => break,
        }
    }
    width
}

/// Columns that `text` takes; a tab reaches the next multiple of four.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().fold(0, |width, c| if c == '\t' { width + 4 - width % 4 } else { width + 1 })
}

/// A text put together from lines, which can say where each of its bytes came from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lines {
    text: String,
    starts: Vec<(usize, Position)>,
    /// The offset that was asked for last, and the characters from its line's start to it: questions
    /// come in order, and a page may be one enormous line.
    last: Cell<(usize, u32)>,
}

impl Lines {
    /// Adds a line; the line break is added here.
    pub(crate) fn push(&mut self, text: &str, at: Position) {
        self.starts.push((self.text.len(), at));
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// The whole text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Where the byte at `offset` stood in the author's file.
    pub(crate) fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let index = self.starts.partition_point(|(start, _)| *start <= offset);
        let Some((start, at)) = index.checked_sub(1).and_then(|index| self.starts.get(index)) else {
            return Position::START;
        };
        let (known, characters) = self.last.get();
        let (from, before) = if (*start..=offset).contains(&known) { (known, characters) } else { (*start, 0) };
        let characters = before + self.text[from..offset].chars().count() as u32;
        self.last.set((offset, characters));
        Position { line: at.line, column: at.column + characters }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dedented_line_knows_its_column() {
        let lines = Line::split("    a\n\tb\n  c", 7);
        let at = |line: &Line| (line.text.to_string(), line.at.line, line.at.column);
        assert_eq!(at(&lines[0].dedent(4)), ("a".into(), 7, 5));
        assert_eq!(at(&lines[1].dedent(4)), ("b".into(), 8, 2), "a tab is one character and four columns");
        assert_eq!(at(&lines[1].dedent(2)), ("  b".into(), 8, 2), "half a tab becomes spaces");
        assert_eq!(at(&lines[2].dedent(4)), ("c".into(), 9, 3));
    }

    #[test]
    fn positions_survive_being_put_together() {
        let mut lines = Lines::default();
        lines.push("äb", Position { line: 3, column: 5 });
        lines.push("c", Position { line: 9, column: 1 });
        assert_eq!(lines.position(2), Position { line: 3, column: 6 });
        assert_eq!(lines.position(4), Position { line: 9, column: 1 });
        assert_eq!(lines.position(2), Position { line: 3, column: 6 }, "asked once more, and backwards");
        assert_eq!(lines.position(3), Position { line: 3, column: 7 });
        assert_eq!(Lines::default().position(3), Position::START);
    }
}
