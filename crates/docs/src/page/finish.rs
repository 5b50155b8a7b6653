//! The finishing pass: puts what no author may write into sanitised HTML.
//!
//! Every address, id, button and role that leaves here is written from a typed value. What an author
//! wrote as `href`, `src` or `id` in raw HTML arrives marked as raw and is resolved here by the same
//! rules as a link in Markdown.

use waymark_core::docs::{Heading, ID_PREFIX};

use super::{
    marks::{Mark, Marks, Meaning},
    walk::{Piece, decode, pieces},
};
use crate::{
    figures::{Figures, NotDrawn},
    links::{Picture, Resolver, Target, path::fragment_encode},
    markdown::escape,
};

/// What the pass needs to know about the page.
pub(crate) struct Finish<'a> {
    /// The typed values behind the marks.
    pub(crate) marks: &'a Marks,
    /// For raw HTML.
    pub(crate) resolver: &'a dyn Resolver,
    /// Final ids of all headings, in order.
    pub(crate) heading_ids: &'a [String],
    /// For `[TOC]`.
    pub(crate) contents: Contents<'a>,
    /// Whether authors' own ids stay.
    pub(crate) ids: bool,
}

/// A table of contents.
#[derive(Clone, Copy, Default)]
pub(crate) struct Contents<'a> {
    /// What stands above it.
    pub(crate) title: Option<&'a str>,
    /// Its headings, the page's title left out.
    pub(crate) outline: &'a [Heading],
}

/// The finished HTML, and the figures in it that are shown as code.
pub(crate) fn finish(html: &str, page: &Finish<'_>) -> (String, Vec<NotDrawn>) {
    let mut pass =
        Pass { page, out: String::with_capacity(html.len() * 2), links: Vec::new(), figures: Figures::default() };
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) => pass.out.push_str(text),
            Piece::Open { name, attributes, source } => pass.open(name, &attributes, source),
            Piece::Close(name) => pass.close(name),
        }
    }
    (pass.out, pass.figures.not_drawn)
}

struct Pass<'a> {
    page: &'a Finish<'a>,
    out: String,
    /// What each open `a` became.
    links: Vec<&'static str>,
    figures: Figures,
}

impl Pass<'_> {
    fn open(&mut self, name: &str, attributes: &[(&str, &str)], source: &str) {
        let value = |wanted: &str| attributes.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value);
        match name {
            "a" => return self.link(attributes, value("href").map(decode)),
            "img" => return self.image(attributes, value("src").map(decode)),
            "table" => {
                self.out.push_str("<div class=\"doc-table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">")
            }
            _ => {}
        }
        let mark = value("id").and_then(|id| self.page.marks.read(id));
        match (name, mark) {
            ("hr", Some(Meaning::Mark(_, Mark::Code(code)))) => {
                let html = self.figures.code(code);
                self.out.push_str(&html);
            }
            ("hr" | "wbr", Some(Meaning::Mark(_, Mark::Math(formula)))) => {
                let html = self.figures.formula(formula);
                self.out.push_str(&html);
            }
            ("hr", Some(Meaning::Mark(_, Mark::Contents))) => self.contents(),
            ("hr", Some(Meaning::Mark(_, Mark::Progress(percent, label)))) => {
                let label = if label.is_empty() { format!("{percent} %") } else { escape(label) };
                self.out.push_str(&format!(
                    "<div class=\"doc-progress\"><progress max=\"100\" value=\"{percent}\" \
                     aria-label=\"{label}\"></progress><span>{label}</span></div>"
                ));
            }
            ("wbr", Some(Meaning::Mark(_, Mark::Span { language, text }))) => {
                let html = self.figures.span(language, text);
                self.out.push_str(&html);
            }
            ("wbr", Some(Meaning::Mark(_, Mark::Prefix(text)))) => {
                if let Some(text) = text {
                    self.out.push_str(&format!("<span class=\"caption-prefix\">{}</span> ", escape(text)));
                }
            }
            ("wbr", Some(Meaning::Mark(_, Mark::Task(done)))) => self.task(*done),
            ("div", Some(Meaning::Mark(set, Mark::Tabs { labels, selected }))) => self.tabs(set, labels, *selected),
            ("div", Some(Meaning::Mark(_, Mark::Panel { set, index }))) => self.panel(*set, *index),
            ("details", Some(Meaning::Mark(_, Mark::Fold { classes, open, id }))) => {
                let kept: Vec<&str> = classes.split(' ').filter(|class| crate::sanitize::allows_class(class)).collect();
                let open = if *open { " open" } else { "" };
                let space = if kept.is_empty() { "" } else { " " };
                let id = id.as_deref().map(|id| format!(" id=\"{ID_PREFIX}{}\"", escape(id))).unwrap_or_default();
                self.out.push_str(&format!("<details class=\"admonition{space}{}\"{id}{open}>", kept.join(" ")));
            }
            _ if attributes.is_empty() => self.out.push_str(source),
            _ => self.plain(name, attributes),
        }
    }

    fn close(&mut self, name: &str) {
        let name = if name == "a" { self.links.pop().unwrap_or("span") } else { name };
        self.out.push_str(&format!("</{name}>"));
        if name == "table" {
            self.out.push_str("</div>");
        }
    }

    /// A tag with its attributes, addresses left out and its id settled.
    fn plain(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        self.attributes(attributes);
        self.out.push('>');
    }

    fn attributes(&mut self, attributes: &[(&str, &str)]) {
        for (name, value) in attributes {
            match *name {
                "href" | "src" => {}
                "id" => {
                    if let Some(id) = self.id(value) {
                        self.out.push_str(&format!(" id=\"{ID_PREFIX}{}\"", escape(&id)));
                    }
                }
                name => self.out.push_str(&format!(" {name}=\"{value}\"")),
            }
        }
    }

    /// The id behind an attribute value, without prefix.
    fn id(&self, value: &str) -> Option<String> {
        match self.page.marks.read(value)? {
            Meaning::Mark(_, Mark::Heading(number)) => self.page.heading_ids.get(*number).cloned(),
            Meaning::Mark(_, Mark::Id(id)) => Some(id.clone()),
            Meaning::Mark(..) => None,
            Meaning::Raw(raw) => Some(decode(raw)).filter(|raw| self.page.ids && !raw.is_empty()),
        }
    }

    fn link(&mut self, attributes: &[(&str, &str)], href: Option<String>) {
        let link = href.and_then(|href| match self.page.marks.read(&href)? {
            Meaning::Mark(_, Mark::Link(target, written)) => Some((target.clone(), written.clone())),
            Meaning::Mark(..) => None,
            Meaning::Raw(raw) => {
                let target = self.page.resolver.link(raw);
                let written = self.page.resolver.differs(raw, &target, true).then(|| raw.to_owned());
                Some((target, written))
            }
        });
        let (target, written) = link.map_or((None, None), |(target, written)| (Some(target), written));
        let written = written.map(|href| format!(" data-href=\"{}\"", escape(&href))).unwrap_or_default();
        let own = |class: &str, attributes: &[(&str, &str)]| {
            let kept = attributes.iter().find(|(name, _)| *name == "class").map_or("", |(_, value)| *value);
            format!(" class=\"{}\"", format!("{class} {kept}").trim())
        };
        let without_class: Vec<(&str, &str)> =
            attributes.iter().copied().filter(|(name, _)| *name != "class").collect();
        let (element, html, rest) = match target {
            None => ("span", String::new(), attributes.to_vec()),
            Some(Target::Route(route)) => ("a", format!(" href=\"{}\"", escape(&route)), attributes.to_vec()),
            Some(Target::Anchor(id)) => {
                ("a", format!(" href=\"#{ID_PREFIX}{}\"", escape(&fragment_encode(&id))), attributes.to_vec())
            }
            Some(Target::Mail(url)) => (
                "a",
                format!(" href=\"{}\" rel=\"external\"{}", escape(&url), own("doc-external", attributes)),
                without_class,
            ),
            Some(Target::External(url)) => {
                let class = own("doc-external", attributes);
                let rel = "external noopener noreferrer nofollow";
                ("a", format!(" href=\"{}\" rel=\"{rel}\"{class}", escape(&url)), without_class)
            }
            Some(Target::File(url)) => (
                "a",
                format!(" href=\"{}\" rel=\"external\"{}", escape(&url), own("doc-file", attributes)),
                without_class,
            ),
            Some(Target::Dead(reason)) => {
                let rest = without_class.into_iter().filter(|(name, _)| *name != "title").collect();
                // An address that leads nowhere keeps the link one for the keyboard, which then says why.
                let class = own("doc-dead", attributes);
                ("a", format!(" href=\"#{ID_PREFIX}\"{class} title=\"{}\"", escape(&reason)), rest)
            }
        };
        self.links.push(element);
        self.out.push_str(&format!("<{element}{html}{written}"));
        self.attributes(&rest);
        self.out.push('>');
    }

    fn image(&mut self, attributes: &[(&str, &str)], src: Option<String>) {
        let picture = src.and_then(|src| match self.page.marks.read(&src)? {
            Meaning::Mark(_, Mark::Picture(picture)) => Some(picture.clone()),
            Meaning::Mark(..) => None,
            Meaning::Raw(raw) => Some(self.page.resolver.image(raw)),
        });
        let alt = attributes.iter().find(|(name, _)| *name == "alt").map_or("", |(_, value)| *value);
        match picture {
            Some(Picture::File(url)) => {
                self.out.push_str(&format!("<img src=\"{}\" loading=\"lazy\"", escape(&url)));
                if alt.is_empty() && !attributes.iter().any(|(name, _)| *name == "alt") {
                    self.out.push_str(" alt=\"\"");
                }
                self.attributes(attributes);
                self.out.push('>');
            }
            Some(Picture::Missing(reason)) => {
                let shown = if alt.is_empty() { "image" } else { alt };
                let reason = escape(&reason);
                let label = if alt.is_empty() {
                    "Image not available".to_owned()
                } else {
                    format!("{alt} (image not available)")
                };
                // The picture's own element waits, hidden, for the day when the file is there.
                let alt = alt.replace('"', "&quot;");
                self.out.push_str(&format!(
                    "<span class=\"doc-missing\" role=\"img\" aria-label=\"{label}\" title=\"{reason}\">\
                     <img alt=\"{alt}\" hidden><span class=\"doc-chrome\">{shown}</span></span>"
                ));
            }
            None => self.out.push_str(alt),
        }
    }

    fn task(&mut self, done: bool) {
        let (on, label) = if done { (" doc-task--done", "Done") } else { ("", "Not done") };
        self.out
            .push_str(&format!("<span class=\"doc-task{on} doc-chrome\" role=\"img\" aria-label=\"{label}\"></span>"));
    }

    /// Ids of tabs carry a part of the nonce, because several fragments may share one page.
    fn tab_id(&self, kind: &str, set: usize, index: usize) -> String {
        let nonce = self.page.marks.nonce();
        format!("wm-{kind}-{}-{set}-{index}", &nonce[nonce.len().saturating_sub(8)..])
    }

    fn tabs(&mut self, set: usize, labels: &[String], selected: usize) {
        self.out.push_str("<div class=\"tabbed-set\"><div class=\"tabbed-labels\" role=\"tablist\">");
        for (index, label) in labels.iter().enumerate() {
            let on = index == selected;
            self.out.push_str(&format!(
                "<button type=\"button\" role=\"tab\" id=\"{}\" aria-controls=\"{}\" aria-selected=\"{on}\" tabindex=\"{}\">{}</button>",
                self.tab_id("tab", set, index),
                self.tab_id("panel", set, index),
                if on { 0 } else { -1 },
                escape(label)
            ));
        }
        self.out.push_str("</div>");
    }

    fn panel(&mut self, set: usize, index: usize) {
        let selected = matches!(self.page.marks.get(set), Some(Mark::Tabs { selected, .. }) if *selected == index);
        let hidden = if selected { "" } else { " hidden" };
        self.out.push_str(&format!(
            "<div class=\"tabbed-block\" role=\"tabpanel\" id=\"{}\" aria-labelledby=\"{}\" tabindex=\"0\"{hidden}>",
            self.tab_id("panel", set, index),
            self.tab_id("tab", set, index)
        ));
    }

    fn contents(&mut self) {
        self.out.push_str("<ul class=\"doc-toc doc-chrome\">");
        if let Some(title) = self.page.contents.title {
            self.out.push_str(&format!("<li class=\"doc-toc__title\">{}</li>", escape(title)));
        }
        for heading in self.page.contents.outline {
            self.out.push_str(&format!(
                "<li class=\"doc-toc__level-{}\"><a href=\"#{ID_PREFIX}{}\">{}</a></li>",
                heading.level,
                escape(&fragment_encode(&heading.id)),
                escape(&heading.text)
            ));
        }
        self.out.push_str("</ul>");
    }
}
