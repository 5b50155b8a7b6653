//! Blocks with their places, built from pulldown-cmark's events.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::{
    Lines,
    details::fold_details,
    inline::{self, Inline},
    references::References,
};

/// Containers below this depth are read as if they stood at it: no list of a person is deeper, and
/// walking the tree must not exhaust the stack.
const MAX_DEPTH: usize = 96;

/// A Markdown text as blocks.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    pub source: &'a str,
    pub lines: Lines<'a>,
    pub blocks: Vec<Block<'a>>,
    pub references: References,
    /// Where the Markdown begins.
    pub start: usize,
    /// How many boxes the grammar found.
    pub boxes: u32,
}

/// One block. Ranges are bytes of the file.
#[derive(Debug)]
pub(crate) struct Block<'a> {
    pub kind: BlockKind<'a>,
    pub range: Range<usize>,
    /// Blocks inside a container.
    pub children: Vec<Block<'a>>,
    /// Inline events of a paragraph, heading, table, code or HTML block.
    pub inline: Vec<Inline<'a>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BlockKind<'a> {
    Paragraph,
    Heading(u8),
    List,
    /// A list item; with a box, whether it is checked and where its `[` stands.
    Item(Option<TaskBox>),
    Code {
        fenced: bool,
        info: CowStr<'a>,
    },
    Html,
    Quote,
    Table,
    Footnote(CowStr<'a>),
    /// A `<details>` section around other blocks, with its summary as plain text.
    Details(String),
    Rule,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TaskBox {
    pub checked: bool,
    pub at: usize,
}

impl<'a> Document<'a> {
    /// Reads the text from byte `start` on; everything before it is front matter.
    pub(crate) fn parse(source: &'a str, start: usize) -> Self {
        let mut missing = Vec::new();
        let mut note_missing = |link: BrokenLink<'a>| {
            // `[the lead]` alone is plain text far more often than a broken link.
            if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
                missing.push((link.span.start + start, link.reference.to_string()));
            }
            None
        };
        let options = Options::ENABLE_TASKLISTS
            | Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH;
        let parser = Parser::new_with_broken_link_callback(&source[start..], options, Some(&mut note_missing));
        let mut references = References::default();
        for (label, definition) in parser.reference_definitions().iter() {
            let range = definition.span.start + start..definition.span.end + start;
            references.define(label, range);
        }
        let mut builder = Builder::default();
        for (event, range) in parser.into_offset_iter() {
            builder.event(event, range.start + start..range.end + start);
        }
        let boxes = builder.boxes;
        let mut blocks = builder.finish();
        fold_details(&mut blocks);
        references.collect(&blocks);
        references.missing = missing;
        Self { source, lines: Lines::new(source), blocks, references, start, boxes }
    }
}

impl<'a> Block<'a> {
    fn new(kind: BlockKind<'a>, range: Range<usize>) -> Self {
        Self { kind, range, children: Vec::new(), inline: Vec::new() }
    }

    /// The box of a task-list item.
    pub(crate) fn task(&self) -> Option<TaskBox> {
        match self.kind {
            BlockKind::Item(task) => task,
            _ => None,
        }
    }

    /// Whether this block is a box or holds one.
    pub(crate) fn has_boxes(&self) -> bool {
        self.task().is_some() || self.children.iter().any(Block::has_boxes)
    }

    /// The words of a leaf block.
    pub(crate) fn plain(&self) -> String {
        inline::plain(&self.inline)
    }

    /// The words of a leaf block outside code spans, uncollapsed.
    pub(crate) fn plain_without_code(&self) -> String {
        inline::without_code(&self.inline)
    }

    /// Whether a paragraph is written as a heading: everything in it is strong.
    pub(crate) fn all_strong(&self) -> bool {
        self.kind == BlockKind::Paragraph && inline::all_strong(&self.inline)
    }
}

/// Turns the stream of events into a tree. `owners` has one entry for every open tag, so that the end
/// of a tag closes exactly the block it opened, or nothing where the tag opened none.
#[derive(Default)]
struct Builder<'a> {
    done: Vec<Block<'a>>,
    open: Vec<(u64, Block<'a>)>,
    owners: Vec<Option<u64>>,
    next: u64,
    implicit: Option<u64>,
    boxes: u32,
}

impl<'a> Builder<'a> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => match block_kind(&tag) {
                Some(kind) => self.start(kind, range),
                None if is_table_part(&tag) => self.owners.push(None),
                None => {
                    self.owners.push(None);
                    self.inline(Event::Start(tag), range);
                }
            },
            Event::End(end) => {
                let owner = self.owners.pop().flatten();
                match owner {
                    Some(id) => self.close(id),
                    None if is_inline_end(end) => self.inline(Event::End(end), range),
                    None => {}
                }
            }
            Event::Rule => {
                self.close_implicit();
                self.attach(Block::new(BlockKind::Rule, range));
            }
            Event::TaskListMarker(checked) => {
                self.boxes += 1;
                let item = self.open.iter_mut().rev().find(|(_, block)| matches!(block.kind, BlockKind::Item(None)));
                if let Some((_, item)) = item {
                    item.kind = BlockKind::Item(Some(TaskBox { checked, at: range.start }));
                }
            }
            other => self.inline(other, range),
        }
    }

    fn start(&mut self, kind: BlockKind<'a>, range: Range<usize>) {
        self.close_implicit();
        let container = matches!(kind, BlockKind::List | BlockKind::Quote | BlockKind::Footnote(_));
        if self.open.len() >= MAX_DEPTH {
            if container {
                self.owners.push(None);
                return;
            }
            while self.open.len() >= MAX_DEPTH {
                self.pop();
            }
        }
        self.push(kind, range);
        self.owners.push(Some(self.next));
    }

    fn push(&mut self, kind: BlockKind<'a>, range: Range<usize>) {
        self.next += 1;
        self.open.push((self.next, Block::new(kind, range)));
    }

    fn inline(&mut self, event: Event<'a>, range: Range<usize>) {
        let leaf = self.open.last().is_some_and(|(_, block)| {
            matches!(
                block.kind,
                BlockKind::Paragraph
                    | BlockKind::Heading(_)
                    | BlockKind::Code { .. }
                    | BlockKind::Html
                    | BlockKind::Table
            )
        });
        if !leaf {
            // The text of a tight item stands directly in it.
            self.push(BlockKind::Paragraph, range.clone());
            self.implicit = Some(self.next);
        }
        let (_, block) = self.open.last_mut().expect("a leaf block is open");
        block.range.end = block.range.end.max(range.end);
        block.inline.push((event, range));
    }

    fn close_implicit(&mut self) {
        if let Some(id) = self.implicit.take() {
            self.close(id);
        }
    }

    fn close(&mut self, id: u64) {
        if self.implicit.is_some_and(|implicit| implicit != id) {
            self.close_implicit();
        }
        if self.open.iter().any(|(open, _)| *open == id) {
            while self.pop() != id {}
        }
    }

    fn pop(&mut self) -> u64 {
        let (id, block) = self.open.pop().expect("only open blocks are closed");
        if self.implicit == Some(id) {
            self.implicit = None;
        }
        self.attach(block);
        id
    }

    fn attach(&mut self, block: Block<'a>) {
        match self.open.last_mut() {
            Some((_, parent)) => {
                parent.range.end = parent.range.end.max(block.range.end);
                parent.children.push(block);
            }
            None => self.done.push(block),
        }
    }

    fn finish(mut self) -> Vec<Block<'a>> {
        while !self.open.is_empty() {
            self.pop();
        }
        self.done
    }
}

fn block_kind<'a>(tag: &Tag<'a>) -> Option<BlockKind<'a>> {
    Some(match tag {
        Tag::Paragraph => BlockKind::Paragraph,
        Tag::Heading { level, .. } => BlockKind::Heading(heading_level(*level)),
        Tag::BlockQuote(_) => BlockKind::Quote,
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => BlockKind::Code { fenced: true, info: info.clone() },
        Tag::CodeBlock(CodeBlockKind::Indented) => BlockKind::Code { fenced: false, info: CowStr::Borrowed("") },
        Tag::HtmlBlock => BlockKind::Html,
        Tag::List(_) => BlockKind::List,
        Tag::Item => BlockKind::Item(None),
        Tag::FootnoteDefinition(label) => BlockKind::Footnote(label.clone()),
        Tag::Table(_) => BlockKind::Table,
        _ => return None,
    })
}

fn is_table_part(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::TableHead | Tag::TableRow | Tag::TableCell)
}

fn is_inline_end(end: TagEnd) -> bool {
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

fn heading_level(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
