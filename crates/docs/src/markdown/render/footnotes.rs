//! Footnotes: numbered in the order of their references, printed at the end of the page.

use std::collections::HashMap;

use pulldown_cmark::Event;

use super::{Renderer, Walk, escape};
use crate::{
    links::Target,
    markdown::parse::TooDeep,
    page::marks::{Mark, Marks},
};

/// The notes of a page.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    notes: Vec<Note>,
    numbers: HashMap<String, usize>,
}

#[derive(Debug)]
struct Note {
    label: String,
    html: Option<String>,
    references: u32,
}

impl Footnotes {
    fn number(&mut self, label: &str) -> usize {
        if let Some(number) = self.numbers.get(label) {
            return *number;
        }
        self.notes.push(Note { label: label.to_owned(), html: None, references: 0 });
        self.numbers.insert(label.to_owned(), self.notes.len() - 1);
        self.notes.len() - 1
    }

    /// The HTML of a reference.
    pub(super) fn reference(&mut self, label: &str, marks: &mut Marks, ids: bool) -> String {
        let number = self.number(label);
        let note = &mut self.notes[number];
        note.references += 1;
        let href = marks.add(Mark::Link(Target::Anchor(format!("fn:{label}"))));
        let id = match (ids, note.references) {
            (false, _) => String::new(),
            (true, 1) => format!(" id=\"{}\"", marks.add(Mark::Id(format!("fnref:{label}")))),
            (true, count) => format!(" id=\"{}\"", marks.add(Mark::Id(format!("fnref{count}:{label}")))),
        };
        let number = number + 1;
        if !ids {
            return format!("<sup>{number}</sup>");
        }
        format!("<sup{id}><a class=\"footnote-ref\" href=\"{href}\">{number}</a></sup>")
    }

    /// Writes all notes that have a text.
    pub(super) fn write(&mut self, html: &mut String, marks: &mut Marks, ids: bool) {
        if self.notes.iter().all(|note| note.html.is_none()) {
            return;
        }
        html.push_str("<div class=\"footnote\">\n<hr>\n<ol>\n");
        for note in &self.notes {
            let body = note.html.as_deref().unwrap_or_default();
            if !ids {
                html.push_str(&format!("<li>{body}</li>\n"));
                continue;
            }
            let id = marks.add(Mark::Id(format!("fn:{}", note.label)));
            let back = marks.add(Mark::Link(Target::Anchor(format!("fnref:{}", note.label))));
            let back = if note.references == 0 {
                String::new()
            } else {
                format!(" <a class=\"footnote-backref\" href=\"{back}\" title=\"{}\">↩</a>", escape("Back to the text"))
            };
            // The way back stands at the end of the note's last paragraph.
            let body = match body.trim_end().strip_suffix("</p>") {
                Some(start) => format!("{start}{back}</p>"),
                None => format!("{body}{back}"),
            };
            html.push_str(&format!("<li id=\"{id}\">{body}</li>\n"));
        }
        html.push_str("</ol>\n</div>\n");
    }
}

impl Renderer<'_> {
    /// Renders the definition whose content is the events from `from` to `to`, and keeps it.
    pub(super) fn footnote(
        &mut self,
        walk: &mut Walk<'_, '_>,
        label: &str,
        from: usize,
        to: usize,
    ) -> Result<(), TooDeep> {
        let before = std::mem::take(&mut walk.out);
        let mut at = from;
        while at < to {
            at = self.event(walk, at)?;
        }
        let mut html = String::new();
        let inside: Vec<Event<'_>> = std::mem::replace(&mut walk.out, before);
        pulldown_cmark::html::push_html(&mut html, inside.into_iter());
        let number = self.footnotes.number(label);
        self.footnotes.notes[number].html = Some(html);
        Ok(())
    }
}
