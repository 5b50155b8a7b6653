//! Footnotes: numbered in the order in which they are written down, or in that of their references, and
//! printed at the end of the page.

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

    /// Gives the notes with these labels their numbers, in this order.
    pub(super) fn expect(&mut self, labels: Vec<String>) {
        labels.iter().for_each(|label| {
            self.number(label);
        });
    }

    /// The HTML of a reference.
    pub(super) fn reference(&mut self, label: &str, marks: &mut Marks, ids: bool) -> String {
        let number = self.number(label);
        let note = &mut self.notes[number];
        note.references += 1;
        let href = marks.add(Mark::Link(Target::Anchor(format!("fn:{label}")), None));
        let id = match ids {
            false => String::new(),
            true => format!(" id=\"{}\"", marks.add(Mark::Id(reference_id(label, note.references)))),
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
        for (number, note) in (1..).zip(&self.notes) {
            if note.html.is_none() && note.references == 0 {
                continue;
            }
            let body = note.html.as_deref().unwrap_or_default();
            if !ids {
                html.push_str(&format!("<li>{body}</li>\n"));
                continue;
            }
            let id = marks.add(Mark::Id(format!("fn:{}", note.label)));
            let title = escape(&format!("Back to where note {number} is mentioned"));
            let back: String = (1..=note.references)
                .map(|count| {
                    let target = Target::Anchor(reference_id(&note.label, count));
                    let href = marks.add(Mark::Link(target, None));
                    format!("<a class=\"footnote-backref\" href=\"{href}\" title=\"{title}\">↩</a>")
                })
                .collect();
            // The way back stands at the end of the note's last paragraph, or in one of its own.
            let body = match body.trim_end().strip_suffix("</p>") {
                _ if back.is_empty() => body.to_owned(),
                Some(start) => format!("{start}\u{a0}{back}</p>"),
                None => format!("{body}<p>{back}</p>"),
            };
            html.push_str(&format!("<li id=\"{id}\">{body}</li>\n"));
        }
        html.push_str("</ol>\n</div>\n");
    }
}

/// The id of the `count`-th reference to a note.
fn reference_id(label: &str, count: u32) -> String {
    if count <= 1 { format!("fnref:{label}") } else { format!("fnref{count}:{label}") }
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
        // A label that is defined twice shows both texts: nothing that an author wrote is lost, and a heading in
        // the first one stays where the outline leads to.
        self.footnotes.notes[number].html.get_or_insert_default().push_str(&html);
        Ok(())
    }
}
