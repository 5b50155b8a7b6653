//! The text of a step or a roadmap item: Markdown without a site around it.

use pulldown_cmark::{Event, Parser, TagEnd};

use crate::{
    blocks::Surroundings,
    frontmatter::{FrontMatter, Source},
    links::{Map, Picture, Place, Resolver, Target, for_readers, resolve},
    markdown::Settings,
    page::{
        Contents, Finish, Job, finish,
        marks::{Marks, nonce_of},
        safe_html,
    },
};

/// Texts beyond this many bytes are cut off; a step's text is a few paragraphs.
const MAX_SOURCE: usize = 256 * 1024;

/// Renders the text of a step or a roadmap item as safe HTML without any ids of the author's.
///
/// `resolve` is asked for every link but mail and gives an app route or an `https` address; where it gives
/// nothing, the link's text stays, with the reason as its title.
pub fn render_fragment(source: &str, resolve: &dyn Fn(&str) -> Option<String>) -> String {
    let source = &source[..source.floor_char_boundary(MAX_SOURCE)];
    let nonce = nonce_of("", source);
    let body = source.replace("\r\n", "\n").replace('\r', "\n");
    let source = Source { body, first_line: 1, meta: FrontMatter::default(), broken: None };
    let resolver = FragmentResolver { resolve };
    let settings = Settings { raw_html: true, ids: false, text_syntax: true, title: false };
    let job = Job { source: &source, nonce: &nonce, resolver: &resolver, around: Surroundings::NONE };
    let rendered = safe_html(&job, settings).or_else(|_| safe_html(&job, Settings { raw_html: false, ..settings }));
    match rendered {
        Ok((html, marks)) => {
            finish(
                &html,
                &Finish {
                    marks: &marks,
                    resolver: &resolver,
                    heading_ids: &[],
                    contents: Contents::default(),
                    ids: false,
                },
            )
            .0
        }
        Err(_) => format!("<pre class=\"doc-plain\" tabindex=\"0\">{}</pre>", crate::markdown::escape(&source.body)),
    }
}

/// Sanitises HTML that others wrote, by the rules that hold for raw HTML on a page: links and images
/// of a site are not resolved, ids go, and what is too costly or does not settle is shown as text.
pub fn sanitize_html(html: &str) -> String {
    let nonce = nonce_of("", html);
    let settled = match crate::sanitize::measure(html) {
        Ok(()) => crate::sanitize::sanitize(html.to_owned(), &nonce).ok(),
        Err(_) => None,
    };
    let Some(settled) = settled else {
        return format!("<pre class=\"doc-plain\" tabindex=\"0\">{}</pre>", crate::markdown::escape(html));
    };
    let resolver = FragmentResolver { resolve: &|_| None };
    let marks = Marks::new(nonce);
    finish(
        &settled,
        &Finish { marks: &marks, resolver: &resolver, heading_ids: &[], contents: Contents::default(), ids: false },
    )
    .0
}

/// The words of Markdown, for titles and for searching: no marks, no tags.
pub fn plain_text(source: &str) -> String {
    let mut out = String::new();
    for event in Parser::new_ext(source.trim(), pulldown_cmark::Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            // The words of two blocks are two words; inside a line `**a**b` is one.
            Event::Start(tag) if !is_inline(&tag.to_end()) => out.push(' '),
            Event::End(tag) if !is_inline(&tag) => out.push(' '),
            _ => {}
        }
    }
    let words: Vec<&str> = out.split_whitespace().collect();
    if words.is_empty() { source.trim().to_owned() } else { words.join(" ") }
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// Whether an address is a route of the app and no address of a host.
fn is_route(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//")
}

struct FragmentResolver<'a> {
    resolve: &'a dyn Fn(&str) -> Option<String>,
}

impl Resolver for FragmentResolver<'_> {
    fn link(&self, href: &str) -> Target {
        let nothing = (Default::default(), Default::default(), Default::default());
        let map = Map { pages: &nothing.0, assets: &nothing.1, redirects: &nothing.2 };
        match resolve("", href, &map) {
            // A page of the same repository on its forge may be on this device.
            Place::External(url) => match (self.resolve)(href.trim()) {
                Some(route) if is_route(&route) => Target::Route(route),
                _ => Target::External(url),
            },
            Place::Mail(url) => Target::Mail(url),
            // What has another scheme is not the app's to resolve.
            Place::Dead(problem) if problem.code == "D014" => Target::Dead(for_readers(&problem.message)),
            _ => match (self.resolve)(href.trim()) {
                Some(route) if is_route(&route) => Target::Route(route),
                Some(url) => match resolve("", &url, &map) {
                    Place::External(url) => Target::External(url),
                    Place::Mail(url) => Target::Mail(url),
                    _ => dead(href),
                },
                None => dead(href),
            },
        }
    }

    fn differs(&self, _: &str, _: &Target, _: bool) -> bool {
        false
    }

    fn image(&self, src: &str) -> Picture {
        Picture::Missing(for_readers(&format!("the image `{src}` is not shown here")))
    }
}

fn dead(href: &str) -> Target {
    Target::Dead(for_readers(&format!("the link `{}` leads to nothing that is on this device", href.trim())))
}
