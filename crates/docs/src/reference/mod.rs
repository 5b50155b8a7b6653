//! The engine's reading of a text, written as the reference implementations write theirs.
//!
//! For measuring only: the suites of CommonMark, Python-Markdown and pymdown-extensions expect raw HTML
//! to stay, links as their authors wrote them and ids without a prefix. Everything up to the sanitiser
//! is the same code as for pages; the sanitiser and the finishing pass are left out, so nothing that
//! comes out of here may be shown.

mod write;

use std::collections::BTreeMap;

use crate::{
    blocks,
    frontmatter::{FrontMatter, Source},
    links::{Picture, Resolver, Target},
    markdown::{Renderer, Settings, escape},
    page::{self, marks::nonce_of},
};

/// What a suite's case turns on.
#[derive(Clone, Debug, Default)]
pub struct ReferenceOptions {
    /// Whether headings have ids.
    pub heading_ids: bool,
    /// Files that snippets may bring in, by path.
    pub files: BTreeMap<String, String>,
}

/// The HTML of `source`, unsafe; a text that is nested too deeply comes out as one code block.
pub fn render_reference(source: &str, options: &ReferenceOptions) -> String {
    let nonce = nonce_of("reference", source);
    let body = source.replace("\r\n", "\n").replace('\r', "\n");
    let source = Source { body, first_line: 1, meta: FrontMatter::default(), broken: None };
    let ids = page::read("page.md", &source, &nonce).ids;
    let chunk = blocks::split(&source.body, source.first_line, &nonce);
    let settings = Settings { raw_html: true, ids: true, title: false };
    let mut renderer = Renderer::new(&chunk, &nonce, &AsWritten, settings);
    match renderer.page(&chunk) {
        Ok(html) => write::write(&html, &renderer.into_marks(), options.heading_ids.then_some(&ids)),
        Err(_) => format!("<pre><code>{}</code></pre>", escape(&source.body)),
    }
}

/// Leaves every address as it is.
struct AsWritten;

impl Resolver for AsWritten {
    fn link(&self, href: &str) -> Target {
        Target::External(href.to_owned())
    }

    fn image(&self, src: &str) -> Picture {
        Picture::File(src.to_owned())
    }
}
