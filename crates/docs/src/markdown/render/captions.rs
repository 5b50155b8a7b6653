//! Captions: the figure around what a caption is about, and the numbers of all figures of a page.

use std::collections::HashMap;

use super::{Renderer, Walk, escape};
use crate::{
    blocks::Caption,
    config::Captions,
    markdown::parse::TooDeep,
    page::marks::{Mark, Marks},
};

/// The figures of a page, in the order in which they end.
#[derive(Debug, Default)]
pub(super) struct Figures {
    list: Vec<Figure>,
    /// Those that are in no other figure.
    roots: Vec<usize>,
}

#[derive(Debug)]
struct Figure {
    name: String,
    prefix: Option<String>,
    number: Option<Vec<u32>>,
    level: Option<u32>,
    /// Numbers of the marks of the id, if the author gave none, and of the prefix.
    marks: (Option<usize>, usize),
    /// Figures inside one another, this one included.
    depth: usize,
    inside: Vec<usize>,
}

/// Figures inside one another; a caption beyond is a paragraph.
const MAX_DEPTH: usize = 12;

impl Renderer<'_> {
    /// Puts what was written last, and the caption, into a figure.
    pub(super) fn caption(&mut self, walk: &mut Walk<'_, '_>, caption: &Caption) -> Result<(), TooDeep> {
        let (start, figures) = walk.sibling();
        let deepest = self.figures.roots.iter().rev().take_while(|figure| **figure >= figures);
        let depth = deepest.map(|figure| self.figures.list[*figure].depth).max().unwrap_or(0);
        if depth >= MAX_DEPTH {
            // Each figure takes in all that was written for those inside it.
            walk.begin_block(self.figures.count());
            let body = self.chunk(&caption.body, walk.depth + 3)?;
            walk.out.push(pulldown_cmark::Event::Html(body.into()));
            return Ok(());
        }
        let before: Vec<_> = walk.out.drain(start.min(walk.out.len())..).collect();
        let mut about = String::new();
        pulldown_cmark::html::push_html(&mut about, before.into_iter());
        let body = self.chunk(&caption.body, walk.depth + 3)?;
        let prefix = self.marks.len();
        let mark = self.marks.add(Mark::Prefix(None));
        let text = with_prefix(body.trim_end(), &format!("<wbr id=\"{mark}\">"));
        let text = format!("<figcaption>\n{text}\n</figcaption>\n");
        let mut id = None;
        let mut attrs = caption.attrs.clone();
        let shared = match (attrs.id.is_some() || !self.settings.ids, caption.prefix.is_some()) {
            (false, true) => {
                id = Some(self.marks.len());
                let mark = self.marks.add(Mark::Nothing);
                format!(" id=\"{mark}\"{}", self.shared(&attrs))
            }
            _ => self.shared(&attrs),
        };
        let inside: Vec<usize> = {
            let at = self.figures.roots.partition_point(|figure| *figure < figures);
            self.figures.roots.split_off(at)
        };
        let html = match existing(&about) {
            // A figure without a caption gets this one.
            Some((open, rest)) => {
                let (own, kept) = classes(open);
                attrs.classes.extend(own.into_iter().filter(|class| !caption.attrs.classes.contains(class)));
                let class = attrs.classes.join(" ");
                let class = if class.is_empty() { class } else { format!(" class=\"{}\"", escape(&class)) };
                attrs.classes.clear();
                let id = id.map(|id| format!(" id=\"{}\"", self.marks.value(id))).unwrap_or_default();
                let id = if kept.contains(" id=") { String::new() } else { id };
                let rest = rest.trim_end().strip_suffix("</figure>").unwrap_or(rest);
                let (above, below) = if caption.above { (text.as_str(), "") } else { ("", text.as_str()) };
                format!("<figure{kept}{id}{class}>\n{above}{}{below}</figure>\n", rest.trim_start_matches('\n'))
            }
            None if caption.above => format!("<figure{shared}>\n{text}{about}</figure>\n"),
            None => format!("<figure{shared}>\n{about}{text}</figure>\n"),
        };
        self.figures.roots.push(self.figures.list.len());
        self.figures.list.push(Figure {
            name: caption.name.clone(),
            prefix: caption.prefix.clone(),
            number: caption.number.clone(),
            level: caption.level,
            marks: (id, prefix),
            depth: depth + 1,
            inside,
        });
        walk.out.push(pulldown_cmark::Event::Html(html.into()));
        Ok(())
    }
}

/// The caption's text with something before its first words.
fn with_prefix(html: &str, prefix: &str) -> String {
    match html.trim_start().strip_prefix("<p>") {
        Some(rest) => format!("<p>{prefix}{rest}"),
        None => format!("<p>{prefix}</p>\n{html}"),
    }
}

/// The attributes and the rest of a figure that has no caption yet, if that is all of `html`.
fn existing(html: &str) -> Option<(&str, &str)> {
    let inside = html.trim().strip_prefix("<figure")?;
    let (open, rest) = inside.split_once('>')?;
    let fits = (open.is_empty() || open.starts_with(' '))
        && rest.ends_with("</figure>")
        && rest.matches("</figure>").count() == 1
        && !rest.contains("<figcaption");
    fits.then_some((open, rest))
}

/// The classes of an opening tag's attributes, and what else there is.
fn classes(open: &str) -> (Vec<String>, String) {
    let Some((before, rest)) = open.split_once(" class=\"") else { return (Vec::new(), open.to_owned()) };
    let (classes, after) = rest.split_once('"').unwrap_or((rest, ""));
    (classes.split_whitespace().map(str::to_owned).collect(), format!("{before}{after}"))
}

impl Figures {
    /// How many figures there are so far.
    pub(super) fn count(&self) -> usize {
        self.list.len()
    }

    /// Gives every figure its number, outer ones first, and writes it behind its marks.
    pub(super) fn number(&self, settings: &Captions, marks: &mut Marks) {
        let mut counters: HashMap<&str, Vec<u32>> = HashMap::new();
        // Each with how deep it is in figures of each type.
        let mut todo: Vec<(usize, HashMap<&str, usize>)> =
            self.roots.iter().rev().map(|figure| (*figure, HashMap::new())).collect();
        while let Some((at, mut depths)) = todo.pop() {
            let figure = &self.list[at];
            let mut depth = depths.get(figure.name.as_str()).copied().unwrap_or(0);
            if let Some(level) = figure.level {
                depth += level as usize;
            }
            if let Some(number) = &figure.number {
                depth = number.len() - 1;
            }
            let counter = counters.entry(&figure.name).or_default();
            count(counter, depth, figure.number.as_deref());
            let level = depth as u32 + 1;
            let wanted = match settings.auto {
                _ if figure.number.is_some() || figure.level.is_some() => true,
                auto => auto && (settings.auto_level == 0 || level <= settings.auto_level),
            };
            if let Some(prefix) = figure.prefix.as_ref().filter(|_| wanted) {
                let text = |mark: &str| counter.iter().map(u32::to_string).collect::<Vec<_>>().join(mark);
                marks.set(figure.marks.1, Mark::Prefix(Some(prefix.replacen("{}", &text("."), 1))));
                if let Some(id) = figure.marks.0 {
                    marks.set(id, Mark::Id(format!("__{}_{}", figure.name, text("_"))));
                }
            }
            depths.insert(&figure.name, depth + 1);
            todo.extend(figure.inside.iter().rev().map(|inner| (*inner, depths.clone())));
        }
    }
}

/// Counts one more figure at `depth`; a number of the author's own counts if it is not behind already.
fn count(counter: &mut Vec<u32>, depth: usize, own: Option<&[u32]>) {
    if depth >= counter.len() {
        counter.resize(depth + 1, 1);
    } else {
        counter.truncate(depth + 1);
        counter[depth] = counter[depth].saturating_add(1);
    }
    if let Some(own) = own.filter(|own| *own > counter.as_slice()) {
        own.clone_into(counter);
    }
}
