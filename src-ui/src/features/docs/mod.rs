//! The docs reader: navigation at the left, the page, what is on it and what leads to it at the right.

mod actions;
mod aside;
mod body;
mod bookmark;
mod changes;
mod drawer;
mod find_bar;
mod highlight;
mod landing;
mod matches;
mod model;
mod page;
mod place;
mod print;
mod search;
mod shelf;
mod tree_pane;

pub(crate) use page::DocsPage;
