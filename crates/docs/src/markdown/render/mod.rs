//! From Markdown to HTML that is not safe yet: raw HTML of the author, and marks for all that is ours.

mod blocks;
mod captions;
mod code;
mod footnotes;
mod inline;
mod lists;
mod tables;
mod terms;
mod walk;

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};
use walk::{Walk, end_of_block, is_block};

use super::{
    attrs::Attrs,
    escapes,
    parse::{self, References, TooDeep},
    spaced,
    text::shown_as,
};
use crate::{
    blocks::Chunk,
    config::Dialect,
    links::Resolver,
    page::{
        MAX_TAGS,
        marks::{Mark, Marks},
    },
};

/// How to render.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// Whether raw HTML is HTML; otherwise its source is shown.
    pub(crate) raw_html: bool,
    /// Whether headings and notes get ids; fragments of several authors share a page, so theirs do not.
    pub(crate) ids: bool,
    /// Whether text has more syntax than CommonMark: bare addresses, signs and marks.
    pub(crate) text_syntax: bool,
    /// Whether the first heading is the page's title, which the reader shows by itself.
    pub(crate) title: bool,
}

/// Renders one page or fragment.
pub(crate) struct Renderer<'a> {
    resolver: &'a dyn Resolver,
    settings: Settings,
    dialect: &'a Dialect,
    marks: Marks,
    references: References,
    footnotes: footnotes::Footnotes,
    figures: captions::Figures,
    headings: usize,
    has_raw_html: bool,
}

impl<'a> Renderer<'a> {
    /// A renderer for the text that was taken apart into `chunk`.
    pub(crate) fn new(
        chunk: &Chunk,
        nonce: &str,
        resolver: &'a dyn Resolver,
        settings: Settings,
        dialect: &'a Dialect,
    ) -> Self {
        Self {
            resolver,
            settings,
            dialect,
            marks: Marks::new(nonce.to_owned()),
            references: References::of(chunk)
                .with_smarty(dialect.smarty.clone())
                .with_glossary(&dialect.glossary)
                .with_escapes(settings.text_syntax)
                .with_all_escapes(dialect.escapes_all),
            footnotes: footnotes::Footnotes::default(),
            figures: captions::Figures::default(),
            headings: 0,
            has_raw_html: false,
        }
    }

    /// The HTML of the whole text, its footnotes at the end.
    pub(crate) fn page(&mut self, chunk: &Chunk) -> Result<String, TooDeep> {
        if !self.dialect.notes_as_mentioned {
            self.footnotes.expect(parse::footnote_labels(chunk));
        }
        let mut html = self.chunk(chunk, 0)?;
        self.footnotes.write(&mut html, &mut self.marks, self.settings.ids);
        self.figures.number(&self.dialect.captions, &mut self.marks);
        Ok(html)
    }

    /// Whether any raw HTML is in the output.
    pub(crate) fn has_raw_html(&self) -> bool {
        self.has_raw_html
    }

    /// The mark for a link that its author wrote as `href`.
    fn link_mark(&mut self, href: &str) -> String {
        let target = self.resolver.link(href);
        let written = self.resolver.differs(href, &target, false).then(|| href.to_owned());
        self.marks.add(Mark::Link(target, written))
    }

    /// The marks in the output.
    pub(crate) fn into_marks(self) -> Marks {
        self.marks
    }

    /// The HTML of a text that is nested `depth` deep.
    fn chunk(&mut self, chunk: &Chunk, depth: usize) -> Result<String, TooDeep> {
        self.chunk_as(chunk, depth, Reading::Blocks)
    }

    fn chunk_as(&mut self, chunk: &Chunk, depth: usize, reading: Reading) -> Result<String, TooDeep> {
        let text = parse::text_of(chunk, &self.references);
        let from = (chunk, self.marks.nonce());
        let mut events = parse::events(&text, from, &self.references, depth, MAX_TAGS / 2)?;
        if self.settings.text_syntax && spaced::may_have(&text) {
            events = spaced::joined(events);
        }
        let mut walk = Walk::new(chunk, events, depth);
        walk.terms = (reading == Reading::Terms).then_some(depth);
        if reading == Reading::Line {
            walk.take_guard();
        }
        let mut at = 0;
        while at < walk.events.len() {
            at = self.event(&mut walk, at)?;
        }
        let mut html = String::with_capacity(text.len() * 3 / 2);
        pulldown_cmark::html::push_html(&mut html, walk.out.into_iter());
        // Formulas that ended up where none can be: in raw HTML, titles and text alternatives.
        if let Cow::Owned(restored) = chunk.restored(&html, self.marks.nonce(), escape) {
            html = restored;
        }
        if let Cow::Owned(restored) = escapes::restored(&html) {
            html = restored;
        }
        Ok(html)
    }

    /// Takes the event at `at`; gives the index of the next one to take.
    fn event<'t>(&mut self, walk: &mut Walk<'_, 't>, at: usize) -> Result<usize, TooDeep> {
        let next = at + 1;
        let event = std::mem::replace(&mut walk.events[at].0, Event::Rule);
        if matches!(&event, Event::Start(tag) if is_block(tag)) || matches!(event, Event::Rule) {
            walk.begin_block(self.figures.count());
        }
        match event {
            Event::Start(tag) => {
                return match self.term_start(walk, &tag, at)? {
                    Some(next) => Ok(next),
                    None => self.start(walk, tag, at),
                };
            }
            Event::End(tag) => {
                if !self.term_end(walk, tag) {
                    self.end(walk, tag);
                }
            }
            Event::Text(text) => self.text(walk, &text),
            Event::InlineMath(_) => self.inline_formula(walk, at),
            Event::Code(text) => self.code_span(walk, &text, at),
            Event::InlineHtml(html) => self.inline_html(walk, &html)?,
            Event::Html(html) => self.html_lines(walk, &html)?,
            Event::FootnoteReference(label) => {
                let html = self.footnotes.reference(&label, &mut self.marks, self.settings.ids);
                walk.push(html);
            }
            Event::TaskListMarker(done) => {
                let id = self.marks.add(Mark::Task(done));
                walk.push(format!("<wbr id=\"{id}\">"));
            }
            Event::SoftBreak if self.dialect.line_breaks => walk.out.push(Event::HardBreak),
            other => walk.out.push(other),
        }
        Ok(next)
    }

    fn start<'t>(&mut self, walk: &mut Walk<'_, 't>, tag: Tag<'t>, at: usize) -> Result<usize, TooDeep> {
        let next = at + 1;
        match tag {
            Tag::Heading { level, .. } => return Ok(self.heading(walk, level, at)),
            Tag::CodeBlock(kind) => {
                let info = if let CodeBlockKind::Fenced(info) = &kind { info } else { "" };
                return Ok(self.code_block(walk, info, at));
            }
            Tag::HtmlBlock => {
                let end = end_of_block(&walk.events, at);
                self.html_block(walk, next, end)?;
                return Ok(end + 1);
            }
            Tag::FootnoteDefinition(label) => {
                let end = end_of_block(&walk.events, at);
                self.footnote(walk, &label, next, end)?;
                return Ok(end + 1);
            }
            Tag::Image { dest_url, title, .. } => return Ok(self.image(walk, &dest_url, &title, at)),
            Tag::Link { dest_url, title, link_type, .. } => {
                let href =
                    if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.to_string() };
                // Python-Markdown shows an address in brackets without this scheme.
                if link_type == LinkType::Autolink
                    && let Some((Event::Text(text), _)) = walk.events.get_mut(next)
                    && let Some(address) = text.strip_prefix("mailto:").map(str::to_owned)
                {
                    *text = address.into();
                }
                if link_type == LinkType::Autolink
                    && self.settings.text_syntax
                    && let Some((Event::Text(text), _)) = walk.events.get_mut(next)
                    && let Some(shown) = shown_as(&dest_url, &self.dialect.magic_links)
                {
                    *text = shown.into();
                }
                let href = walk.chunk.restored(&href, self.marks.nonce(), str::to_owned).into_owned();
                self.link(walk, &href, &title, at);
            }
            Tag::BlockQuote(Some(kind)) => walk.push(blocks::alert(kind)),
            Tag::Item => {
                let task =
                    walk.events[next..].iter().take(2).any(|(event, _)| matches!(event, Event::TaskListMarker(_)));
                let mut attrs = self.block_attributes(walk, next, false);
                if task {
                    attrs.classes.insert(0, "task-list-item".to_owned());
                }
                let shared = self.shared(&attrs);
                walk.push(format!("<li{shared}>"));
            }
            Tag::Paragraph => {
                let attrs = self.block_attributes(walk, next, false);
                let shared = self.shared(&attrs);
                walk.push(format!("<p{shared}>"));
            }
            Tag::List(Some(_)) if self.dialect.fancy_lists.is_some() => {
                let html = lists::start(walk.chunk, walk.events[at].1.start, &tag);
                walk.push(html);
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {
                let low = self.dialect.low_tildes
                    && tag == Tag::Strikethrough
                    && !walk.chunk.lines.text()[walk.events[at].1.start..].starts_with("~~");
                let name = if low { "sub" } else { inline_name(&tag.to_end()) };
                if tag == Tag::Strikethrough {
                    walk.struck.push(name);
                }
                let end = end_of_block(&walk.events, at);
                let attrs = self.attributes_behind(walk, end);
                let shared = self.shared(&attrs);
                walk.push(format!("<{name}{shared}>"));
            }
            Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell => {
                let attrs = match tag {
                    Tag::TableCell => self.block_attributes(walk, next, true),
                    _ => Attrs::default(),
                };
                let shared = self.shared(&attrs);
                let empty = matches!(walk.events.get(next), Some((Event::End(TagEnd::TableCell), _)));
                let html = walk.table.start(tag, &shared, empty);
                walk.push(html);
            }
            tag => walk.out.push(Event::Start(tag)),
        }
        walk.depth += 1;
        Ok(next)
    }

    fn end(&mut self, walk: &mut Walk<'_, '_>, tag: TagEnd) {
        walk.depth = walk.depth.saturating_sub(1);
        match tag {
            TagEnd::Link => {
                walk.in_link = walk.in_link.saturating_sub(1);
                walk.push("</a>");
            }
            TagEnd::Paragraph => walk.push("</p>\n"),
            TagEnd::Item => walk.push("</li>\n"),
            TagEnd::Strikethrough => {
                let name = walk.struck.pop().unwrap_or("del");
                walk.push(format!("</{name}>"));
            }
            TagEnd::Emphasis | TagEnd::Strong => {
                walk.push(format!("</{}>", inline_name(&tag)));
            }
            TagEnd::BlockQuote(Some(_)) => walk.push("</div>\n"),
            TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => {
                let html = walk.table.end(&tag);
                walk.push(html);
            }
            tag => walk.out.push(Event::End(tag)),
        }
    }
}

/// The element of a run of marked text.
fn inline_name(tag: &TagEnd) -> &'static str {
    match tag {
        TagEnd::Emphasis => "em",
        TagEnd::Strong => "strong",
        _ => "del",
    }
}

/// What a text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// Blocks, as everywhere.
    Blocks,
    /// Paragraphs are terms, and lists say what they mean.
    Terms,
    /// One line of text behind [`LINE_GUARD`].
    Line,
}

/// Stands before a line that is no block whatever it looks like: no block begins with it, and Markdown
/// reads what follows it as at the start of a line.
const LINE_GUARD: &str = ",";

/// Text for HTML: safe between tags and in quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\0' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
