//! Line starts of a file, so that a byte offset becomes a position without scanning from the top.

use std::ops::Range;

use crate::diagnostic::Position;

/// The lines of one file. Numbers of lines are zero-based inside this module's callers; only
/// [`Position`] counts from 1.
#[derive(Debug)]
pub(crate) struct Lines<'a> {
    source: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(source: &'a str) -> Self {
        let starts = std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { source, starts }
    }

    /// Zero-based number of the line that holds byte `offset`.
    pub(crate) fn number(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset) - 1
    }

    /// The byte at which line `number` begins; the end of the file after the last line.
    pub(crate) fn start(&self, number: usize) -> usize {
        self.starts.get(number).copied().unwrap_or(self.source.len())
    }

    /// Line `number` without its line break.
    pub(crate) fn text(&self, number: usize) -> &'a str {
        self.source[self.start(number)..self.start(number + 1)].trim_end_matches(['\n', '\r'])
    }

    /// How many lines there are.
    pub(crate) fn count(&self) -> usize {
        self.starts.len()
    }

    pub(crate) fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.source.len());
        while !self.source.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.number(offset);
        let column = self.source[self.starts[line]..offset].chars().count();
        Position { line: line as u32 + 1, column: column as u32 + 1 }
    }

    /// The lines that the bytes of `range` touch, white space at its end left out.
    pub(crate) fn span(&self, range: &Range<usize>) -> Range<usize> {
        let text = self.source[range.clone()].trim_end();
        let first = self.number(range.start);
        if text.is_empty() { first..first } else { first..self.number(range.start + text.len() - 1) + 1 }
    }

    /// How many columns lie before byte `offset` on its line; a tab goes to the next multiple of four.
    pub(crate) fn columns_before(&self, offset: usize) -> usize {
        let line = self.number(offset);
        self.source[self.starts[line]..offset]
            .chars()
            .fold(0, |column, c| if c == '\t' { column + 4 - column % 4 } else { column + 1 })
    }
}
