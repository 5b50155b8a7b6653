//! One page: from its source to HTML that may stand in the app's own page.

mod check;
mod encoding;
mod finish;
pub(crate) mod marks;
pub(crate) mod walk;

use std::collections::HashSet;

pub(crate) use check::{findings, not_drawn, note_not_drawn};
pub(crate) use finish::{Contents, Finish, finish};
use marks::nonce_of;
use waymark_core::{
    diagnostic::{Diagnostic, Findings, Position},
    docs::Heading,
};

use crate::{
    blocks::{self, Surroundings},
    config::Absolute,
    frontmatter::{self, Source},
    links::{Map, Resolver, SiteLinks, SiteResolver},
    markdown::{Renderer, Scan, Settings, TooDeep, escape, headings, scan},
    sanitize,
    site::title_from_path,
};

/// Pages beyond this many bytes are shown as text.
pub(crate) const MAX_SOURCE: usize = 1024 * 1024;

/// A rendered page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Safe HTML without the title; ids begin with `doc-`.
    pub html: String,
    /// The page's first heading, or its front matter's title, or its name; plain text.
    pub title: String,
    /// All headings but the title.
    pub outline: Vec<Heading>,
    /// Words of prose, code blocks left out.
    pub words: u32,
    /// What is wrong, with line and column; the path is the page's own.
    pub diagnostics: Vec<Diagnostic>,
}

/// Renders the page at `path` (relative to the docs folder).
///
/// Codes: `D002` front matter, `D010` dead link, `D011` missing image, `D012` no such heading, `D013`
/// image on the internet, `D014` scheme that is not opened, `D016` formula shown as code, `D017` diagram
/// shown as code, `D020` shown as text, `D021` raw HTML shown
/// as text, `D022` no text at all, `D023` not in UTF-8.
pub fn render_page(path: &str, source: &str, links: &SiteLinks<'_>) -> Page {
    render_with(path, source, links, Surroundings::NONE, Headline::Apart)
}

/// Renders as [`render_page`], by the settings of the page's site and with its snippets brought in.
pub fn render_page_in(path: &str, source: &str, links: &SiteLinks<'_>, around: Surroundings<'_>) -> Page {
    render_with(path, source, links, around, Headline::Apart)
}

/// Renders the page at `path` as a document of its own: the headline is part of the HTML and of the
/// outline, and a page without any gets `title` as one. Otherwise as [`render_page`].
pub fn render_document(path: &str, source: &str, title: &str, links: &SiteLinks<'_>, around: Surroundings<'_>) -> Page {
    render_with(path, source, links, around, Headline::Inside(title))
}

/// Where a page's title goes.
#[derive(Clone, Copy)]
enum Headline<'a> {
    /// The reader shows it by itself.
    Apart,
    /// It is part of the HTML; the text is for pages that have none.
    Inside(&'a str),
}

fn render_with(
    path: &str,
    source: &str,
    links: &SiteLinks<'_>,
    around: Surroundings<'_>,
    headline: Headline<'_>,
) -> Page {
    let nonce = nonce_of(path, source);
    let source = frontmatter::split(source);
    let page = read(path, &source, &nonce, around);
    let known =
        |at: &str, id: &str| if at == path { page.knows(id) } else { links.headings.is_none_or(|known| known(at, id)) };
    let map = Map { pages: links.pages, assets: links.assets, redirects: links.redirects };
    let mut findings = findings(path, &source, &page, &map, Some(&known));
    let resolver =
        SiteResolver { from: path, links, absolute_links: around.dialect.links.absolute == Absolute::RelativeToDocs };
    let settings =
        Settings { raw_html: true, ids: true, text_syntax: true, title: matches!(headline, Headline::Apart) };
    let job = Job { source: &source, nonce: &nonce, resolver: &resolver, around };
    let mut html = render(&job, &page, settings, &mut findings);
    let mut outline = page.outline;
    if let Headline::Inside(title) = headline {
        let drafts = page.scan.as_ref().map_or(&[][..], |scan| &scan.headings);
        outline = headings::all(drafts, &page.ids);
        if !html.contains("<h1") {
            html.insert_str(0, &format!("<h1>{}</h1>\n", escape(title)));
            outline.insert(0, Heading { level: 1, id: String::new(), text: title.to_owned() });
        }
    }
    Page {
        html,
        title: page.title,
        outline,
        words: page.scan.as_ref().map_or(0, |scan| scan.words),
        diagnostics: findings.into_list(),
    }
}

/// A page after the quick reading.
#[derive(Clone, Debug)]
pub(crate) struct Read {
    /// What the reader sees as headline.
    pub(crate) title: String,
    /// The text of the first heading, if it is the title.
    pub(crate) headline: Option<String>,
    /// All headings but the title.
    pub(crate) outline: Vec<Heading>,
    /// Final ids of all headings.
    pub(crate) ids: Vec<String>,
    /// The same, for looking up.
    known: HashSet<String>,
    /// Snippets that were not found.
    pub(crate) missing: Vec<(Position, String)>,
    /// The first character that is none, in a file that is no UTF-8.
    pub(crate) unreadable: Option<Position>,
    /// Whether the file is no text at all.
    pub(crate) binary: bool,
    /// The rest; `None` when the page is shown as text.
    pub(crate) scan: Option<Scan>,
}

impl Read {
    /// Whether a link to this id finds something.
    pub(crate) fn knows(&self, id: &str) -> bool {
        id.is_empty()
            || id == "top"
            || self.known.contains(id)
            || self.scan.as_ref().is_none_or(|scan| scan.anchors.contains(id))
    }
}

/// Reads a page quickly: no HTML, no highlighting.
pub(crate) fn read(path: &str, source: &Source, nonce: &str, around: Surroundings<'_>) -> Read {
    let mut missing = Vec::new();
    let binary = encoding::is_binary(&source.body);
    let scan = if binary || source.body.len() > MAX_SOURCE {
        None
    } else {
        let mut chunk = blocks::split(&source.body, source.first_line, nonce, around);
        missing = std::mem::take(&mut chunk.missing);
        scan(&chunk, nonce, around.dialect).ok()
    };
    let drafts = scan.as_ref().map_or(&[][..], |scan| &scan.headings);
    let ids = headings::number(drafts);
    let outline = headings::outline(drafts, &ids);
    let first = headings::title_index(drafts).or_else(|| drafts.iter().position(|draft| draft.level == 1));
    let headline = first.map(|index| drafts[index].text.clone()).filter(|text| !text.is_empty());
    let title = headline.clone().or_else(|| source.meta.title.clone()).unwrap_or_else(|| title_from_path(path));
    let known = ids.iter().cloned().collect();
    let unreadable = encoding::unreadable(source);
    Read { title, headline, outline, ids, known, missing, unreadable, binary, scan }
}

/// What is rendered, and in which site.
pub(crate) struct Job<'a> {
    pub(crate) source: &'a Source,
    pub(crate) nonce: &'a str,
    pub(crate) resolver: &'a dyn Resolver,
    pub(crate) around: Surroundings<'a>,
}

fn render(job: &Job<'_>, page: &Read, settings: Settings, findings: &mut Findings) -> String {
    let Job { source, resolver, .. } = *job;
    if page.binary {
        // What is wrong with it is among the findings already.
        return as_text(&encoding::printable(&source.body));
    }
    if page.scan.is_none() {
        let help =
            format!("Pages may have up to {} KiB, and quotes and lists may be nested some 90 deep.", MAX_SOURCE / 1024);
        findings
            .error("D020", Position::START, "this page is too large or nested too deeply, and is shown as text")
            .help(help);
        return as_text(&source.body);
    }
    let finish_page = |html: &str, marks: &marks::Marks, page: &Read| {
        let dialect = job.around.dialect;
        let outline = headings::listed(page.outline.clone(), dialect);
        let title = dialect.headings.as_ref().and_then(|set| set.title.as_deref());
        let contents = Contents { title, outline: &outline };
        finish(html, &Finish { marks, resolver, heading_ids: &page.ids, contents, ids: true })
    };
    match safe_html(job, settings) {
        Ok((html, marks)) => {
            let (html, not_drawn) = finish_page(&html, &marks, page);
            note_not_drawn(not_drawn, findings);
            return html;
        }
        Err(Refused::RawHtml) => {
            findings
                .error(
                    "D021",
                    Position::START,
                    "the raw HTML on this page is too deep or too large, and its source is shown",
                )
                .help("A tag may have up to 64 attributes, and elements may be nested 256 deep.");
        }
        // Without raw HTML it would be neither flatter nor shorter.
        Err(Refused::Depth) => {
            findings.error("D020", Position::START, "this page is nested too deeply or too long, and is shown as text");
            return as_text(&source.body);
        }
    }
    match safe_html(job, Settings { raw_html: false, ..settings }) {
        Ok((html, marks)) => {
            let (html, not_drawn) = finish_page(&html, &marks, page);
            note_not_drawn(not_drawn, findings);
            html
        }
        Err(Refused::RawHtml | Refused::Depth) => {
            findings.error("D020", Position::START, "this page is nested too deeply or too long, and is shown as text");
            as_text(&source.body)
        }
    }
}

/// Why a page cannot be shown as it is meant.
#[derive(Debug)]
pub(crate) enum Refused {
    /// Its raw HTML costs too much, or does not settle.
    RawHtml,
    /// Its Markdown is nested too deeply, or makes too many elements.
    Depth,
}

/// Tags on one page, counted before the sanitiser: its elements' starts and ends. The largest real page
/// known has some 40,000.
pub(crate) const MAX_TAGS: usize = 100_000;

/// The sanitised HTML of a text, with the marks in it.
pub(crate) fn safe_html(job: &Job<'_>, settings: Settings) -> Result<(String, marks::Marks), Refused> {
    let Job { source, nonce, resolver, around } = *job;
    let chunk = blocks::split(&source.body, source.first_line, nonce, around);
    let mut renderer = Renderer::new(&chunk, nonce, resolver, settings, around.dialect);
    let html = renderer.page(&chunk).map_err(|TooDeep| Refused::Depth)?;
    // The trees that come next are large, and it is not needed any more.
    drop(chunk);
    if html.bytes().filter(|byte| *byte == b'<').count() > MAX_TAGS {
        return Err(Refused::Depth);
    }
    if renderer.has_raw_html() && sanitize::measure(&html).is_err() {
        return Err(Refused::RawHtml);
    }
    let html = sanitize::sanitize(html, nonce).map_err(|_| Refused::RawHtml)?;
    Ok((html, renderer.into_marks()))
}

/// A source as it is, for pages that cannot be rendered.
fn as_text(source: &str) -> String {
    format!("<pre class=\"doc-plain\" tabindex=\"0\">{}</pre>", escape(source))
}
