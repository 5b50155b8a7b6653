//! An article as HTML that may stand in the app's own page.

use waymark_core::diagnostic::{Findings, Position};

use super::{
    address::{Beside, BuiltResolver, title_of},
    code, read,
    tabs::tabs,
    tree::{Node, attribute, children, name, own_text, parse},
};
use crate::{
    highlight::Code,
    links::SiteLinks,
    markdown::{escape, info::Info},
    page::{
        Contents, Finish, MAX_SOURCE, Page, finish,
        marks::{Mark, Marks, nonce_of},
        note_not_drawn,
    },
    sanitize,
};

/// Renders an article in its plain form; `path` is its page's, relative to the site's root. Links to the
/// sites `beside` it on the server stay on this device.
///
/// Code: `D020` shown as text, because it is too large or too deep.
pub fn render_built(path: &str, article: &str, links: &SiteLinks<'_>, beside: &[Beside<'_>]) -> Page {
    let reading = read::read(article);
    let mut findings = Findings::new(path);
    let nonce = nonce_of(path, article);
    let safe = safe_html(article, &nonce);
    let html = match &safe {
        Some((html, marks)) => {
            let resolver = BuiltResolver { from: path, links, beside };
            let contents = Contents { title: None, outline: &reading.outline };
            let page = Finish { marks, resolver: &resolver, heading_ids: &[], contents, ids: true };
            let (html, not_drawn) = finish(html, &page);
            note_not_drawn(not_drawn, &mut findings);
            html
        }
        None => {
            findings.error(
                "D020",
                Position::START,
                "this page is too large or nested too deeply, and is shown as text",
            );
            format!("<pre class=\"doc-plain\" tabindex=\"0\">{}</pre>", escape(&reading.text))
        }
    };
    let title = reading.title.unwrap_or_else(|| title_of(path));
    Page { html, title, outline: reading.outline, words: reading.words, diagnostics: findings.into_list() }
}

fn safe_html(article: &str, nonce: &str) -> Option<(String, Marks)> {
    if article.len() > MAX_SOURCE {
        return None;
    }
    let document = parse(article)?;
    let mut writer = Writer { marks: Marks::new(nonce.to_owned()), out: String::new(), has_title: false };
    writer.node(&document);
    sanitize::measure(&writer.out).ok()?;
    let html = sanitize::sanitize(writer.out, nonce).ok()?;
    Some((html, writer.marks))
}

/// Writes marks for what no author may write; everything else is left to the sanitiser.
struct Writer {
    marks: Marks,
    out: String,
    has_title: bool,
}

impl Writer {
    fn inside(&mut self, node: &Node) {
        children(node).iter().for_each(|child| self.node(child));
    }

    fn node(&mut self, node: &Node) {
        if let Some(text) = own_text(node) {
            return self.out.push_str(&escape(&text));
        }
        if let Some(block) = code::block(node) {
            return self.code(block);
        }
        if let Some(set) = tabs(node) {
            let number = self.marks.len();
            let id = self.marks.add(Mark::Tabs { labels: set.labels, selected: set.selected });
            self.out.push_str(&format!("<div id=\"{id}\">\n"));
            for (index, panel) in set.panels.iter().enumerate() {
                let id = self.marks.add(Mark::Panel { set: number, index });
                self.out.push_str(&format!("<div id=\"{id}\">\n"));
                self.inside(panel);
                self.out.push_str("</div>\n");
            }
            return self.out.push_str("</div>\n");
        }
        match name(node) {
            None | Some("html" | "head" | "body") => self.inside(node),
            Some("input") => {
                let id = self.marks.add(Mark::Task(attribute(node, "checked").is_some()));
                self.out.push_str(&format!("<wbr id=\"{id}\">"));
            }
            // The reader shows the title by itself; links to it still arrive.
            Some("h1") if !self.has_title => {
                self.has_title = true;
                if let Some(id) = attribute(node, "id") {
                    let id = self.marks.add(Mark::Id(id));
                    self.out.push_str(&format!("<a id=\"{id}\"></a>"));
                }
            }
            Some("details") => {
                let classes = attribute(node, "class").unwrap_or_default();
                let id = self.marks.add(Mark::Fold { classes, open: attribute(node, "open").is_some(), id: None });
                self.out.push_str(&format!("<details id=\"{id}\">"));
                self.inside(node);
                self.out.push_str("</details>");
            }
            Some(element) => self.element(node, element),
        }
    }

    fn element(&mut self, node: &Node, element: &str) {
        self.out.push_str(&format!("<{element}"));
        let names = ["id", "class", "lang", "dir"].iter().chain(sanitize::attributes_of(element));
        for name in names {
            if let Some(value) = attribute(node, name) {
                self.out.push_str(&format!(" {name}=\"{}\"", escape(&value)));
            }
        }
        self.out.push('>');
        if !matches!(element, "br" | "hr" | "wbr" | "col" | "img") {
            self.inside(node);
            self.out.push_str(&format!("</{element}>"));
        }
    }

    fn code(&mut self, block: code::Block) {
        let marked = block.marked.iter().map(|line| (*line, *line)).collect();
        let info = Info { language: block.language, title: block.title, marked, ..Info::default() };
        let id = self.marks.add(Mark::Code(Box::new(Code { info, text: block.text, at: Position::START })));
        self.out.push_str(&format!("<hr id=\"{id}\">\n"));
    }
}
