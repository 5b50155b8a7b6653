//! From Markdown to events, with the options of the dialect.

use std::{collections::HashMap, ops::Range};

use pulldown_cmark::{
    BrokenLink, BrokenLinkCallback, CowStr, Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};

use super::{abbreviations::Abbreviations, escapes, smarty};
use crate::{
    blocks::{Chunk, Kind, next_word},
    config::Smarty,
};

/// An event and the bytes it came from.
pub(crate) type Spanned<'a> = (Event<'a>, Range<usize>);

/// Nesting of Markdown itself beyond which a page is shown as text: quotes in lists in quotes.
const MAX_DEPTH: usize = 96;

/// The page is nested too deeply.
#[derive(Debug)]
pub(crate) struct TooDeep;

/// Front matter is taken off before, and heading attributes are read afterwards: pulldown-cmark's own
/// readings of both swallow text (`docs-dialect.md`, section 4).
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

/// Link definitions and footnotes of a whole page, for the containers that use them.
#[derive(Debug, Default)]
pub(crate) struct References {
    links: HashMap<String, (String, String)>,
    footnotes: Vec<String>,
    /// Abbreviations of the whole page.
    pub(crate) abbreviations: Abbreviations,
    /// Which signs become those of print, where any do.
    pub(crate) smarty: Option<Smarty>,
    /// Whether escaped characters are kept apart from those that mean something.
    pub(crate) escapes: bool,
    /// Whether a backslash takes the meaning of whatever stands behind it.
    pub(crate) escapes_all: bool,
}

impl References {
    /// Collects the definitions of a page; nothing when it has no containers, because then its only
    /// text knows them anyway.
    pub(crate) fn of(chunk: &Chunk) -> Self {
        let mut references = Self::default();
        if !chunk.containers.is_empty() {
            references.collect(chunk);
        }
        references.explain(chunk);
        references
    }

    /// The same, where signs become those of print.
    pub(crate) fn with_smarty(self, smarty: Option<Smarty>) -> Self {
        Self { smarty, ..self }
    }

    /// The same, with what abbreviations mean on every page; the page's own meanings stay.
    pub(crate) fn with_glossary(mut self, glossary: &[(String, String)]) -> Self {
        glossary.iter().for_each(|(label, meaning)| self.abbreviations.add_general(label, meaning));
        self
    }

    /// The same, where escaped characters are kept apart if the text is read for more than Markdown.
    pub(crate) fn with_escapes(self, escapes: bool) -> Self {
        Self { escapes, ..self }
    }

    /// The same, where a backslash takes the meaning of whatever stands behind it.
    pub(crate) fn with_all_escapes(self, escapes_all: bool) -> Self {
        Self { escapes_all, ..self }
    }

    fn collect(&mut self, chunk: &Chunk) {
        let text = chunk.lines.text();
        if text.contains("]:") {
            for (label, definition) in Parser::new_ext(text, options()).reference_definitions().iter() {
                let title = definition.title.as_deref().unwrap_or_default().to_owned();
                self.links.entry(normalised(label)).or_insert_with(|| (definition.dest.to_string(), title));
            }
            let labels = text.lines().filter_map(|line| line.trim_start().strip_prefix("[^")?.split_once("]:"));
            self.footnotes.extend(labels.map(|(label, _)| label.to_owned()).take(MAX_FOOTNOTES));
        }
        for body in chunk.containers.iter().flat_map(|container| container.kind.bodies()) {
            self.collect(body);
        }
    }

    fn explain(&mut self, chunk: &Chunk) {
        for (label, meaning) in &chunk.abbreviations {
            self.abbreviations.add(label, meaning);
        }
        for body in chunk.containers.iter().flat_map(|container| container.kind.bodies()) {
            self.explain(body);
        }
    }

    /// Definitions of the page's footnotes, so that a container's text may refer to them; the events
    /// behind the text's own length belong to these.
    fn footnote_stubs(&self, text: &str) -> String {
        if self.footnotes.is_empty() || !text.contains("[^") {
            return String::new();
        }
        let known = self.footnotes.iter().filter(|label| !text.contains(&format!("[^{label}]:")));
        known.fold(String::from("\n"), |stubs, label| stubs + &format!("[^{label}]: .\n\n"))
    }
}

/// The labels of a page's footnotes in the order in which they are written down; those in containers come
/// last.
pub(crate) fn footnote_labels(chunk: &Chunk) -> Vec<String> {
    let text = chunk.lines.text();
    let mut labels = Vec::new();
    if text.contains("[^") && text.contains("]:") {
        let events = Parser::new_ext(text, options());
        labels.extend(events.filter_map(|event| match event {
            Event::Start(Tag::FootnoteDefinition(label)) => Some(label.to_string()),
            _ => None,
        }));
    }
    let bodies = chunk.containers.iter().flat_map(|container| container.kind.bodies());
    labels.extend(bodies.flat_map(footnote_labels));
    labels
}

/// Footnotes of one page that containers may refer to.
const MAX_FOOTNOTES: usize = 256;

fn normalised(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

struct Lookup<'a>(&'a References);

impl<'input> BrokenLinkCallback<'input> for Lookup<'_> {
    fn handle_broken_link(&mut self, link: BrokenLink<'input>) -> Option<(CowStr<'input>, CowStr<'input>)> {
        let (url, title) = self.0.links.get(&normalised(&link.reference))?;
        Some((url.clone().into(), title.clone().into()))
    }
}

/// The text to parse: the chunk's own, with stubs of footnotes that are defined elsewhere.
pub(crate) fn text_of(chunk: &Chunk, references: &References) -> String {
    let text = chunk.lines.text();
    text.to_owned() + &references.footnote_stubs(text)
}

/// The events of a chunk's text (of [`text_of`]) that is itself nested `depth` deep, without those of stubs;
/// formulas stand where the words were that carry the page's `nonce`. A text with more than `most` elements is given up before all of it is held.
pub(crate) fn events<'a>(
    text: &'a str,
    (chunk, nonce): (&Chunk, &str),
    references: &References,
    mut depth: usize,
    most: usize,
) -> Result<Vec<Spanned<'a>>, TooDeep> {
    let end = chunk.lines.text().len();
    let smarty = references.smarty.as_ref();
    let options = if smarty.is_some() { options() | Options::ENABLE_SMART_PUNCTUATION } else { options() };
    let parser = Parser::new_with_broken_link_callback(text, options, Some(Lookup(references)));
    let mut list = Vec::new();
    let mut in_code = false;
    let mut elements = 0;
    let (mut code, mut angle) = (false, false);
    let printed = parser.into_offset_iter().map(|(event, range)| {
        let Event::Text(mut piece) = event else {
            code |= matches!(event, Event::Start(Tag::CodeBlock(_)));
            code &= !matches!(event, Event::End(TagEnd::CodeBlock));
            // `<<word>>` is a quotation and no tag.
            return match event {
                Event::InlineHtml(tag) if std::mem::take(&mut angle) => (Event::Text(tag), range),
                event => (event, range),
            };
        };
        angle = smarty.is_some_and(|smarty| smarty.angles) && piece.ends_with('<');
        if references.escapes_all && !code {
            piece = escapes::all_taken(piece, text, range.start);
        }
        if let Some(smarty) = smarty {
            piece = smarty::printed(piece, &text[range.clone()], smarty);
        }
        if references.escapes {
            piece = escapes::kept_apart(piece, text, range.start);
        }
        (Event::Text(piece), range)
    });
    for (event, range) in TextMergeWithOffset::new(printed) {
        let event = match event {
            Event::Text(text) if !in_code => match smarty {
                Some(smarty) => Event::Text(smarty::angled(text, smarty)),
                None => Event::Text(text),
            },
            event => event,
        };
        match &event {
            Event::Start(tag) => {
                in_code |= matches!(tag, Tag::CodeBlock(_));
                depth += 1;
                elements += usize::from(is_element(tag));
            }
            Event::End(tag) => {
                in_code &= !matches!(tag, TagEnd::CodeBlock);
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        if depth > MAX_DEPTH || elements > most {
            return Err(TooDeep);
        }
        if range.start < end {
            push_with_formulas(&mut list, (event, range), chunk, nonce);
        }
    }
    Ok(list)
}

/// Adds an event to `list`, a text with the formulas that were taken out of it, so that headings and text
/// alternatives have their words. The range of a formula's event is no place in the text: it starts with the
/// number of its container.
fn push_with_formulas<'a>(list: &mut Vec<Spanned<'a>>, (event, range): Spanned<'a>, chunk: &Chunk, nonce: &str) {
    let text = match event {
        Event::Text(text) if text.contains(nonce) => text,
        event => return list.push((event, range)),
    };
    let mut rest = &*text;
    while let Some((word, number)) = next_word(rest, nonce) {
        if word.start > 0 {
            list.push((Event::Text(rest[..word.start].to_owned().into()), range.clone()));
        }
        if let Some(Kind::Math(formula)) = chunk.containers.get(number).map(|container| &container.kind) {
            list.push((Event::InlineMath(formula.source.clone().into()), number..number));
        }
        rest = &rest[word.end..];
    }
    if rest.len() == text.len() {
        list.push((Event::Text(text), range));
    } else if !rest.is_empty() {
        list.push((Event::Text(rest.to_owned().into()), range));
    }
}

/// Whether what begins here is an element with a start and an end in the HTML, wherever it stands.
fn is_element(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Item
            | Tag::TableRow
            | Tag::TableCell
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Link { .. }
            | Tag::BlockQuote(_)
            | Tag::List(_)
    )
}

/// The index of the end that belongs to the start at `start`.
pub(crate) fn end_of(events: &[Spanned<'_>], start: usize) -> usize {
    let mut depth = 0_usize;
    for (index, (event, _)) in events.iter().enumerate().skip(start) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return index;
                }
            }
            _ => {}
        }
    }
    events.len().saturating_sub(1)
}

/// The text of a run of events: words and code, without tags.
pub(crate) fn text_of_events(events: &[Spanned<'_>]) -> String {
    let mut out = String::new();
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) => out.push_str(text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out
}
