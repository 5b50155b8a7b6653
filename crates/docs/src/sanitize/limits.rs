//! What is too costly to be given to an HTML parser, found out before it is.
//!
//! Three things make parsing HTML take more than linear time: many attributes on one tag, deep
//! nesting, and unclosed formatting elements, which every later block repeats. The first is counted
//! in the text; the others by running the same parser, piece by piece, on a tree that is only counted.

use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
};

use html5ever::{
    Attribute, LocalName, ParseOpts, QualName, driver,
    interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink},
    local_name, ns,
    tendril::{StrTendril, TendrilSink},
};

/// Attributes of one tag.
const MAX_ATTRIBUTES: usize = 64;
/// How large a tree may become.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// Elements in all.
    pub(crate) elements: u32,
    /// Elements inside elements.
    pub(crate) depth: u32,
}

/// What an article may be.
const ARTICLE: Bounds = Bounds { elements: 50_000, depth: 256 };
/// How much is parsed between two looks at the counts, in bytes.
const PIECE: usize = 1024;

/// The HTML would cost too much.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum TooCostly {
    /// A tag with too many attributes.
    Attributes,
    /// Too many elements, or too deep.
    Elements,
}

/// Whether `html` can be parsed at a cost in proportion to its length.
pub(crate) fn measure(html: &str) -> Result<(), TooCostly> {
    measure_within(html, ARTICLE)
}

/// Measures as [`measure`], by other bounds.
pub(crate) fn measure_within(html: &str, bounds: Bounds) -> Result<(), TooCostly> {
    attributes(html)?;
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let mut parser = driver::parse_fragment(Gauge::default(), ParseOpts::default(), context, Vec::new(), false);
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.ceil_char_boundary(PIECE.min(rest.len())));
        rest = after;
        parser.process(StrTendril::from(piece));
        parser.tokenizer.sink.sink.check(bounds)?;
    }
    Ok(())
}

/// Looks at every place where a tag may start, whatever the parser makes of it: so what the parser
/// does see as a tag is among them.
fn attributes(html: &str) -> Result<(), TooCostly> {
    let bytes = html.as_bytes();
    let mut effort = 16 * bytes.len() + 4096;
    let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'<').map(|(at, _)| at + 1);
    for start in starts {
        let start = start + usize::from(bytes.get(start) == Some(&b'/'));
        if !bytes.get(start).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (count, length) = tag(&bytes[start..]);
        effort = effort.checked_sub(length).ok_or(TooCostly::Attributes)?;
        if count > MAX_ATTRIBUTES {
            return Err(TooCostly::Attributes);
        }
    }
    Ok(())
}

/// Attributes and length of the tag whose inside starts here.
fn tag(bytes: &[u8]) -> (usize, usize) {
    let mut count = 0;
    let mut at = 0;
    let mut between = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => break,
            b'=' => {
                at += 1;
                while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
                    at += 1;
                }
                if let Some(quote @ (b'"' | b'\'')) = bytes.get(at) {
                    let length = bytes[at + 1..].iter().position(|byte| byte == quote);
                    at = length.map_or(bytes.len(), |length| at + 1 + length + 1);
                    between = true;
                }
                continue;
            }
            byte if byte.is_ascii_whitespace() || byte == b'/' => between = true,
            _ if between => {
                between = false;
                count += 1;
                if count > MAX_ATTRIBUTES {
                    break;
                }
            }
            _ => {}
        }
        at += 1;
    }
    (count, at)
}

/// A tree of which only names, parents and depths are kept.
#[derive(Default)]
struct Gauge {
    nodes: RefCell<Vec<Node>>,
    elements: Cell<u32>,
    deepest: Cell<u32>,
}

struct Node {
    name: QualName,
    depth: Cell<u32>,
    parent: Cell<usize>,
}

/// Node 0 stands for the document; its name is never asked for.
const DOCUMENT: usize = 0;

impl Gauge {
    fn check(&self, bounds: Bounds) -> Result<(), TooCostly> {
        let ok = self.elements.get() <= bounds.elements && self.deepest.get() <= bounds.depth;
        if ok { Ok(()) } else { Err(TooCostly::Elements) }
    }

    fn node(&self, name: QualName) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        if nodes.is_empty() {
            let document = QualName::new(None, ns!(), LocalName::from(""));
            nodes.push(Node { name: document, depth: Cell::new(0), parent: Cell::new(DOCUMENT) });
        }
        nodes.push(Node { name, depth: Cell::new(0), parent: Cell::new(DOCUMENT) });
        nodes.len() - 1
    }

    fn attach(&self, parent: usize, child: &NodeOrText<usize>) {
        let NodeOrText::AppendNode(child) = child else { return };
        let nodes = self.nodes.borrow();
        let depth = nodes.get(parent).map_or(0, |parent| parent.depth.get()) + 1;
        if let Some(child) = nodes.get(*child) {
            child.depth.set(depth);
            child.parent.set(parent);
        }
        self.deepest.set(self.deepest.get().max(depth));
    }

    fn parent_of(&self, node: usize) -> usize {
        self.nodes.borrow().get(node).map_or(DOCUMENT, |node| node.parent.get())
    }
}

/// A name that can be given away while the tree grows.
#[derive(Debug)]
struct Name(QualName);

impl html5ever::interface::ElemName for Name {
    fn ns(&self) -> &html5ever::Namespace {
        &self.0.ns
    }
    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl Name {
    fn of(gauge: &Gauge, node: usize) -> Self {
        let nodes = gauge.nodes.borrow();
        Self(nodes.get(node).map_or_else(|| QualName::new(None, ns!(), LocalName::from("")), |node| node.name.clone()))
    }
}

impl TreeSink for Gauge {
    type Handle = usize;
    type Output = ();
    type ElemName<'a> = Name;

    fn finish(self) {}
    fn parse_error(&self, _: Cow<'static, str>) {}
    fn get_document(&self) -> usize {
        DOCUMENT
    }
    fn elem_name<'a>(&'a self, target: &'a usize) -> Name {
        Name::of(self, *target)
    }
    fn create_element(&self, name: QualName, _: Vec<Attribute>, _: ElementFlags) -> usize {
        self.elements.set(self.elements.get() + 1);
        self.node(name)
    }
    fn create_comment(&self, _: StrTendril) -> usize {
        self.node(QualName::new(None, ns!(), LocalName::from("")))
    }
    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.node(QualName::new(None, ns!(), LocalName::from("")))
    }
    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        self.attach(*parent, &child);
    }
    fn append_based_on_parent_node(&self, element: &usize, _: &usize, child: NodeOrText<usize>) {
        self.attach(self.parent_of(*element), &child);
    }
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn get_template_contents(&self, target: &usize) -> usize {
        *target
    }
    fn same_node(&self, x: &usize, y: &usize) -> bool {
        x == y
    }
    fn set_quirks_mode(&self, _: QuirksMode) {}
    fn append_before_sibling(&self, sibling: &usize, new_node: NodeOrText<usize>) {
        self.attach(self.parent_of(*sibling), &new_node);
    }
    fn add_attrs_if_missing(&self, _: &usize, _: Vec<Attribute>) {}
    fn remove_from_parent(&self, _: &usize) {}
    fn reparent_children(&self, _: &usize, new_parent: &usize) {
        // The children's own depths are not followed; the new parent's is the best that is known.
        let depth = self.nodes.borrow().get(*new_parent).map_or(0, |node| node.depth.get()) + 1;
        self.deepest.set(self.deepest.get().max(depth));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_pages_pass() {
        assert_eq!(measure(""), Ok(()));
        assert_eq!(measure(&"<p>a <b>b</b></p><table><tr><td class=\"x y\">c</table>".repeat(2000)), Ok(()));
        assert_eq!(measure(&"<div>".repeat(200)), Ok(()));
    }

    #[test]
    fn costly_pages_are_refused() {
        assert_eq!(measure(&"<div>".repeat(300)), Err(TooCostly::Elements));
        assert_eq!(measure(&"<p>".repeat(60_000)), Err(TooCostly::Elements));
        let many: String = (0..100).map(|n| format!(" a{n}=1")).collect();
        assert_eq!(measure(&format!("<a{many}>")), Err(TooCostly::Attributes));
        assert_eq!(measure(&format!("</a{many}>")), Err(TooCostly::Attributes));
        assert_eq!(
            measure(&"<a b=\"<a b='".repeat(50_000)),
            Err(TooCostly::Attributes),
            "the search itself is limited"
        );
    }

    #[test]
    fn repeated_formatting_is_counted_as_it_is_built() {
        let formatting: String = (0..200).map(|n| format!("<b id={n}>")).collect();
        assert_eq!(measure(&format!("<p>{formatting}</p>{}", "<p>x".repeat(2000))), Err(TooCostly::Elements));
    }
}
