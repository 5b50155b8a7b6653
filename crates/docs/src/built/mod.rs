//! Pages that were built before they came here: the HTML of a TechDocs or MkDocs site.
//!
//! [`article()`] takes a page's article out of what the theme put around it and writes it in a plain form,
//! with addresses seen from the site's root. That form is what is kept as the page's source: it stays the
//! same where only the navigation around it changed. [`load_built`] reads a site of such articles quickly,
//! and [`render_built`] makes HTML of one that may stand in the app's own page, through the sanitiser and
//! with the same code blocks, tabs and task boxes that Markdown gets.
//!
//! **Absent:** scripts, styles and widgets of the theme; nothing of them is needed to read.

mod address;
mod article;
mod chrome;
mod code;
mod nav;
mod read;
mod render;
mod site;
mod tabs;
mod tree;

pub use address::{Beside, Origin};
pub use article::{Article, article};
pub use render::render_built;
pub use site::{BuiltTree, load_built};

/// Whether a page's path is that of a built page; all others are Markdown.
pub fn is_built(path: &str) -> bool {
    path.ends_with(".html")
}

#[cfg(test)]
mod tests;
