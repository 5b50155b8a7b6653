//! The quick reading of a page: headings, links, words and text, without any HTML.

use std::collections::BTreeSet;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use waymark_core::diagnostic::Position;

use super::{
    attrs,
    headings::Draft,
    info,
    parse::{self, References, Spanned, TooDeep},
    raw,
    text::with_symbols,
};
use crate::{
    blocks::{Chunk, Kind, placeholder_number},
    config::Dialect,
    figures::Figure,
    highlight::Code,
};

/// Text for search beyond this many bytes is cut off: twice what a page may be long, because snippets and
/// symbols make it longer. All of it is kept, since the end of a page is looked for as well.
const MAX_TEXT: usize = 2 * 1024 * 1024;

/// What the quick reading finds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scan {
    /// All headings in order.
    pub(crate) headings: Vec<Draft>,
    /// Ids of everything else that a link may lead to.
    pub(crate) anchors: BTreeSet<String>,
    /// All links and images with their places.
    pub(crate) links: Vec<Link>,
    /// Words of prose, code blocks left out.
    pub(crate) words: u32,
    /// Plain text, code included.
    pub(crate) text: String,
    /// Formulas and diagrams.
    pub(crate) figures: Vec<Figure>,
}

/// A link or an image as its author wrote it.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) kind: LinkKind,
    pub(crate) href: String,
    pub(crate) at: Position,
}

/// What refers to something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LinkKind {
    Link,
    Image,
}

/// Reads a page whose containers were taken out already.
pub(crate) fn scan(chunk: &Chunk, nonce: &str, dialect: &Dialect) -> Result<Scan, TooDeep> {
    let references = References::of(chunk);
    let mut scanner = Scanner { nonce, references, dialect, out: Scan::default() };
    scanner.chunk(chunk, 0)?;
    let mut out = scanner.out;
    out.text.truncate(out.text.floor_char_boundary(MAX_TEXT));
    Ok(out)
}

struct Scanner<'a> {
    nonce: &'a str,
    references: References,
    dialect: &'a Dialect,
    out: Scan,
}

impl Scanner<'_> {
    fn chunk(&mut self, chunk: &Chunk, depth: usize) -> Result<(), TooDeep> {
        let text = parse::text_of(chunk, &self.references);
        let mut events = parse::events(&text, (chunk, self.nonce), &self.references, depth, usize::MAX)?;
        let mut depth = depth;
        let mut in_code = false;
        for index in 0..events.len() {
            self.figure(&events, index, chunk);
            let (event, range) = &events[index];
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    let level = *level;
                    let last = parse::end_of(&events, index);
                    let draft = Draft::read(level, &mut events[index + 1..last], self.dialect);
                    self.out.headings.push(draft);
                    depth += 1;
                    continue;
                }
                Event::Start(tag) => {
                    self.start(tag, chunk, range.start);
                    in_code |= matches!(tag, Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented));
                    depth += 1;
                }
                Event::End(tag) => {
                    in_code &= !matches!(tag, TagEnd::CodeBlock);
                    depth = depth.saturating_sub(1);
                    self.separate(tag);
                }
                Event::Text(text) => self.words(text, in_code),
                Event::Code(text) | Event::InlineMath(text) => self.words(text, false),
                Event::SoftBreak | Event::HardBreak => self.out.text.push(' '),
                Event::FootnoteReference(label) => {
                    self.out.anchors.insert(format!("fn:{label}"));
                    self.out.anchors.insert(format!("fnref:{label}"));
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    if let Some(number) = placeholder_number(html.trim(), self.nonce) {
                        self.container(chunk, number, depth)?;
                    } else {
                        self.raw(html, range.start, chunk);
                    }
                }
                _ => {}
            }
            self.attributes(&events, index);
        }
        self.out.text.push('\n');
        Ok(())
    }

    /// Keeps the formula or the diagram that begins here.
    fn figure(&mut self, events: &[Spanned<'_>], index: usize, chunk: &Chunk) {
        let (event, range) = &events[index];
        let figure = match event {
            Event::InlineMath(_) => match chunk.containers.get(range.start).map(|container| &container.kind) {
                Some(Kind::Math(formula)) => Figure::Formula(formula.clone()),
                _ => return,
            },
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if info.contains("mermaid") => {
                let info = info::read(info);
                let text = parse::text_of_events(&events[index + 1..parse::end_of(events, index)]);
                Figure::Diagram(Code { info, text, at: chunk.lines.position(range.start) })
            }
            _ => return,
        };
        self.out.figures.push(figure);
    }

    fn start(&mut self, tag: &Tag<'_>, chunk: &Chunk, offset: usize) {
        let (kind, href) = match tag {
            Tag::Link { dest_url, link_type: pulldown_cmark::LinkType::Email, .. } => {
                (LinkKind::Link, format!("mailto:{dest_url}"))
            }
            Tag::Link { dest_url, .. } => (LinkKind::Link, dest_url.to_string()),
            Tag::Image { dest_url, .. } => (LinkKind::Image, dest_url.to_string()),
            _ => return,
        };
        let at = chunk.lines.position(offset);
        self.out.links.push(Link { kind, href, at });
    }

    /// Keeps the words of neighbouring blocks and cells apart.
    fn separate(&mut self, tag: &TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image => {}
            TagEnd::TableCell => self.out.text.push(' '),
            _ if self.out.text.ends_with('\n') => {}
            _ => self.out.text.push('\n'),
        }
    }

    fn words(&mut self, text: &str, in_code: bool) {
        if !in_code {
            self.out.words = self.out.words.saturating_add(text.split_whitespace().count() as u32);
        }
        if self.out.text.len() < MAX_TEXT {
            let text = &text[..text.floor_char_boundary(MAX_TEXT)];
            if in_code { self.out.text.push_str(text) } else { self.out.text.push_str(&with_symbols(text)) }
        }
    }

    /// Ids from attribute lists behind links, images and code.
    fn attributes(&mut self, events: &[Spanned<'_>], index: usize) {
        let before = matches!(events[index].0, Event::End(TagEnd::Link | TagEnd::Image) | Event::Code(_));
        if before
            && let Some((Event::Text(text), _)) = events.get(index + 1)
            && let Some((attrs, _)) = attrs::at_start(text)
        {
            self.out.anchors.extend(attrs.id);
        }
    }

    fn raw(&mut self, html: &str, offset: usize, chunk: &Chunk) {
        for attribute in raw::attributes(html) {
            let kind = match (attribute.tag.as_str(), attribute.name) {
                (_, "id") | ("a", "name") => {
                    self.out.anchors.insert(attribute.value.to_owned());
                    continue;
                }
                ("a", "href") => LinkKind::Link,
                ("img", "src") => LinkKind::Image,
                _ => continue,
            };
            let at = chunk.lines.position(offset + attribute.at.start);
            self.out.links.push(Link { kind, href: attribute.value.replace("&amp;", "&"), at });
        }
    }

    fn container(&mut self, chunk: &Chunk, number: usize, depth: usize) -> Result<(), TooDeep> {
        let Some(container) = chunk.containers.get(number) else { return Ok(()) };
        match &container.kind {
            Kind::Admonition { title, body, attrs, .. } => {
                self.out.anchors.extend(attrs.id.clone());
                if let Some(title) = title {
                    self.words(title, false);
                    self.out.text.push('\n');
                }
                self.chunk(body, depth)
            }
            Kind::Html { body, open, .. } => {
                for attribute in raw::attributes(open).iter().filter(|attribute| attribute.name == "id") {
                    self.out.anchors.insert(attribute.value.to_owned());
                }
                self.chunk(body, depth)
            }
            Kind::Tabs(tabs) => tabs.iter().try_for_each(|tab| {
                self.words(&tab.title, false);
                self.out.text.push('\n');
                self.chunk(&tab.body, depth)
            }),
            Kind::Definition(body) | Kind::Terms(body) | Kind::Quote(body) | Kind::Group(body) => {
                self.chunk(body, depth)
            }
            Kind::Caption(caption) => {
                self.out.anchors.extend(caption.attrs.id.clone());
                self.chunk(&caption.body, depth)
            }
            Kind::Math(formula) => {
                self.words(&formula.source, false);
                self.out.figures.push(Figure::Formula(formula.clone()));
                Ok(())
            }
            Kind::Contents | Kind::Note(_) | Kind::RawHtml(_) | Kind::Progress(..) => Ok(()),
        }
    }
}
