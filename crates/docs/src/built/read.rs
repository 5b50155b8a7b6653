//! The quick reading of an article: title, headings, links, words and text.

use std::collections::BTreeSet;

use waymark_core::docs::Heading;

use super::{
    article::is_heading,
    code,
    tree::{Node, attribute, children, name, own_text, parse, words},
};

/// Text for search beyond this many bytes is cut off.
const MAX_TEXT: usize = 32 * 1024;

/// What an article says.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) title: Option<String>,
    /// All headings but the title.
    pub(super) outline: Vec<Heading>,
    /// Ids of everything else that links may lead to.
    pub(super) anchors: BTreeSet<String>,
    /// Addresses of links, as they are kept.
    pub(super) hrefs: Vec<String>,
    /// Words of prose, code blocks left out.
    pub(super) words: u32,
    /// Plain text, headings on lines of their own.
    pub(super) text: String,
}

/// Reads an article in its plain form; nothing where it cannot be parsed.
pub(super) fn read(html: &str) -> Reading {
    let mut reading = Reading::default();
    if let Some(document) = parse(html) {
        reading.node(&document);
    }
    reading.text.truncate(reading.text.floor_char_boundary(MAX_TEXT));
    reading
}

impl Reading {
    fn node(&mut self, node: &Node) {
        if let Some(text) = own_text(node) {
            return self.prose(&text);
        }
        if let Some(block) = code::block(node) {
            self.line_break();
            self.push(&block.text);
            return self.line_break();
        }
        let id = attribute(node, "id").filter(|id| !id.is_empty());
        if is_heading(node) {
            self.heading(node, id.clone().unwrap_or_default());
        } else {
            self.anchors.extend(id);
        }
        if name(node) == Some("a") {
            self.hrefs.extend(attribute(node, "href"));
        }
        let blocks = is_block(node);
        if blocks {
            self.line_break();
        }
        children(node).iter().for_each(|child| self.node(child));
        match name(node) {
            Some("td" | "th" | "br") => self.text.push(' '),
            _ if blocks => self.line_break(),
            _ => {}
        }
    }

    fn heading(&mut self, node: &Node, id: String) {
        let text = words(node);
        let level = name(node).and_then(|name| name[1..].parse().ok()).unwrap_or(1);
        match &self.title {
            None if level == 1 && !text.is_empty() => self.title = Some(text),
            _ => self.outline.push(Heading { level, id, text }),
        }
    }

    fn prose(&mut self, text: &str) {
        self.words = self.words.saturating_add(text.split_whitespace().count() as u32);
        let starts_line = self.text.is_empty() || self.text.ends_with(['\n', ' ']);
        if text.starts_with(char::is_whitespace) && !starts_line {
            self.text.push(' ');
        }
        self.push(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        if text.ends_with(char::is_whitespace) && !self.text.ends_with(['\n', ' ']) {
            self.text.push(' ');
        }
    }

    fn push(&mut self, text: &str) {
        if self.text.len() < MAX_TEXT {
            self.text.push_str(text);
        }
    }

    fn line_break(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }
}

/// Whether an element stands on lines of its own.
fn is_block(node: &Node) -> bool {
    matches!(
        name(node),
        Some(
            "p" | "div"
                | "section"
                | "ul"
                | "ol"
                | "li"
                | "dl"
                | "dt"
                | "dd"
                | "blockquote"
                | "table"
                | "tr"
                | "figure"
                | "figcaption"
                | "details"
                | "summary"
                | "hr"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
        )
    )
}
