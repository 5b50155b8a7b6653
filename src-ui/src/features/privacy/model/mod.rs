//! Sizes and counts in words, and JSON in colours.

mod hold;
mod json;
mod words;

pub(super) use hold::{class_effect, class_name, held_words};
pub(super) use json::{JsonLine, Part, compact_bytes, indented, lines};
pub(super) use words::{FactCount, counts};
