//! A YAML document as a tree in which every node knows its line and column.
//!
//! Tags are kept as text and mean nothing here, so `!!python/name:x`, `!ENV` and whatever plugins invent
//! never make a file unreadable.

use std::{borrow::Cow, collections::HashMap};

use serde_saphyr::granit_parser::{Event, Marker, Parser, ScalarStyle, Tag};
use waymark_core::diagnostic::Position;

/// Nodes in one document, aliases expanded; more is an attack, not a configuration.
const MAX_NODES: usize = 100_000;
/// Nesting beyond which nothing is read.
const MAX_DEPTH: usize = 64;

/// One node.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// What it holds.
    pub(crate) value: Value,
    /// Where it starts.
    pub(crate) at: Position,
    /// What its tag says behind the handle: `python/name:x`.
    pub(crate) tag: Option<Box<str>>,
}

/// What a node holds.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// Nothing: an empty value, `~` or `null`.
    Null,
    /// Any scalar, as written.
    Text(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping in the author's order; keys that are not scalars are left out.
    Map(Vec<(String, Node)>),
}

/// Why a document cannot be read.
#[derive(Clone, Debug)]
pub(crate) struct Broken {
    pub(crate) at: Position,
    pub(crate) message: String,
}

impl Node {
    /// A node without a tag.
    pub(crate) fn new(value: Value, at: Position) -> Self {
        Self { value, at, tag: None }
    }

    /// The value of `key`, if this is a mapping that has it; of two with one key the later counts.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().rfind(|(name, _)| name == key).map(|(_, node)| node)
    }

    /// The entries, if this is a mapping.
    pub(crate) fn entries(&self) -> &[(String, Node)] {
        if let Value::Map(entries) = &self.value { entries } else { &[] }
    }

    /// The items, if this is a sequence.
    pub(crate) fn items(&self) -> &[Node] {
        if let Value::List(items) = &self.value { items } else { &[] }
    }

    /// The text, if this is a scalar.
    pub(crate) fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }
}

/// Reads the first document of `source`; an empty one is [`Value::Null`].
pub(crate) fn parse(source: &str) -> Result<Node, Broken> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(source) {
        let (event, span) =
            event.map_err(|error| Broken { at: position(error.marker()), message: error.kind().to_string() })?;
        if builder.take(event, position(&span.start))? {
            break;
        }
    }
    Ok(builder.root.unwrap_or(Node::new(Value::Null, Position::START)))
}

fn position(marker: &Marker) -> Position {
    Position { line: marker.line().max(1) as u32, column: marker.col() as u32 + 1 }
}

/// A collection that is being read.
struct Open {
    node: Node,
    anchor: usize,
    key: Option<Option<String>>,
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    nodes: usize,
    root: Option<Node>,
}

impl Builder {
    /// Takes an event; says whether the first document is complete.
    fn take(&mut self, event: Event<'_>, at: Position) -> Result<bool, Broken> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let null = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let value = if null { Value::Null } else { Value::Text(text.into_owned()) };
                self.finish(Node { value, at, tag: suffix(tag) }, anchor)?;
            }
            Event::Alias(anchor) => {
                let node = self.anchors.get(&anchor).cloned().unwrap_or(Node::new(Value::Null, at));
                self.nodes += count(&node);
                self.finish(Node { at, ..node }, 0)?;
            }
            Event::SequenceStart(_, anchor, tag) => self.start(Value::List(Vec::new()), anchor, at, suffix(tag))?,
            Event::MappingStart(_, anchor, tag) => self.start(Value::Map(Vec::new()), anchor, at, suffix(tag))?,
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(Open { node, anchor, .. }) = self.open.pop() {
                    self.finish(node, anchor)?;
                }
            }
            Event::DocumentEnd => return Ok(true),
            _ => {}
        }
        Ok(false)
    }

    fn start(&mut self, value: Value, anchor: usize, at: Position, tag: Option<Box<str>>) -> Result<(), Broken> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Broken { at, message: format!("nested deeper than {MAX_DEPTH} levels") });
        }
        self.open.push(Open { node: Node { value, at, tag }, anchor, key: None });
        Ok(())
    }

    fn finish(&mut self, node: Node, anchor: usize) -> Result<(), Broken> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(Broken { at: node.at, message: format!("more than {MAX_NODES} values") });
        }
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut open.node.value {
            Value::List(items) => items.push(node),
            Value::Map(entries) => match open.key.take() {
                None => open.key = Some(node.text().map(str::to_owned)),
                Some(Some(key)) => insert(entries, key, node),
                Some(None) => {}
            },
            Value::Null | Value::Text(_) => {}
        }
        Ok(())
    }
}

/// Adds an entry; `<<` brings its entries in front of the others, where [`Node::get`] looks last.
fn insert(entries: &mut Vec<(String, Node)>, key: String, node: Node) {
    match (key.as_str(), node.value) {
        ("<<", Value::Map(merged)) => {
            entries.splice(0..0, merged);
        }
        (_, value) => entries.push((key, Node { value, at: node.at, tag: node.tag })),
    }
}

fn suffix(tag: Option<Cow<'_, Tag>>) -> Option<Box<str>> {
    tag.map(|tag| tag.suffix().into())
}

fn count(node: &Node) -> usize {
    let inside = match &node.value {
        Value::List(items) => items.iter().map(count).sum(),
        Value::Map(entries) => entries.iter().map(|(_, node)| count(node)).sum(),
        Value::Null | Value::Text(_) => 0,
    };
    1 + inside
}
