//! What is wrong with a piece of content, and where its author can find it.

use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something was read differently than the author may think; nothing to mend.
    Note,
    /// Readers are worse off; publishing is possible.
    Warning,
    /// Part of the content could not be used; publishing stops.
    Error,
}

/// One finding in one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Path of the file, relative to the opened folder, with `/` between segments.
    pub path: String,
    /// Line, counted from 1.
    pub line: u32,
    /// Column in characters, counted from 1.
    pub column: u32,
    /// How much it matters.
    pub severity: Severity,
    /// Stable code, for instance `J011`; the lists are in the handbook.
    pub code: String,
    /// One sentence: what is wrong.
    pub message: String,
    /// One sentence: what to do about it.
    pub help: Option<String>,
}

/// A position in a text, both parts counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Line, counted from 1.
    pub line: u32,
    /// Column in characters, counted from 1.
    pub column: u32,
}

impl Position {
    /// The first character of a file.
    pub const START: Self = Self { line: 1, column: 1 };

    /// The position of byte `offset` in `text`; an offset past the end gives the end.
    pub fn of(text: &str, offset: usize) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Self { line: before.matches('\n').count() as u32 + 1, column: before[line_start..].chars().count() as u32 + 1 }
    }
}

/// Collects the findings of one file, so that all of them are shown at once.
#[derive(Debug)]
pub struct Findings {
    path: String,
    list: Vec<Diagnostic>,
}

impl Findings {
    /// Starts an empty list for the file at `path`.
    pub fn new(path: impl Into<String>) -> Self {
        Self { path: path.into(), list: Vec::new() }
    }

    /// The file's path.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// How many there are so far.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// Adds a finding.
    pub fn add(&mut self, severity: Severity, code: &str, at: Position, message: impl Into<String>) -> &mut Diagnostic {
        self.list.push(Diagnostic {
            path: self.path.clone(),
            line: at.line,
            column: at.column,
            severity,
            code: code.to_owned(),
            message: message.into(),
            help: None,
        });
        self.list.last_mut().expect("an element was just added")
    }

    /// Adds an error: part of the content could not be used.
    pub fn error(&mut self, code: &str, at: Position, message: impl Into<String>) -> &mut Diagnostic {
        self.add(Severity::Error, code, at, message)
    }

    /// Adds a warning: readers are worse off.
    pub fn warning(&mut self, code: &str, at: Position, message: impl Into<String>) -> &mut Diagnostic {
        self.add(Severity::Warning, code, at, message)
    }

    /// Adds a note: something was read differently than the author may think.
    pub fn note(&mut self, code: &str, at: Position, message: impl Into<String>) -> &mut Diagnostic {
        self.add(Severity::Note, code, at, message)
    }

    /// All findings in the order of the file.
    pub fn into_list(mut self) -> Vec<Diagnostic> {
        self.list.sort_by_key(|finding| (finding.line, finding.column));
        self.list
    }
}

impl Diagnostic {
    /// Adds the sentence that says what to do.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_start_at_one() {
        let text = "äb\nc";
        assert_eq!(Position::of(text, 0), Position { line: 1, column: 1 });
        assert_eq!(Position::of(text, 2), Position { line: 1, column: 2 }, "ä takes two bytes");
        assert_eq!(Position::of(text, 1), Position { line: 1, column: 1 }, "inside ä");
        assert_eq!(Position::of(text, 4), Position { line: 2, column: 1 });
        assert_eq!(Position::of(text, 99), Position { line: 2, column: 2 });
    }
}
