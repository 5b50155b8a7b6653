//! Containers and raw HTML.

use pulldown_cmark::{BlockQuoteKind, Event};

use super::{LINE_GUARD, Reading, Renderer, Walk, escape};
use crate::{
    blocks::{Chunk, Container, Fold, Kind, Tab, placeholder_number},
    links::Target,
    markdown::{attrs::Attrs, parse::TooDeep, raw, text::with_symbols},
    page::marks::Mark,
};

/// The start of one of GitHub's alerts that stands where the block pass does not look.
pub(super) fn alert(kind: BlockQuoteKind) -> String {
    let (class, title) = match kind {
        BlockQuoteKind::Note => ("note", "Note"),
        BlockQuoteKind::Tip => ("tip", "Tip"),
        BlockQuoteKind::Important => ("warning", "Important"),
        BlockQuoteKind::Warning => ("warning", "Warning"),
        BlockQuoteKind::Caution => ("danger", "Caution"),
    };
    format!("<div class=\"admonition {class}\">\n<p class=\"admonition-title\">{title}</p>\n")
}

/// Elements that hold nothing and have no end.
const VOID: [&str; 6] = ["hr", "br", "img", "input", "wbr", "col"];

impl Renderer<'_> {
    /// An HTML block: the events from `from` to `to` are its lines.
    pub(super) fn html_block(&mut self, walk: &mut Walk<'_, '_>, from: usize, to: usize) -> Result<(), TooDeep> {
        let mut html = String::new();
        for (event, _) in &walk.events[from..to] {
            if let Event::Html(line) | Event::Text(line) = event {
                html.push_str(line);
            }
        }
        self.html_lines(walk, &html)
    }

    /// Lines of raw HTML, among which placeholders of containers may stand.
    pub(super) fn html_lines(&mut self, walk: &mut Walk<'_, '_>, html: &str) -> Result<(), TooDeep> {
        let mut raw = String::new();
        let mut begun = false;
        for line in html.split_inclusive('\n') {
            let number = placeholder_number(line.trim(), self.marks.nonce());
            let container = number.and_then(|number| walk.chunk.containers.get(number));
            if let Some(Container { kind: Kind::Caption(caption), .. }) = container {
                self.raw(walk, &std::mem::take(&mut raw), true);
                self.caption(walk, caption)?;
                continue;
            }
            if !begun && !line.trim().is_empty() {
                walk.begin_block(self.figures.count());
                begun = true;
            }
            match container {
                Some(container) => {
                    self.raw(walk, &std::mem::take(&mut raw), true);
                    let html = self.container(container, walk.depth)?;
                    walk.out.push(Event::Html(html.into()));
                }
                None => raw.push_str(line),
            }
        }
        self.raw(walk, &raw, true);
        Ok(())
    }

    /// One tag in a line of text, or a placeholder that ended up there.
    pub(super) fn inline_html(&mut self, walk: &mut Walk<'_, '_>, html: &str) -> Result<(), TooDeep> {
        let number = placeholder_number(html, self.marks.nonce());
        match number.and_then(|number| walk.chunk.containers.get(number)) {
            Some(container) => {
                let html = self.container(container, walk.depth)?;
                walk.push(html);
            }
            None => {
                // What stands in a link of the author's own is no link by itself.
                let name = html.trim_start_matches(['<', '/']);
                if self.settings.raw_html
                    && name.starts_with(['a', 'A'])
                    && !name[1..].starts_with(char::is_alphanumeric)
                {
                    walk.in_link =
                        if html.starts_with("</") { walk.in_link.saturating_sub(1) } else { walk.in_link + 1 };
                }
                self.raw(walk, html, false);
            }
        }
        Ok(())
    }

    fn raw(&mut self, walk: &mut Walk<'_, '_>, html: &str, block: bool) {
        if html.is_empty() {
            return;
        }
        if !self.settings.raw_html {
            let html = escape(html);
            walk.push(if block { format!("<p>{html}</p>\n") } else { html });
            return;
        }
        let prepared = raw::prepare(html);
        self.has_raw_html |= prepared.contains('<');
        walk.push(prepared.into_owned());
        for frame in raw::attributes(html).iter().filter(|found| found.tag == "iframe" && found.name == "src") {
            // An embedded page is not shown; a link says where it is.
            let target = self.resolver.link(frame.value);
            if let Target::External(url) = &target {
                let text = escape(url);
                let href = self.marks.add(Mark::Link(target, None));
                walk.push(format!("\n<p class=\"doc-chrome\"><a href=\"{href}\">{text}</a></p>\n"));
            }
        }
    }

    fn container(&mut self, container: &Container, depth: usize) -> Result<String, TooDeep> {
        // Every container adds at most three elements around its body.
        let depth = depth + 3;
        match &container.kind {
            Kind::Admonition { classes, title, fold, attrs, body } => {
                let classes = escape(&classes.join(" "));
                let title = title.as_deref().map(|title| self.line(title, depth)).transpose()?;
                let body = self.chunk(body, depth)?;
                Ok(self.admonition(classes, title, *fold, attrs) + &body + fold.end())
            }
            Kind::Tabs(tabs) => self.tabs(tabs, depth),
            Kind::Html { open, tag, span, body } => {
                let mut html = self.chunk(body, depth)?;
                if VOID.contains(&tag.as_str()) {
                    self.has_raw_html |= self.settings.raw_html;
                    return Ok(if self.settings.raw_html {
                        format!("{}\n", raw::prepare(open))
                    } else {
                        String::new()
                    });
                }
                if *span {
                    html = html.replace("<p>", "").replace("</p>", "");
                }
                if !self.settings.raw_html {
                    return Ok(format!("<div>{html}</div>\n"));
                }
                self.has_raw_html = true;
                Ok(format!("{}\n{html}</{tag}>\n", raw::prepare(open)))
            }
            Kind::Definition(body) => Ok(format!("<dl>\n<dd>\n{}</dd>\n</dl>\n", self.chunk(body, depth)?)),
            Kind::RawHtml(html) if self.settings.raw_html => {
                self.has_raw_html = true;
                Ok(format!("{html}\n"))
            }
            Kind::RawHtml(html) => Ok(format!("<p>{}</p>\n", escape(html))),
            Kind::Progress(percent, label) => {
                let id = self.marks.add(Mark::Progress(*percent, label.clone()));
                Ok(format!("<hr id=\"{id}\">\n"))
            }
            // One that stands in a line of text is about nothing.
            Kind::Caption(caption) => self.chunk(&caption.body, depth),
            Kind::Terms(body) => Ok(format!("<dl>\n{}</dl>\n", self.terms(body, depth)?)),
            Kind::Group(body) => self.chunk(body, depth),
            Kind::Quote(body) => Ok(format!("<blockquote>\n{}</blockquote>\n", self.chunk(body, depth)?)),
            Kind::Math(formula) => {
                let id = self.marks.add(Mark::Math(formula.clone()));
                Ok(format!("<hr id=\"{id}\">\n"))
            }
            Kind::Contents => {
                let id = self.marks.add(Mark::Contents);
                Ok(format!("<hr id=\"{id}\">\n"))
            }
            Kind::Note(text) => Ok(format!(
                "<div class=\"admonition note\"><p class=\"admonition-title\">Left out</p><p>{}</p></div>\n",
                escape(text)
            )),
        }
    }

    /// The start of an admonition, its title included.
    fn admonition(&mut self, classes: String, title: Option<String>, fold: Fold, attrs: &Attrs) -> String {
        if fold == Fold::Never {
            let shared = self.shared(attrs);
            let title = title.map(|title| format!("<p class=\"admonition-title\">{title}</p>\n")).unwrap_or_default();
            return format!("<div class=\"admonition {classes}\"{shared}>\n{title}");
        }
        let own = attrs.id.clone().filter(|_| self.settings.ids);
        let id = self.marks.add(Mark::Fold { classes, open: fold == Fold::Open, id: own });
        let summary = title.map(|title| format!("<summary>{title}</summary>")).unwrap_or_default();
        format!("<details id=\"{id}\">{summary}\n")
    }

    fn tabs(&mut self, tabs: &[Tab], depth: usize) -> Result<String, TooDeep> {
        let labels =
            tabs.iter().map(|tab| with_symbols(&crate::fragment::plain_text(&tab.title)).trim().to_owned()).collect();
        let selected = tabs.iter().position(|tab| tab.selected).unwrap_or(0);
        let set = self.marks.len();
        let mut html = format!("<div id=\"{}\">\n", self.marks.add(Mark::Tabs { labels, selected }));
        for (index, tab) in tabs.iter().enumerate() {
            let id = self.marks.add(Mark::Panel { set, index });
            let body = self.chunk(&tab.body, depth)?;
            html.push_str(&format!("<div id=\"{id}\">\n{body}</div>\n"));
        }
        html.push_str("</div>\n");
        Ok(html)
    }

    /// One line of Markdown, without the paragraph around it. What looks like a heading or a list is none.
    fn line(&mut self, text: &str, depth: usize) -> Result<String, TooDeep> {
        let mut chunk = Chunk::default();
        chunk.lines.push(&format!("{LINE_GUARD}{}", text.trim_start()), waymark_core::diagnostic::Position::START);
        Ok(unwrapped(&self.chunk_as(&chunk, depth, Reading::Line)?).to_owned())
    }
}

/// The content of the only paragraph of `html`, or all of it.
fn unwrapped(html: &str) -> &str {
    let trimmed = html.trim();
    let inside = trimmed.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
    inside.filter(|inside| !inside.contains("<p>")).unwrap_or(trimmed)
}
