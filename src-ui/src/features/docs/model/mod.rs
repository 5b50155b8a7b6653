//! What the reader decides, as plain Rust: nothing here knows Leptos or the browser.

mod change;
mod find;
mod landing;
mod link;
mod outline;
mod print;
mod reading;
mod tree;

pub(crate) use change::{change_line, change_mark, section_name};
pub(crate) use find::{Hit, Piece, count_text, find, first_from, turn};
pub(crate) use landing::{Landing, going_on, landing};
pub(crate) use link::deep_link;
pub(crate) use outline::{current_heading, shown_outline};
pub(crate) use print::{PrintState, pages_in_order};
pub(crate) use reading::{Leaving, is_under_way, kept_progress, progress_at, scroll_for};
pub(crate) use tree::{Match, Node, filter, nodes, page_key, with_newer};
