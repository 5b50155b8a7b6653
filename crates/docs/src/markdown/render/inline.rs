//! Headings, links, images, code spans and text.

use pulldown_cmark::{Event, HeadingLevel, Tag};

use super::{Renderer, Walk, end_of_block, escape};
use crate::{
    blocks::Kind,
    markdown::{
        abbreviations,
        attrs::{self, Attrs},
        escapes,
        headings::Draft,
        marks,
        parse::text_of_events,
        symbols,
        text::{Linking, Piece, pieces, with_symbols},
    },
    page::marks::Mark,
};

impl Renderer<'_> {
    /// Writes the heading's start, or leaves the whole heading out when it is the page's title.
    pub(super) fn heading(&mut self, walk: &mut Walk<'_, '_>, level: HeadingLevel, at: usize) -> usize {
        let end = end_of_block(&walk.events, at);
        let draft = Draft::read(level, &mut walk.events[at + 1..end], self.dialect);
        let level = HeadingLevel::try_from(usize::from(draft.level)).unwrap_or(level);
        let shared = self.shared(&Attrs { id: None, ..draft.attrs });
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
        walk.push(format!("<{level}{id}{shared}>"));
        walk.depth += 1;
        at + 1
    }

    /// Writes a link's start.
    pub(super) fn link(&mut self, walk: &mut Walk<'_, '_>, href: &str, title: &str, at: usize) {
        let end = end_of_block(&walk.events, at);
        let attrs = self.attributes_behind(walk, end);
        let href = self.link_mark(href);
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
        html.push_str(&self.shared(&attrs));
        html.push('>');
        walk.push(html);
        end + 1
    }

    /// Leaves a mark for the formula whose event at `at` names its container.
    pub(super) fn inline_formula(&mut self, walk: &mut Walk<'_, '_>, at: usize) {
        let container = walk.chunk.containers.get(walk.events[at].1.start);
        if let Some(Kind::Math(formula)) = container.map(|container| &container.kind) {
            let id = self.marks.add(Mark::Math(formula.clone()));
            walk.push(format!("<wbr id=\"{id}\">"));
        }
    }

    /// Writes a code span, without the language that `#!python` or `:::python` in front of it names.
    pub(super) fn code_span(&mut self, walk: &mut Walk<'_, '_>, text: &str, at: usize) {
        let attrs = self.attributes_behind(walk, at);
        let text = walk.chunk.restored(text, self.marks.nonce(), str::to_owned);
        let text = &*text;
        let prefixed = text.strip_prefix("#!").or_else(|| text.strip_prefix(":::"));
        let is_name =
            |name: &str| !name.is_empty() && name.bytes().all(|c| c.is_ascii_alphanumeric() || b"+-#_".contains(&c));
        let code = match prefixed.and_then(|rest| rest.split_once(' ')).filter(|(name, _)| is_name(name)) {
            // A list of attributes belongs to an element that the sanitiser has seen.
            Some((language, code)) if attrs == Attrs::default() => {
                let (language, text) = (language.to_lowercase(), code.trim_start().to_owned());
                let id = self.marks.add(Mark::Span { language, text });
                return walk.push(format!("<wbr id=\"{id}\">"));
            }
            Some((_, code)) => code,
            None => text,
        };
        let shared = self.shared(&attrs);
        walk.push(format!("<code{shared}>{}</code>", escape(code)));
    }

    /// Writes text, with its bare addresses as links and its abbreviations explained.
    pub(super) fn text(&mut self, walk: &mut Walk<'_, '_>, text: &str) {
        let magic = Some(&self.dialect.magic_links);
        for piece in pieces(text, Linking { inside_link: walk.in_link > 0 || !self.settings.text_syntax, magic }) {
            match piece {
                Piece::Text(text) => self.words(walk, &text),
                Piece::Link { text, href } => {
                    let href = self.link_mark(&escapes::restored(&href));
                    walk.push(format!("<a href=\"{href}\">{}</a>", escape(&text)));
                }
            }
        }
    }

    /// Writes words with signs, marks and explained abbreviations.
    fn words(&mut self, walk: &mut Walk<'_, '_>, text: &str) {
        if !self.settings.text_syntax {
            return self.explained(walk, text);
        }
        self.marked(walk, &symbols::replaced(text), false);
    }

    /// Writes words with their marks; an escaped space is one `inside` a mark.
    fn marked(&mut self, walk: &mut Walk<'_, '_>, text: &str, inside: bool) {
        let mut rest = text;
        let space = |text: &str| if inside { text.replace("\\ ", " ") } else { text.to_owned() };
        while let Some(found) = marks::next(rest) {
            self.explained(walk, &space(&rest[..found.start]));
            match found.mark {
                // What is inside is shorter, so this comes to an end, and it is short (`marks`).
                marks::Mark::Element(name, inside) => {
                    walk.push(format!("<{name}>"));
                    self.marked(walk, inside, true);
                    walk.push(format!("</{name}>"));
                }
                marks::Mark::Keys(names) => {
                    let keys: Vec<String> = names.iter().map(|name| format!("<kbd>{}</kbd>", escape(name))).collect();
                    walk.push(format!("<span class=\"keys\">{}</span>", keys.join("<span>+</span>")));
                }
            }
            rest = &rest[found.end..];
        }
        self.explained(walk, &space(rest));
    }

    fn explained(&mut self, walk: &mut Walk<'_, '_>, text: &str) {
        for piece in self.references.abbreviations.cut(text) {
            match piece {
                abbreviations::Piece::Text(text) => walk.out.push(Event::Text(text.to_owned().into())),
                abbreviations::Piece::Explained(label, meaning) => {
                    walk.push(format!("<abbr title=\"{}\">{}</abbr>", escape(meaning), escape(label)));
                }
            }
        }
    }

    /// Takes the attribute list off the end of the block whose content starts at event `from`: on a last
    /// line of its own, or, in a `cell`, behind a space. Inside an item the text before an inner list counts.
    pub(super) fn block_attributes(&self, walk: &mut Walk<'_, '_>, from: usize, cell: bool) -> Attrs {
        let mut depth = 0_usize;
        let mut last = None;
        for (index, (event, _)) in walk.events.iter().enumerate().skip(from) {
            match event {
                Event::Start(
                    Tag::List(_)
                    | Tag::Paragraph
                    | Tag::CodeBlock(_)
                    | Tag::BlockQuote(_)
                    | Tag::HtmlBlock
                    | Tag::Heading { .. }
                    | Tag::Table(_),
                ) => break,
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => break,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                last = Some(index);
            }
        }
        let Some(last) = last else { return Attrs::default() };
        let own_line = last > from && matches!(walk.events[last - 1].0, Event::SoftBreak);
        let Event::Text(text) = &walk.events[last].0 else { return Attrs::default() };
        let found = match cell {
            true => attrs::at_end(text),
            false if own_line => {
                let list = text.trim();
                attrs::at_start(list).filter(|(_, length)| *length == list.len()).map(|(attrs, _)| (attrs, 0))
            }
            false => None,
        };
        let Some((attrs, length)) = found else { return Attrs::default() };
        let left = text[..length].to_owned();
        walk.events[last].0 = Event::Text(left.into());
        if !cell {
            walk.events[last - 1].0 = Event::Text("".into());
        }
        attrs
    }

    /// Takes the attribute list behind the event at `at` out of the text.
    pub(super) fn attributes_behind(&mut self, walk: &mut Walk<'_, '_>, at: usize) -> Attrs {
        let Some((Event::Text(text), _)) = walk.events.get_mut(at + 1) else { return Attrs::default() };
        let Some((attrs, length)) = attrs::at_start(text) else { return Attrs::default() };
        *text = text[length..].to_owned().into();
        attrs
    }

    /// Id, classes and the rest; the sanitiser keeps only what it knows.
    pub(super) fn shared(&mut self, attrs: &Attrs) -> String {
        let mut html = attribute("class", &attrs.classes.join(" "));
        if let Some(id) = attrs.id.as_ref().filter(|_| self.settings.ids) {
            html.push_str(&format!(" id=\"{}\"", self.marks.add(Mark::Id(id.clone()))));
        }
        for (name, value) in &attrs.values {
            let is_name =
                |name: &str| name.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b':'));
            // Addresses come from the link itself; the others are written where they belong.
            if is_name(name) && !matches!(name.as_str(), "href" | "src" | "title" | "alt" | "start" | "data-toc-label")
            {
                html.push_str(&format!(" {name}=\"{}\"", escape(value)));
            }
        }
        html
    }
}

/// An attribute with a space in front, or nothing for an empty value.
fn attribute(name: &str, value: &str) -> String {
    if value.is_empty() { String::new() } else { format!(" {name}=\"{}\"", escape(value)) }
}
