//! Headings, links, images, code spans and text.

use pulldown_cmark::{Event, HeadingLevel};

use super::{Renderer, Walk, end_of_block, escape};
use crate::{
    markdown::{
        attrs::{self, Attrs},
        headings::Draft,
        parse::text_of_events,
        text::{Piece, pieces, with_symbols},
    },
    page::marks::Mark,
};

impl Renderer<'_> {
    /// Writes the heading's start, or leaves the whole heading out when it is the page's title.
    pub(super) fn heading(&mut self, walk: &mut Walk<'_, '_>, level: HeadingLevel, at: usize) -> usize {
        let end = end_of_block(&walk.events, at);
        Draft::read(level, &mut walk.events[at + 1..end]);
        let number = self.headings;
        self.headings += 1;
        let id = if self.settings.ids {
            format!(" id=\"{}\"", self.marks.add(Mark::Heading(number)))
        } else {
            String::new()
        };
        if number == 0 && level == HeadingLevel::H1 && self.settings.title {
            walk.push(format!("<a{id}></a>"));
            return end + 1;
        }
        walk.push(format!("<{level}{id}>"));
        walk.depth += 1;
        at + 1
    }

    /// Writes a link's start.
    pub(super) fn link(&mut self, walk: &mut Walk<'_, '_>, href: &str, title: &str, at: usize) {
        let end = end_of_block(&walk.events, at);
        let attrs = self.attributes_behind(walk, end);
        let target = self.resolver.link(href);
        let href = self.marks.add(Mark::Link(target));
        let title = attribute("title", attrs.get("title").unwrap_or(title));
        let shared = self.shared(&attrs);
        walk.push(format!("<a href=\"{href}\"{title}{shared}>"));
        walk.in_link += 1;
    }

    /// Writes an image; what is inside becomes its text alternative.
    pub(super) fn image(&mut self, walk: &mut Walk<'_, '_>, src: &str, title: &str, at: usize) -> usize {
        let end = end_of_block(&walk.events, at);
        let alt = with_symbols(&text_of_events(&walk.events[at + 1..end]));
        let attrs = self.attributes_behind(walk, end);
        let picture = self.resolver.image(src);
        let src = self.marks.add(Mark::Picture(picture));
        let mut html = format!("<img src=\"{src}\" alt=\"{}\"", escape(&alt));
        html.push_str(&attribute("title", attrs.get("title").unwrap_or(title)));
        for size in ["width", "height"] {
            html.push_str(&attribute(size, attrs.get(size).unwrap_or_default()));
        }
        html.push_str(&self.shared(&attrs));
        html.push('>');
        walk.push(html);
        end + 1
    }

    /// Writes a code span, without the language that `#!python` in front of it names.
    pub(super) fn code_span(&mut self, walk: &mut Walk<'_, '_>, text: &str, at: usize) {
        let attrs = self.attributes_behind(walk, at);
        let code = match text.strip_prefix("#!").and_then(|rest| rest.split_once(' ')) {
            Some((language, code)) if language.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'+') => code,
            _ => text,
        };
        let shared = self.shared(&attrs);
        walk.push(format!("<code{shared}>{}</code>", escape(code)));
    }

    /// Writes text, with its bare addresses as links.
    pub(super) fn text(&mut self, walk: &mut Walk<'_, '_>, text: &str, at: usize) {
        let text = self.without_paragraph_attributes(walk, text, at);
        for piece in pieces(text, walk.in_link > 0) {
            match piece {
                Piece::Text(text) => walk.out.push(Event::Text(text.into())),
                Piece::Link { text, href } => {
                    let target = self.resolver.link(&href);
                    let href = self.marks.add(Mark::Link(target));
                    walk.push(format!("<a href=\"{href}\">{}</a>", escape(&text)));
                }
            }
        }
    }

    /// The text without the `{: .class }` that may stand on the last line of its block.
    fn without_paragraph_attributes<'t>(&self, walk: &mut Walk<'_, '_>, text: &'t str, at: usize) -> &'t str {
        let last = matches!(walk.events.get(at + 1), None | Some((Event::End(_), _)));
        let own_line = matches!(walk.out.last(), Some(Event::SoftBreak));
        let list = text.trim();
        if last
            && own_line
            && list.starts_with("{:")
            && attrs::at_start(list).is_some_and(|(_, length)| length == list.len())
        {
            walk.out.pop();
            return "";
        }
        text
    }

    /// Takes the attribute list behind the event at `at` out of the text.
    fn attributes_behind(&mut self, walk: &mut Walk<'_, '_>, at: usize) -> Attrs {
        let Some((Event::Text(text), _)) = walk.events.get_mut(at + 1) else { return Attrs::default() };
        let Some((attrs, length)) = attrs::at_start(text) else { return Attrs::default() };
        *text = text[length..].to_owned().into();
        attrs
    }

    /// Id and classes; the sanitiser keeps only the classes that it knows.
    fn shared(&mut self, attrs: &Attrs) -> String {
        let mut html = attribute("class", &attrs.classes.join(" "));
        if let Some(id) = attrs.id.as_ref().filter(|_| self.settings.ids) {
            html.push_str(&format!(" id=\"{}\"", self.marks.add(Mark::Id(id.clone()))));
        }
        html
    }
}

/// An attribute with a space in front, or nothing for an empty value.
fn attribute(name: &str, value: &str) -> String {
    if value.is_empty() { String::new() } else { format!(" {name}=\"{}\"", escape(value)) }
}
