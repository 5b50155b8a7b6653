//! Markdown as blocks with their places in the file. The grammar is pulldown-cmark's; nothing here
//! decides what is a list, only what belongs to which item.

mod dedent;
mod details;
mod inline;
mod item;
mod lines;
mod references;
mod tree;

pub(crate) use inline::{Traits, collapse, plain_before};
pub(crate) use item::{Nested, boxed_below};
pub(crate) use lines::Lines;
pub(crate) use tree::{Block, BlockKind, Document};
