//! The block pass: takes the containers that plain Markdown does not know out of a text.
//!
//! Each container leaves one line in its place, an HTML comment that no author can write because it
//! carries the page's nonce. So the Markdown around it keeps its structure (an admonition inside a
//! list item stays inside it), and the container's body goes through the same pass by itself.

mod admonition;
mod alert;
mod context;
mod html;
pub(crate) mod lines;
mod note;
mod pipes;
mod tabs;

use context::{Belongs, Lists, Verbatim};
use lines::{Line, Lines};

/// Containers inside containers; deeper ones stay text.
const MAX_DEPTH: usize = 24;

/// A text with its containers taken out.
#[derive(Debug, Default)]
pub(crate) struct Chunk {
    /// The Markdown, with one placeholder line for each container.
    pub(crate) lines: Lines,
    /// The containers by the number in their placeholder.
    pub(crate) containers: Vec<Container>,
}

/// A container and the lines it was made from.
#[derive(Debug)]
pub(crate) struct Container {
    /// What it is.
    pub(crate) kind: Kind,
    /// The author's lines, for the case that the place turns out to be code.
    pub(crate) source: String,
}

/// What a container is.
#[derive(Debug)]
pub(crate) enum Kind {
    /// `!!! note "Title"`, `??? note`, `> [!NOTE] Title`.
    Admonition {
        /// The type, and further classes such as `inline`.
        classes: Vec<String>,
        /// The title as Markdown; none when the author asked for none.
        title: Option<String>,
        /// Whether and how it folds.
        fold: Fold,
        /// What is inside.
        body: Chunk,
    },
    /// `=== "Title"`, one or more in a row.
    Tabs(Vec<Tab>),
    /// `<div markdown>`: the tags as written, Markdown between them.
    Html {
        /// The opening tag without its `markdown` attribute.
        open: String,
        /// The element's name.
        tag: String,
        /// Whether the content is one run of text instead of blocks.
        span: bool,
        /// What is inside.
        body: Chunk,
    },
    /// `[TOC]`.
    Contents,
    /// Something that this engine leaves out, and what to tell the reader about it.
    Note(String),
}

/// Whether a container folds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fold {
    /// Always shown.
    Never,
    /// Folds, and is folded at first.
    Closed,
    /// Folds, and is open at first.
    Open,
}

/// One content tab.
#[derive(Debug)]
pub(crate) struct Tab {
    /// The label as Markdown.
    pub(crate) title: String,
    /// Whether the author asked for it to be shown first.
    pub(crate) selected: bool,
    /// What is inside.
    pub(crate) body: Chunk,
}

/// Runs the pass over the text of a file whose first line is line `first`.
pub(crate) fn split(text: &str, first: u32, nonce: &str) -> Chunk {
    Pass { nonce, depth: 0 }.run(&Line::split(text, first))
}

/// The line that stands for container `index`.
pub(crate) fn placeholder(nonce: &str, index: usize) -> String {
    format!("<!--{nonce}/{index}-->")
}

/// The container that a placeholder stands for.
pub(crate) fn placeholder_number(html: &str, nonce: &str) -> Option<usize> {
    html.strip_prefix("<!--")?.strip_prefix(nonce)?.strip_prefix('/')?.strip_suffix("-->")?.parse().ok()
}

/// What a recogniser found at a line.
struct Found {
    kind: Kind,
    /// How many lines it takes.
    lines: usize,
    /// What is left of the last line, if anything.
    rest: Option<(usize, usize)>,
}

#[derive(Clone, Copy)]
struct Pass<'a> {
    nonce: &'a str,
    depth: usize,
}

impl Pass<'_> {
    /// The same pass, one container deeper.
    fn inside(self, lines: &[Line<'_>]) -> Chunk {
        Pass { depth: self.depth + 1, ..self }.run(lines)
    }

    fn run(self, lines: &[Line<'_>]) -> Chunk {
        let mut chunk = Chunk::default();
        let mut lists = Lists::default();
        let mut verbatim: Option<Verbatim> = None;
        let mut html = html::Search::new(lines.len());
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            at += 1;
            if let Some(region) = &verbatim {
                let end = region.end(line);
                if end != Some(Belongs::No) {
                    chunk.lines.push(&line.text, line.at);
                    if end.is_some() {
                        verbatim = None;
                    }
                    continue;
                }
                verbatim = None;
            }
            if line.is_blank() {
                lists.blank();
                chunk.lines.push(&line.text, line.at);
                continue;
            }
            let offset = lists.enter(line);
            let indented_code = line.indent() - offset > 3;
            if !indented_code {
                if let Some(region) = Verbatim::open(line, offset) {
                    lists.open(line);
                    verbatim = Some(region);
                    chunk.lines.push(&line.text, line.at);
                    continue;
                }
                if self.depth < MAX_DEPTH
                    && let Some(found) = self.recognise(&lines[at - 1..], &mut html)
                {
                    let taken = found.lines;
                    self.place(&mut chunk, &lines[at - 1..], found);
                    at += taken - 1;
                    continue;
                }
                lists.open(line);
            }
            pipes::push(&mut chunk.lines, lines, at - 1);
        }
        chunk
    }

    /// The container that starts at the first of `lines`.
    fn recognise(self, lines: &[Line<'_>], html: &mut html::Search) -> Option<Found> {
        match lines[0].text.trim_start().as_bytes().first()? {
            b'!' | b'?' => admonition::recognise(self, lines),
            b'=' => tabs::recognise(self, lines),
            b'>' => alert::recognise(self, lines),
            b'<' => html::recognise(self, lines, html),
            b'[' | b'-' | b';' => note::recognise(lines),
            _ => None,
        }
    }

    /// Puts the placeholder in, and what is left of the container's last line.
    fn place(self, chunk: &mut Chunk, lines: &[Line<'_>], found: Found) {
        let first = &lines[0];
        let mut line = " ".repeat(first.indent());
        line.push_str(&placeholder(self.nonce, chunk.containers.len()));
        chunk.lines.push(&line, first.at);
        if let Some((from, to)) = found.rest {
            let rest = lines[found.lines - 1].part(from, to);
            chunk.lines.push(&rest.text, rest.at);
        }
        let source = lines[..found.lines].iter().map(|line| &*line.text).collect::<Vec<_>>().join("\n");
        chunk.containers.push(Container { kind: found.kind, source });
    }
}

/// The lines after the first that are indented by `columns` more than the first, without that
/// indentation; blank lines at the end are left outside.
fn indented_body<'a>(lines: &[Line<'a>], columns: usize) -> Vec<Line<'a>> {
    let indent = lines[0].indent() + columns;
    let mut body: Vec<Line<'a>> = lines[1..]
        .iter()
        .take_while(|line| line.is_blank() || line.indent() >= indent)
        .map(|line| line.dedent(indent))
        .collect();
    while body.last().is_some_and(Line::is_blank) {
        body.pop();
    }
    body
}
