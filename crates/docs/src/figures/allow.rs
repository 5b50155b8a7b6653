//! Writes a library's markup anew, element by element, by the rules of its kind.

use std::{collections::HashMap, fmt::Write};

use roxmltree::{Document, Node, ParsingOptions};

use crate::markdown::escape;

/// Elements inside elements; formulas and diagrams of people are some twenty deep.
const MAX_DEPTH: usize = 96;
/// Bytes of one figure.
const MAX_LENGTH: usize = 1024 * 1024;
/// Elements of one figure, texts included.
const MAX_NODES: u32 = 20_000;

/// What becomes of an element.
pub(super) enum Tag {
    /// It stays, with these attributes.
    Keep(Vec<(&'static str, String)>),
    /// What is inside takes its place.
    Inside,
    /// What is inside the element with this id takes its place.
    Other(String),
    /// It goes, with all that is inside.
    Drop,
}

/// What of a vocabulary may be written.
pub(super) trait Rules {
    /// What becomes of this element; an error is the reason why nothing can be drawn.
    fn tag(&mut self, node: Node<'_, '_>) -> Result<Tag, String>;
}

/// The markup as the rules leave it.
pub(super) fn rewrite(xml: &str, rules: &mut dyn Rules) -> Result<String, String> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(xml, options).map_err(|error| format!("it is too large ({error})"))?;
    let mut writer = Writer { rules, ids: ids(&document), out: String::with_capacity(xml.len()) };
    writer.write(document.root_element(), 0)?;
    Ok(writer.out)
}

/// The elements that have an id.
fn ids<'a, 'input>(document: &'a Document<'input>) -> HashMap<&'a str, Node<'a, 'input>> {
    document.descendants().filter_map(|node| Some((node.attribute("id")?, node))).collect()
}

struct Writer<'r, 'a, 'input> {
    rules: &'r mut dyn Rules,
    ids: HashMap<&'a str, Node<'a, 'input>>,
    out: String,
}

impl<'a, 'input> Writer<'_, 'a, 'input> {
    fn write(&mut self, node: Node<'a, 'input>, depth: usize) -> Result<(), String> {
        if depth > MAX_DEPTH || self.out.len() > MAX_LENGTH {
            return Err("it is nested too deeply, or too large".to_owned());
        }
        if let Some(text) = node.text().filter(|_| node.is_text()) {
            self.out.push_str(&escape(text));
            return Ok(());
        }
        if !node.is_element() {
            return Ok(());
        }
        let name = node.tag_name().name();
        match self.rules.tag(node)? {
            Tag::Drop => {}
            Tag::Inside => self.inside(node, depth)?,
            Tag::Other(id) => {
                if let Some(other) = self.ids.get(id.as_str()).copied() {
                    self.inside(other, depth)?;
                }
            }
            Tag::Keep(attributes) => {
                let _ = write!(self.out, "<{name}");
                for (key, value) in attributes {
                    let _ = write!(self.out, " {key}=\"{}\"", escape(&value));
                }
                self.out.push('>');
                self.inside(node, depth)?;
                let _ = write!(self.out, "</{name}>");
            }
        }
        Ok(())
    }

    fn inside(&mut self, node: Node<'a, 'input>, depth: usize) -> Result<(), String> {
        node.children().try_for_each(|child| self.write(child, depth + 1))
    }
}

/// The attributes of `node` that `rule` lets through.
pub(super) fn attributes(
    node: Node<'_, '_>,
    rule: impl Fn(&str, &str) -> Option<&'static str>,
) -> Vec<(&'static str, String)> {
    node.attributes()
        .filter(|attribute| attribute.namespace().is_none())
        .filter_map(|attribute| Some((rule(attribute.name(), attribute.value())?, attribute.value().to_owned())))
        .collect()
}
