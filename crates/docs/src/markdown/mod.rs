//! Markdown with the dialect's additions: to events, to HTML, and to what search and navigation need.

mod abbreviations;
mod attrs;
mod emoji;
mod escapes;
pub(crate) mod headings;
pub(crate) mod info;
mod keys;
mod magic;
mod marks;
pub(crate) mod parse;
mod raw;
mod render;
mod scan;
pub(crate) mod slug;
mod smarty;
mod spaced;
mod symbols;
mod text;

pub(crate) use abbreviations::definition;
pub(crate) use attrs::{Attrs, read as attributes};
pub(crate) use parse::TooDeep;
pub(crate) use render::{Renderer, Settings, escape};
pub(crate) use scan::{Link, LinkKind, Scan, scan};
