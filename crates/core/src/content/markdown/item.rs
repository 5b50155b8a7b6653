//! What belongs to a list item: its first paragraph, the boxes below it, and everything else as text.

use std::ops::Range;

use super::{
    Block, BlockKind, Document, Traits,
    dedent::{Indent, dedent},
};

/// A boxed item with the plain bullet it stands below, where it does.
#[derive(Debug)]
pub(crate) struct Nested<'d, 'a> {
    pub item: &'d Block<'a>,
    /// The plain words of the bullet directly above.
    pub bullet: Option<String>,
}

/// The boxes below `blocks`, through plain bullets and quotes, but not the boxes below those boxes.
pub(crate) fn boxed_below<'d, 'a>(blocks: &'d [Block<'a>]) -> Vec<Nested<'d, 'a>> {
    let mut found = Vec::new();
    collect(blocks, None, &mut found);
    found
}

/// Longer bullets are text and no name of a group.
const MAX_GROUP: usize = 120;

/// The words with which a plain bullet names the boxes below it.
fn group_words(item: &Block<'_>) -> Option<String> {
    let first = item.children.first().filter(|block| block.kind == BlockKind::Paragraph)?;
    Some(first.plain()).filter(|words| !words.is_empty() && words.chars().count() <= MAX_GROUP)
}

fn collect<'d, 'a>(blocks: &'d [Block<'a>], bullet: Option<&str>, found: &mut Vec<Nested<'d, 'a>>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Item(Some(_)) => found.push(Nested { item: block, bullet: bullet.map(str::to_owned) }),
            BlockKind::Item(None) => {
                // A bullet names what is directly below it and not what is below its own bullets.
                collect(&block.children, group_words(block).as_deref(), found);
            }
            BlockKind::Details(summary) if !summary.is_empty() => collect(&block.children, Some(summary), found),
            _ => collect(&block.children, bullet, found),
        }
    }
}

impl<'a> Document<'a> {
    /// Where the text of a boxed item begins, in columns and quotes.
    pub(crate) fn item_indent(&self, item: &Block<'a>) -> Indent {
        let at = item.task().map_or(item.range.start, |task| task.at);
        self.indent_at(at)
    }

    /// The indent of a block whose text begins at byte `at`.
    pub(crate) fn indent_at(&self, at: usize) -> Indent {
        let line = self.lines.number(at);
        let before = &self.source[self.lines.start(line)..at];
        Indent { columns: self.lines.columns_before(at), quotes: before.matches('>').count() }
    }

    /// The lines of `region` without those of `drop`, dedented, with the definitions they need.
    pub(crate) fn text(&self, region: Range<usize>, drop: &[Range<usize>], indent: Indent) -> String {
        let mut drop = drop.to_vec();
        drop.sort_by_key(|lines| lines.start);
        let mut dropping = drop.iter().peekable();
        let mut kept: Vec<Range<usize>> = Vec::new();
        let mut text = String::new();
        for line in region {
            while dropping.next_if(|lines| lines.end <= line).is_some() {}
            if dropping.peek().is_some_and(|lines| lines.contains(&line)) {
                continue;
            }
            text.push_str(dedent(self.lines.text(line), indent).trim_end_matches('\r'));
            text.push('\n');
            match kept.last_mut() {
                Some(last) if last.end == line => last.end = line + 1,
                _ => kept.push(line..line + 1),
            }
        }
        let mut text = trim_blank_lines(&text).to_owned();
        let bytes: Vec<Range<usize>> =
            kept.iter().map(|lines| self.lines.start(lines.start)..self.lines.start(lines.end)).collect();
        self.append_definitions(&mut text, &bytes);
        text
    }

    /// The bytes of `range` as Markdown of its own: continuation lines dedented, definitions added.
    pub(crate) fn excerpt(&self, range: Range<usize>, indent: Indent) -> String {
        let mut text = String::new();
        for (number, line) in self.source[range.clone()].trim_end().lines().enumerate() {
            if number > 0 {
                text.push('\n');
                text.push_str(&dedent(line, indent));
            } else {
                text.push_str(line);
            }
        }
        self.append_definitions(&mut text, &[range]);
        text
    }

    /// A whole block as Markdown.
    pub(crate) fn block_text(&self, block: &Block<'a>) -> String {
        self.text(self.lines.span(&block.range), &[], self.indent_at(block.range.start))
    }

    fn append_definitions(&self, text: &mut String, kept: &[Range<usize>]) {
        if text.is_empty() {
            return;
        }
        let mut first = true;
        for place in kept.iter().flat_map(|range| self.references.needed(range)) {
            if kept.iter().any(|range| range.contains(&place.start)) {
                continue;
            }
            let definition = self.source[place].trim();
            let line = format!("\n{definition}");
            if !text.contains(&line) {
                text.push_str(if first { "\n" } else { "" });
                text.push_str(&line);
                first = false;
            }
        }
    }

    /// The lines that a plain bullet gives away when its words become the group of the boxes below
    /// it: only where the words are all it says.
    pub(crate) fn group_lines(&self, blocks: &[Block<'a>]) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        for block in blocks {
            if block.task().is_some() {
                continue;
            }
            if matches!(block.kind, BlockKind::Item(None))
                && names_boxes(block)
                && group_words(block).is_some()
                && let Some(first) = block.children.first()
                && !Traits::of(&first.inline).any()
            {
                lines.push(self.lines.span(&first.range));
            }
            lines.extend(self.group_lines(&block.children));
        }
        lines
    }
}

/// Whether a box stands below a plain bullet without another bullet in between.
fn names_boxes(item: &Block<'_>) -> bool {
    let mut lists = item.children.iter().filter(|block| block.kind == BlockKind::List);
    lists.any(|list| list.children.iter().any(|item| item.task().is_some()))
}

/// Takes blank lines off both ends and leaves the indent of the first line.
fn trim_blank_lines(text: &str) -> &str {
    let text = text.trim_end();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            break;
        }
        start += line.len();
    }
    &text[start..]
}
