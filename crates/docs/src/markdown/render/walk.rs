//! The way through a text's events, and what is known on it.

use pulldown_cmark::{CowStr, Event, Tag};

use super::{LINE_GUARD, tables};
use crate::{blocks::Chunk, markdown::parse::Spanned};

/// The state of one text's rendering.
pub(super) struct Walk<'c, 't> {
    pub(super) chunk: &'c Chunk,
    pub(super) events: Vec<Spanned<'t>>,
    /// Open elements, containers around this text included.
    pub(super) depth: usize,
    pub(super) out: Vec<Event<'t>>,
    pub(super) in_link: usize,
    /// What each open run between tildes became.
    pub(super) struck: Vec<&'static str>,
    pub(super) table: tables::State,
    /// By depth: where in `out` the last block began, and how many figures there were.
    pub(super) blocks: Vec<(usize, usize)>,
    /// The depth at which paragraphs are terms and lists say what they mean.
    pub(super) terms: Option<usize>,
}

impl<'c, 't> Walk<'c, 't> {
    pub(super) fn new(chunk: &'c Chunk, events: Vec<Spanned<'t>>, depth: usize) -> Self {
        Self {
            chunk,
            events,
            depth,
            out: Vec::new(),
            in_link: 0,
            struck: Vec::new(),
            table: tables::State::default(),
            blocks: Vec::new(),
            terms: None,
        }
    }

    /// Takes the guard off the start of a line.
    pub(super) fn take_guard(&mut self) {
        let first = self.events.iter_mut().find_map(|(event, _)| match event {
            Event::Text(text) => Some(text),
            _ => None,
        });
        if let Some(text) = first
            && let Some(rest) = text.strip_prefix(LINE_GUARD).map(str::to_owned)
        {
            *text = rest.into();
        }
    }

    /// Takes note of a block that begins here.
    pub(super) fn begin_block(&mut self, figures: usize) {
        self.blocks.resize(self.depth + 1, (self.out.len(), figures));
        self.blocks[self.depth] = (self.out.len(), figures);
    }

    /// Where the last block beside this place began.
    pub(super) fn sibling(&self) -> (usize, usize) {
        self.blocks.get(self.depth).copied().unwrap_or((self.out.len(), usize::MAX))
    }

    /// Adds HTML as it is. (Short texts and those of this program take no memory of their own.)
    pub(super) fn push(&mut self, html: impl Into<CowStr<'t>>) {
        self.out.push(Event::InlineHtml(html.into()));
    }
}

/// Whether an element is a block that a caption may be about; raw HTML and containers say so themselves.
pub(super) fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::List(_)
            | Tag::Table(_)
            | Tag::DefinitionList
    )
}

/// The index of the end that belongs to the start that was taken from `at`.
pub(super) fn end_of_block(events: &[Spanned<'_>], at: usize) -> usize {
    // The start itself is gone, so the search begins inside it, one level deep.
    let mut depth = 1_usize;
    for (index, (event, _)) in events.iter().enumerate().skip(at + 1) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => {
                depth -= 1;
                if depth == 0 {
                    return index;
                }
            }
            _ => {}
        }
    }
    events.len().saturating_sub(1)
}
