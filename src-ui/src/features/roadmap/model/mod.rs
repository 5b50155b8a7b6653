//! What the board and an item's page decide, as plain Rust: nothing here knows Leptos or the browser.

mod board;
mod figures;
mod moves;
mod words;

pub(crate) use board::{Filter, Layout, filtered, rows};
pub(crate) use figures::{confidence_level, figures, level_text};
pub(crate) use moves::{Move, moves};
pub(crate) use words::{column_note, full_day, nothing_in, people, persona_names, sentence, status_word};

#[cfg(test)]
mod samples;
