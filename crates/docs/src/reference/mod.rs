//! The engine's reading of a text, written as the reference implementations write theirs.
//!
//! For measuring only: the suites of CommonMark, Python-Markdown and pymdown-extensions expect raw HTML
//! to stay, links as their authors wrote them and ids without a prefix. Everything up to the sanitiser
//! is the same code as for pages; the sanitiser and the finishing pass are left out, so nothing that
//! comes out of here may be shown.

mod write;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    blocks::{self, Surroundings},
    config::{Dialect, Level},
    frontmatter::{FrontMatter, Source},
    links::{Picture, Resolver, Target, follow},
    markdown::{Renderer, Settings, escape, headings},
    page::{self, marks::nonce_of},
};

/// What a suite's case turns on.
#[derive(Clone, Debug, Default)]
pub struct ReferenceOptions {
    /// Whether headings have ids.
    pub heading_ids: bool,
    /// Files that snippets may bring in, by path.
    pub files: BTreeMap<String, String>,
    /// Settings of the extensions.
    pub dialect: Dialect,
    /// Whether bare addresses, signs and marks in text are left alone; for suites that do not know them.
    pub plain_text: bool,
    /// The site that links are followed in; without it they stay as they are.
    pub site: Option<ReferenceSite>,
}

/// A page and the files beside it.
#[derive(Clone, Debug)]
pub struct ReferenceSite {
    /// The page's source path.
    pub page: String,
    /// Source paths of all files.
    pub files: BTreeSet<String>,
}

/// The HTML of `source`, unsafe, and what MkDocs says about its links, as `LEVEL:text`. A text that is
/// nested too deeply comes out as one code block.
pub fn render_reference(source: &str, options: &ReferenceOptions) -> (String, Vec<String>) {
    let nonce = nonce_of("reference", source);
    let body = source.replace("\r\n", "\n").replace('\r', "\n");
    let source = Source { body, first_line: 1, meta: FrontMatter::default(), broken: None };
    let around = Surroundings { dialect: &options.dialect, files: Some(&options.files) };
    let read = page::read("page.md", &source, &nonce, around);
    let explicit = read.scan.iter().flat_map(|scan| &scan.headings).map(|draft| draft.explicit.clone());
    let ids: Vec<Option<String>> =
        if options.heading_ids { read.ids.iter().cloned().map(Some).collect() } else { explicit.collect() };
    let drafts = read.scan.as_ref().map_or(&[][..], |scan| &scan.headings);
    let set = options.dialect.headings.as_ref();
    let contents = write::Contents {
        title: set.and_then(|set| set.title.as_deref()),
        headings: headings::listed(headings::all(drafts, &read.ids), &options.dialect),
    };
    let resolver = AsMkDocs { options, complaints: RefCell::default() };
    let chunk = blocks::split(&source.body, source.first_line, &nonce, around);
    let settings = Settings { raw_html: true, ids: true, title: false, text_syntax: !options.plain_text };
    let mut renderer = Renderer::new(&chunk, &nonce, &resolver, settings, &options.dialect);
    let html = match renderer.page(&chunk) {
        Ok(html) => write::write(&html, &renderer.into_marks(), &ids, &contents),
        Err(_) => format!("<pre><code>{}</code></pre>", escape(&source.body)),
    };
    (html, resolver.complaints.into_inner())
}

/// Follows links as MkDocs does, or leaves every address as it is.
struct AsMkDocs<'a> {
    options: &'a ReferenceOptions,
    complaints: RefCell<Vec<String>>,
}

impl AsMkDocs<'_> {
    fn address(&self, href: &str) -> String {
        let Some(site) = &self.options.site else { return href.to_owned() };
        let followed = follow(&site.page, href, &|path| site.files.contains(path), &self.options.dialect.links);
        if let Some(complaint) = followed.complaint {
            let level = if complaint.level == Level::Warning { "WARNING" } else { "INFO" };
            self.complaints.borrow_mut().push(format!("{level}:{}", complaint.message));
        }
        followed.address
    }
}

impl Resolver for AsMkDocs<'_> {
    fn link(&self, href: &str) -> Target {
        Target::External(self.address(href))
    }

    fn differs(&self, _: &str, _: &Target, _: bool) -> bool {
        false
    }

    fn image(&self, src: &str) -> Picture {
        Picture::File(self.address(src))
    }
}
