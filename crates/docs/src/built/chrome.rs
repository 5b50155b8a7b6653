//! What a theme puts into an article that is none of its author's.

use super::tree::{Node, has_class, name};

/// Elements that go with what is inside them.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "button", "form", "nav", "textarea", "select", "dialog",
    "object", "embed", "canvas", "link", "meta", "title", "head",
];

/// Classes of permanent links, edit buttons, feedback, dates and line numbers in Material, in the themes
/// of MkDocs itself, and in what extensions write.
#[rustfmt::skip]
const CLASSES: &[&str] = &[
    "headerlink", "md-content__button", "md-feedback", "md-source-file", "md-source-date", "md-tags", "md-code__nav",
    "md-clipboard", "md-annotation__index", "md-sidebar", "md-search", "md-header", "md-footer", "linenos",
    "linenodiv", "wy-breadcrumbs", "rst-footer-buttons", "toctree-wrapper", "skip-to-content",
];

/// Whether a node is left out.
pub(super) fn is_chrome(node: &Node) -> bool {
    name(node).is_some_and(|name| ELEMENTS.contains(&name)) || CLASSES.iter().any(|class| has_class(node, class))
}
