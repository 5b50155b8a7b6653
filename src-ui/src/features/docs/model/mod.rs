//! What the reader decides, as plain Rust: nothing here knows Leptos or the browser.

mod find;
mod landing;
mod outline;
mod reading;
mod tree;

pub(crate) use find::{Hit, Piece, count_text, find, first_from, turn};
pub(crate) use landing::first_page;
pub(crate) use outline::{current_heading, shown_outline};
pub(crate) use reading::{Leaving, is_under_way, kept_progress, progress_at, scroll_for};
pub(crate) use tree::{Match, Node, filter, nodes, page_key, with_newer};
