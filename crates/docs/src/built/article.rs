//! A page's article, taken out of its theme and written in a plain form.

use waymark_core::docs::NavNode;

use super::{
    address::{Origin, kept, title_of},
    chrome::is_chrome,
    code, nav,
    tabs::tabs,
    tree::{Node, attribute, children, find, has_class, name, own_text, parse, text_without, words},
};
use crate::{
    markdown::{
        escape,
        slug::{Ids, slug},
    },
    sanitize::{allows_class, attributes_of, is_allowed_tag},
};

/// What a built page holds for readers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// The article in the plain form that [`super::load_built`] and [`super::render_built`] read; it begins
    /// with the page's title as `h1`.
    pub html: String,
    /// The site's navigation, as the theme of this page shows it; pages by path, also such as may not exist.
    pub nav: Vec<NavNode>,
    /// The name of the site, as the page says it.
    pub site: Option<String>,
}

/// Takes the article out of the page at `path` (relative to the site's root, `guide/index.html`).
///
/// `None` where the page is no HTML that can be read at a cost in proportion to its length.
pub fn article(path: &str, html: &str, origin: Origin<'_>) -> Option<Article> {
    let document = parse(html)?;
    let inside = body(&document)?;
    let ids = taken_ids(&inside);
    let mut writer = Writer { path, origin, ids, out: String::new() };
    let title = find(&document, &|node| name(node) == Some("title")).map(|node| text_without(&node, &|_| false));
    let (page, site) = split_title(title.as_deref().unwrap_or_default());
    let site = nav::site_name(&document).or_else(|| site.map(str::to_owned));
    let headline = find(&inside, &|node| name(node) == Some("h1") && !words(node).is_empty());
    if headline.is_none() {
        let shown = if page.is_empty() { title_of(path) } else { page.to_owned() };
        writer.out.push_str(&format!("<h1>{}</h1>\n", escape(&shown)));
    }
    writer.inside(&inside);
    let nav = nav::read(&document, path, origin);
    Some(Article { html: writer.out.trim().to_owned() + "\n", nav, site })
}

/// The element that holds the article and little else: of Material, of the themes that MkDocs brings, or
/// whatever the page calls its main part.
fn body(document: &Node) -> Option<Node> {
    let has = |class: &'static str| move |node: &Node| has_class(node, class);
    let role = |node: &Node| attribute(node, "role").as_deref() == Some("main") && name(node) != Some("main");
    let named = |wanted: &'static str| move |node: &Node| name(node) == Some(wanted);
    find(document, &|node| name(node) == Some("article") && has_class(node, "md-content__inner"))
        .or_else(|| find(document, &has("md-content__inner")))
        .or_else(|| find(document, &role))
        .or_else(|| find(document, &named("article")))
        .or_else(|| find(document, &named("main")))
        .or_else(|| find(document, &named("body")))
}

/// `Set-up - Pier API` is the page's title and the site's.
fn split_title(title: &str) -> (&str, Option<&str>) {
    match title.trim().rsplit_once(" - ") {
        Some((page, site)) => (page.trim(), Some(site.trim()).filter(|site| !site.is_empty())),
        None => (title.trim(), None),
    }
}

/// The ids of headings that have one, which the others must leave alone.
fn taken_ids(article: &Node) -> Ids {
    let mut ids = Ids::default();
    let mut waiting = vec![article.clone()];
    while let Some(node) = waiting.pop() {
        attribute(&node, "id").iter().for_each(|id| ids.reserve(id));
        waiting.extend(children(&node));
    }
    ids
}

pub(super) fn is_heading(node: &Node) -> bool {
    matches!(name(node), Some("h1" | "h2" | "h3" | "h4" | "h5" | "h6"))
}

struct Writer<'a> {
    path: &'a str,
    origin: Origin<'a>,
    ids: Ids,
    out: String,
}

impl Writer<'_> {
    fn inside(&mut self, node: &Node) {
        children(node).iter().for_each(|child| self.node(child));
    }

    /// The recursion is as deep as the tree, which was measured before.
    fn node(&mut self, node: &Node) {
        if let Some(text) = own_text(node) {
            return self.out.push_str(&escape(&text));
        }
        let Some(element) = name(node) else { return };
        if is_chrome(node) {
            return;
        }
        if let Some(block) = code::block(node) {
            return block.write(&mut self.out);
        }
        if let Some(set) = tabs(node) {
            self.out.push_str("<div class=\"tabbed-set\">");
            for (index, (label, panel)) in set.labels.iter().zip(&set.panels).enumerate() {
                let on = if index == set.selected { " data-selected=\"\"" } else { "" };
                self.out.push_str(&format!("<div class=\"tabbed-block\" title=\"{}\"{on}>", escape(label)));
                self.inside(panel);
                self.out.push_str("</div>");
            }
            return self.out.push_str("</div>");
        }
        match element {
            "input" => self.task(node),
            "img" => self.image(node),
            "iframe" | "video" | "audio" => self.elsewhere(node),
            _ if !is_allowed_tag(element) => self.inside(node),
            _ => self.element(node, element),
        }
    }

    fn element(&mut self, node: &Node, element: &str) {
        let mut written = String::new();
        for attribute_name in ["id", "class", "lang", "dir", "open"].iter().chain(attributes_of(element)) {
            if let Some(value) = attribute(node, attribute_name).and_then(|value| self.value(attribute_name, &value)) {
                written.push_str(&format!(" {attribute_name}=\"{}\"", escape(&value)));
            }
        }
        if is_heading(node) && attribute(node, "id").is_none_or(|id| id.is_empty()) {
            written = format!(" id=\"{}\"{written}", escape(&self.ids.unique(slug(&words(node), None))));
        }
        // A span that says nothing any more is a theme's colour.
        let bare = element == "span" && written.is_empty();
        if !bare {
            self.out.push_str(&format!("<{element}{written}>"));
        }
        if !matches!(element, "br" | "hr" | "wbr" | "col") {
            self.inside(node);
            if !bare {
                self.out.push_str(&format!("</{element}>"));
            }
        }
    }

    fn value(&self, name: &str, value: &str) -> Option<String> {
        match name {
            // What the theme counts is no place that anybody links to.
            "id" => (!value.is_empty() && !value.starts_with("__")).then(|| value.to_owned()),
            "class" => {
                let kept: Vec<&str> = value.split_ascii_whitespace().filter(|class| allows_class(class)).collect();
                (!kept.is_empty()).then(|| kept.join(" "))
            }
            "href" => Some(kept(self.path, value, self.origin)),
            _ => Some(value.to_owned()),
        }
    }

    /// A task's box; all other fields are for a script.
    fn task(&mut self, node: &Node) {
        if attribute(node, "type").as_deref() == Some("checkbox") && attribute(node, "disabled").is_some() {
            let on = if attribute(node, "checked").is_some() { " checked=\"\"" } else { "" };
            self.out.push_str(&format!("<input type=\"checkbox\" disabled=\"\"{on}>"));
        }
    }

    fn image(&mut self, node: &Node) {
        let alt = attribute(node, "alt").unwrap_or_default();
        let is_emoji = ["twemoji", "emojione", "gemoji"].iter().any(|class| has_class(node, class));
        if is_emoji && !alt.is_empty() {
            return self.out.push_str(&escape(&alt));
        }
        let Some(src) = attribute(node, "src").or_else(|| attribute(node, "data-src")) else { return };
        self.out.push_str(&format!(
            "<img src=\"{}\" alt=\"{}\"",
            escape(&kept(self.path, &src, self.origin)),
            escape(&alt)
        ));
        for extra in ["title", "width", "height"] {
            if let Some(value) = attribute(node, extra) {
                self.out.push_str(&format!(" {extra}=\"{}\"", escape(&value)));
            }
        }
        self.out.push('>');
    }

    /// What plays or shows another page becomes a link to it.
    fn elsewhere(&mut self, node: &Node) {
        let source = |node: &Node| attribute(node, "src").filter(|src| !src.is_empty());
        let src = source(node).or_else(|| find(node, &|one| name(one) == Some("source")).and_then(|one| source(&one)));
        if let Some(src) = src {
            let title = attribute(node, "title").unwrap_or_else(|| src.clone());
            let href = escape(&kept(self.path, &src, self.origin));
            self.out.push_str(&format!("<a href=\"{href}\">{}</a>", escape(&title)));
        }
    }
}
