//! Where something stands in what was read, so that a person finds it.

use std::fmt;

/// Where something stands in what was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    /// A field of a table: the line from 1, and the column's name; empty for the line as a whole.
    Field {
        /// From 1.
        line: u64,
        /// As the file has it.
        column: String,
    },
    /// A place in a text; both from 1.
    Text {
        /// From 1.
        line: u64,
        /// From 1.
        column: u64,
    },
    /// An entity of a catalog, which has no lines: `user:default/ada`.
    Entity(String),
}

impl Spot {
    /// The line, to sort by; 0 where there are no lines.
    pub(super) fn line(&self) -> u64 {
        match self {
            Self::Field { line, .. } | Self::Text { line, .. } => *line,
            Self::Entity(_) => 0,
        }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field { line, column } if column.is_empty() => write!(f, "line {line}"),
            Self::Field { line, column } => write!(f, "line {line}, column {column}"),
            Self::Text { line, column } => write!(f, "line {line}, column {column}"),
            Self::Entity(entity) => f.write_str(entity),
        }
    }
}

/// Something that must be put right first, or that somebody should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Where.
    pub spot: Spot,
    /// What is wrong and what is expected.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.spot, self.message)
    }
}
