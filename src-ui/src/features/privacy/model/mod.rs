//! Sizes and counts in words, and JSON in colours.

mod json;
mod words;

pub(super) use json::{JsonLine, Part, compact_bytes, indented, lines};
pub(super) use words::{FactCount, counts};
