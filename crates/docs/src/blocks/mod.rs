//! The block pass: takes the containers that plain Markdown does not know out of a text.
//!
//! Each container leaves one line in its place, an HTML comment that no author can write because it
//! carries the page's nonce. So the Markdown around it keeps its structure (an admonition inside a
//! list item stays inside it), and the container's body goes through the same pass by itself.

mod admonition;
mod alert;
mod caption;
mod context;
mod critic;
mod fancy;
mod html;
mod kind;
pub(crate) mod lines;
mod math;
mod note;
mod pipes;
mod placeholder;
mod progress;
mod repairs;
mod slashes;
mod snippets;
mod tabs;

use std::{borrow::Cow, collections::BTreeMap};

pub(crate) use caption::Caption;
use context::{Belongs, Lists, Verbatim};
pub(crate) use fancy::Counting;
use fancy::Forced;
pub(crate) use kind::{Container, Fold, Kind, Tab};
use lines::{Line, Lines};
use pipes::{Repair, Rows};
use placeholder::placeholder;
pub(crate) use placeholder::{next_word, placeholder_number};
use waymark_core::diagnostic::Position;

use crate::{config::Dialect, markdown::definition};

/// Containers inside containers; deeper ones stay text.
const MAX_DEPTH: usize = 16;

/// A text with its containers taken out.
#[derive(Debug, Default)]
pub(crate) struct Chunk {
    /// The Markdown, with one placeholder line for each container.
    pub(crate) lines: Lines,
    /// The containers by the number in their placeholder.
    pub(crate) containers: Vec<Container>,
    /// Definitions of abbreviations: label and meaning.
    pub(crate) abbreviations: Vec<(String, String)>,
    /// Snippets that were not found, by the place of their marker.
    pub(crate) missing: Vec<(Position, String)>,
    /// How ordered lists count, by the offset of their first marker, where a site's lists may count in
    /// more than numbers.
    pub(crate) counting: BTreeMap<usize, Counting>,
}

/// What a page's text is read in: its site's settings, and the files that it may bring in.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// The settings of the site's Markdown.
    pub dialect: &'a Dialect,
    /// Texts that snippets may name, by path relative to the configuration; `None` when they are not at
    /// hand, and then a snippet leaves a notice in its place.
    pub files: Option<&'a BTreeMap<String, String>>,
}

static PLAIN: Dialect = Dialect::PLAIN;

impl Surroundings<'static> {
    /// No settings, and no files at hand.
    pub const NONE: Self = Self { dialect: &PLAIN, files: None };
}

/// Runs the pass over the text of a file whose first line is line `first`.
pub(crate) fn split(text: &str, first: u32, nonce: &str, around: Surroundings<'_>) -> Chunk {
    let mut lines = Line::split(text, first);
    let mut missing = Vec::new();
    if let Some(files) = around.files {
        (lines, missing) = snippets::expand(lines, snippets::Snippets { files, dialect: around.dialect });
    }
    let chunk =
        Pass { nonce, depth: 0, span: false, in_html: false, forced: None, dialect: around.dialect }.run(&lines);
    Chunk { missing, ..chunk }
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
    /// Whether the text stands in an element that asked for a run of text.
    span: bool,
    /// Whether the text stands right in an element that asked for Markdown.
    in_html: bool,
    /// What is said about the list that the text begins with.
    forced: Option<Forced>,
    dialect: &'a Dialect,
}

impl Pass<'_> {
    /// The same pass, one container deeper.
    fn inside(self, lines: &[Line<'_>]) -> Box<Chunk> {
        Box::new(Pass { depth: self.depth + 1, in_html: false, forced: None, ..self }.run(lines))
    }

    fn run(self, lines: &[Line<'_>]) -> Chunk {
        // What is left of a container's last line takes that line's place.
        let mut lines = Cow::Borrowed(lines);
        let mut chunk = Chunk::default();
        let mut lists = Lists::default();
        let mut fancy = self.dialect.fancy_lists.map(|lists| fancy::Lists::new(lists, self.forced));
        let mut rows = Rows::default();
        let mut verbatim: Option<Verbatim> = None;
        let mut html = html::Search::new(lines.len());
        let mut comments = html::Comments::default();
        let mut at = 0;
        while let Some(mut line) = lines.get(at).cloned() {
            at += 1;
            if let Some(region) = &verbatim {
                let end = region.end(&line);
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
                fancy.iter_mut().for_each(fancy::Lists::blank);
                chunk.lines.push(&line.text, line.at);
                continue;
            }
            let offset = lists.enter(&line);
            let indented_code = line.indent() - offset > 3;
            if let Some(fancy) = fancy.as_mut().filter(|_| !indented_code) {
                let start = chunk.lines.text().len();
                let (found, numbered) = fancy.enter(&line, offset);
                chunk.counting.extend(found.into_iter().map(|(marker, counting)| (start + marker, counting)));
                if let Some(numbered) = numbered {
                    lines.to_mut()[at - 1] = numbered.clone();
                    line = numbered;
                }
            }
            if indented_code && let Some(nearer) = lists.code(&line, offset) {
                lines.to_mut()[at - 1] = nearer.clone();
                line = nearer;
            }
            let line = &line;
            if !indented_code {
                let region = Verbatim::open(line, offset);
                if region.as_ref().is_some_and(|region| region.is_comment() && !comments.end_behind(&lines, at)) {
                    // Without an end it is text: all that follows would be lost.
                    let text = line.text.replacen('<', "\\<", 1);
                    chunk.lines.push(&text, line.at);
                    continue;
                }
                if let Some(region) = region {
                    if region.is_fence() && html::is_open_before(&lines[..at - 1]) {
                        // Markdown would read on as raw HTML up to the next blank line.
                        chunk.lines.push("", line.at);
                    }
                    lists.open(line);
                    fancy.iter_mut().for_each(|fancy| fancy.other(line));
                    verbatim = Some(region);
                    chunk.lines.push(&line.text, line.at);
                    continue;
                }
                if self.depth < MAX_DEPTH
                    && let Some(found) = self.recognise(&lines[at - 1..], &mut html)
                {
                    fancy.iter_mut().for_each(|fancy| fancy.other(line));
                    let last = at + found.lines - 2;
                    let rest = found.rest.map(|(from, to)| lines[last].part(from, to));
                    self.place(&mut chunk, &lines[at - 1..], found);
                    at = last + 1;
                    if let Some(rest) = rest {
                        lines.to_mut()[last] = rest;
                        at = last;
                    }
                    continue;
                }
                if self.depth < MAX_DEPTH
                    && let Some(found) = self.definition(&lines, at - 1)
                {
                    let taken = found.lines;
                    self.place(&mut chunk, &lines[at - 1..], found);
                    at += taken - 1;
                    continue;
                }
                if let Some((marker, virtual_line)) = behind_marker(line) {
                    // A container that is the first thing in an item stands in the marker's line.
                    lines.to_mut()[at - 1] = virtual_line;
                    let found = match self.depth < MAX_DEPTH {
                        true => self.recognise(&lines[at - 1..], &mut html).filter(|found| found.rest.is_none()),
                        false => None,
                    };
                    lines.to_mut()[at - 1] = line.clone();
                    if let Some(found) = found {
                        lists.open(line);
                        let text = format!("{marker}{}", placeholder(self.nonce, chunk.containers.len()));
                        chunk.lines.push(&text, line.at);
                        at += found.lines - 1;
                        chunk.containers.push(container(&lines[at - found.lines..at], found));
                        continue;
                    }
                }
                if let Some(split) = html::behind_other_tags(&line.text) {
                    let (before, rest) = (line.part(0, split), line.part(split, line.text.len()));
                    chunk.lines.push(&before.text, before.at);
                    at -= 1;
                    lines.to_mut()[at] = rest;
                    continue;
                }
                if let Some((label, meaning, taken)) = abbreviation(&lines[at - 1..]) {
                    chunk.abbreviations.push((label, meaning));
                    // A blank line keeps what stands before and behind apart.
                    chunk.lines.push("", line.at);
                    lists.blank();
                    at += taken - 1;
                    continue;
                }
                lists.open(line);
            }
            // A heading stands for itself, so what follows it follows nothing.
            let apart = |line: &Line<'_>| line.is_blank() || line.text.starts_with('#');
            let after_blank = at < 2 || lines.get(at - 2).is_none_or(apart);
            let repair = match (indented_code, after_blank) {
                (true, _) => Repair::None,
                (false, _) if self.dialect.spaced_headings => Repair::NoHeading,
                (false, true) => Repair::AfterBlank,
                (false, false) => Repair::Inside,
            };
            if !indented_code && let Some((text, more)) = critic::replaced(self.dialect.critic, &lines[at - 1..]) {
                let last = at - 1 + more;
                lines.to_mut()[last] = Line { text: text.into(), at: line.at };
                at = last + 1;
            }
            if !indented_code && let Some((text, more)) = self.formulas(&lines[at - 1..], &mut chunk) {
                let last = at - 1 + more;
                // A formula of several lines brings what stands behind it up to its first one.
                lines.to_mut()[last] = Line { text: text.into(), at: line.at };
                at = last + 1;
            }
            rows.push(&mut chunk.lines, &lines, at - 1, repair);
            if self.in_html && !indented_code && html::ends_before(&lines, at) {
                // Where an element asked for Markdown, raw HTML ends with its element as MkDocs reads it.
                chunk.lines.push("", lines[at - 1].at);
            }
        }
        chunk
    }

    /// The container that starts at the first of `lines`.
    fn recognise(self, lines: &[Line<'_>], html: &mut html::Search) -> Option<Found> {
        match lines[0].text.trim_start().as_bytes().first()? {
            b'!' | b'?' => admonition::recognise(self, lines),
            b'=' => tabs::recognise(self, lines),
            b'>' => alert::recognise(self, lines).or_else(|| alert::quote(self, lines)),
            b'<' => html::recognise(self, lines, html),
            b'/' => slashes::recognise(self, lines, html),
            b'[' if self.dialect.progress_bars && lines[0].text.trim_start().starts_with("[=") => {
                progress::recognise(lines)
            }
            b'[' | b'-' | b';' => note::recognise(lines, self.contents_marker()),
            b'{' if lines[0].text.trim() == self.contents_marker() => note::recognise(lines, self.contents_marker()),
            b'{' => critic::recognise(self, lines, html),
            b'$' | b'\\' => math::recognise(self.dialect.math?, lines),
            _ => None,
        }
    }

    /// The line that stands for the table of contents.
    fn contents_marker(&self) -> &str {
        self.dialect.headings.as_ref().map_or("[TOC]", |headings| headings.marker.as_str())
    }

    /// The definition on line `at`, if all that stands before it is a comment: macros of themes put their
    /// terms there.
    fn definition(self, lines: &[Line<'_>], at: usize) -> Option<Found> {
        let first = &lines[at];
        let marker = context::markers(&first.text);
        if first.text[..marker].trim() != ":" {
            return None;
        }
        let term = lines[..at].iter().rev().take(2).find(|line| !line.is_blank())?.text.trim();
        if !(term.starts_with("<!--") && term.ends_with("-->")) {
            return None;
        }
        let mut body = vec![first.part(marker, first.text.len())];
        body.extend(indented_body(&lines[at..], 4));
        let taken = body.len();
        Some(Found { kind: Kind::Definition(self.inside(&body)), lines: taken, rest: None })
    }

    /// Puts the placeholder in.
    fn place(self, chunk: &mut Chunk, lines: &[Line<'_>], found: Found) {
        let first = &lines[0];
        let mut line = " ".repeat(first.indent());
        line.push_str(&placeholder(self.nonce, chunk.containers.len()));
        chunk.lines.push(&line, first.at);
        chunk.containers.push(container(&lines[..found.lines], found));
    }
}

/// The container made from `lines`.
fn container(lines: &[Line<'_>], found: Found) -> Container {
    let source = lines.iter().map(|line| &*line.text).collect::<Vec<_>>().join("\n");
    Container { kind: found.kind, source }
}

/// The list markers in front of a container's first line, and that line as if it stood below them.
fn behind_marker<'a>(line: &Line<'a>) -> Option<(String, Line<'a>)> {
    let length = context::markers(&line.text);
    let (marker, rest) = line.text.split_at(length);
    let opens = ["!!! ", "??? ", "???+ ", "=== \"", "/// "].iter().any(|start| rest.starts_with(start));
    if marker.trim().is_empty() || !opens {
        return None;
    }
    let column = lines::columns(marker);
    let text = format!("{}{rest}", " ".repeat(column));
    Some((marker.to_owned(), Line { text: text.into(), at: line.at }))
}

/// The definition of an abbreviation on the first of `lines`, and how many lines it takes.
fn abbreviation(lines: &[Line<'_>]) -> Option<(String, String, usize)> {
    let (label, meaning) = definition(&lines[0].text)?;
    if !meaning.is_empty() {
        return Some((label.to_owned(), meaning.to_owned(), 1));
    }
    let next = lines.get(1).filter(|next| !next.is_blank())?;
    Some((label.to_owned(), next.text.trim().to_owned(), 2))
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
