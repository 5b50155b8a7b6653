//! The tree of a page, and the questions that are asked of it.

use html5ever::{
    ParseOpts, parse_document,
    tendril::{StrTendril, TendrilSink},
};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use crate::sanitize::{Bounds, measure_within};

pub(super) type Node = Handle;

/// A built page carries the navigation of its whole site, so it may have more elements than an article.
const BOUNDS: Bounds = Bounds { elements: 400_000, depth: 256 };

/// Parses a page; `None` where that would cost too much.
pub(super) fn parse(html: &str) -> Option<Node> {
    measure_within(html, BOUNDS).ok()?;
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(StrTendril::from(html));
    Some(dom.document)
}

/// An element's name; nothing for text and comments.
pub(super) fn name(node: &Node) -> Option<&str> {
    match &node.data {
        NodeData::Element { name, .. } => Some(&name.local),
        _ => None,
    }
}

/// A text node's text.
pub(super) fn own_text(node: &Node) -> Option<String> {
    match &node.data {
        NodeData::Text { contents } => Some(contents.borrow().to_string()),
        _ => None,
    }
}

/// The value of an attribute.
pub(super) fn attribute(node: &Node, wanted: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    attrs.borrow().iter().find(|one| &*one.name.local == wanted).map(|one| one.value.to_string())
}

/// The classes of an element.
pub(super) fn classes(node: &Node) -> Vec<String> {
    attribute(node, "class").unwrap_or_default().split_ascii_whitespace().map(str::to_owned).collect()
}

pub(super) fn has_class(node: &Node, class: &str) -> bool {
    attribute(node, "class").is_some_and(|list| list.split_ascii_whitespace().any(|one| one == class))
}

pub(super) fn children(node: &Node) -> Vec<Node> {
    node.children.borrow().clone()
}

/// Child elements.
pub(super) fn elements(node: &Node) -> Vec<Node> {
    children(node).into_iter().filter(|child| name(child).is_some()).collect()
}

/// The first node below (or equal to) this one that fits, in document order.
pub(super) fn find(node: &Node, fits: &dyn Fn(&Node) -> bool) -> Option<Node> {
    let mut waiting = vec![node.clone()];
    while let Some(node) = waiting.pop() {
        if fits(&node) {
            return Some(node);
        }
        waiting.extend(node.children.borrow().iter().rev().cloned());
    }
    None
}

/// The text of a node and all below it, without what `skip` names.
pub(super) fn text_without(node: &Node, skip: &dyn Fn(&Node) -> bool) -> String {
    let mut out = String::new();
    let mut waiting = vec![node.clone()];
    while let Some(node) = waiting.pop() {
        if skip(&node) {
            continue;
        }
        out.push_str(&own_text(&node).unwrap_or_default());
        waiting.extend(node.children.borrow().iter().rev().cloned());
    }
    out
}

/// The words of a node, with single blanks between them.
pub(super) fn words(node: &Node) -> String {
    let text = text_without(node, &|node| super::chrome::is_chrome(node));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
