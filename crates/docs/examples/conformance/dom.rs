//! Two HTML texts as trees that can be compared.
//!
//! As the suites' page says: white space in text collapses, empty text goes, attributes are sorted.
//! Beyond that, only what is writing and not reading is made alike:
//!
//! * code: the colours of a highlighter, its wrappers and line numbers; a language only where the case
//!   names it in a class; blank lines at the ends;
//! * tabs: the two ways in which pymdown-extensions write a set, its radio buttons, and marks in labels,
//!   which are plain text here because a label is a button;
//! * task boxes: their wrappers;
//! * tables: a body without anything in it;
//! * emphasis around the same words, in whichever order.

use std::fmt::Write;

use html5ever::{local_name, ns, tendril::TendrilSink};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// What else is not compared, where a rule says so.
#[derive(Clone, Copy, Default)]
pub(crate) struct Ignoring {
    /// Links from headings to themselves.
    pub(crate) self_links: bool,
    /// Classes and styles.
    pub(crate) looks: bool,
    /// Comments.
    pub(crate) comments: bool,
    /// A paragraph around nothing but an image or another element without content.
    pub(crate) lone: bool,
}

/// What is read in a text: its words and signs without white space and the marks of Markdown.
pub(crate) fn words(html: &str) -> String {
    text_of(&parsed(html)).chars().filter(|c| !(c.is_whitespace() || "*_`#".contains(*c))).collect()
}

fn parsed(html: &str) -> Handle {
    let context = html5ever::QualName::new(None, ns!(html), local_name!("div"));
    let options = html5ever::ParseOpts::default();
    html5ever::driver::parse_fragment(RcDom::default(), options, context, Vec::new(), false).one(html).document
}

/// Both texts as comparable trees.
pub(crate) fn pair(expected: &str, got: &str, ignoring: Ignoring) -> (String, String) {
    // Where a highlighter wrote the code, the language is in no class.
    let languages = !(expected.contains("highlight")
        || expected.contains("inlinehilite")
        || expected.contains("<pre><span></span>"));
    let languages = languages && !ignoring.looks;
    (tree(expected, languages, ignoring), tree(got, languages, ignoring))
}

fn tree(html: &str, languages: bool, ignoring: Ignoring) -> String {
    let mut writer = Writer { out: String::new(), languages, ignoring, heading: None, pending: String::new() };
    // The fragment's parser puts everything into an `html` element.
    let document = parsed(html);
    let root = document.children.borrow().first().cloned();
    root.iter().for_each(|root| writer.children(root, 0));
    writer.flush(0);
    writer.out
}

struct Writer {
    out: String,
    languages: bool,
    ignoring: Ignoring,
    /// The id of the heading that is being written.
    heading: Option<String>,
    pending: String,
}

impl Writer {
    fn children(&mut self, node: &Handle, depth: usize) {
        node.children.borrow().iter().for_each(|child| self.node(child, depth));
    }

    fn flush(&mut self, depth: usize) {
        let text = self.pending.split_whitespace().collect::<Vec<_>>().join(" ");
        self.pending.clear();
        if !text.is_empty() {
            self.line(depth, &text);
        }
    }

    fn line(&mut self, depth: usize, text: &str) {
        let _ = writeln!(self.out, "{}{text}", "  ".repeat(depth));
    }

    fn node(&mut self, node: &Handle, depth: usize) {
        match &node.data {
            NodeData::Text { contents } => self.pending.push_str(&contents.borrow()),
            // They are shown nowhere.
            NodeData::Comment { .. } if self.ignoring.comments => {}
            NodeData::Comment { contents } => {
                self.flush(depth);
                self.line(depth, &format!("<!--{}-->", contents.trim()));
            }
            NodeData::Element { .. } => self.element(node, depth),
            NodeData::Document | NodeData::Doctype { .. } | NodeData::ProcessingInstruction { .. } => {}
        }
    }

    fn element(&mut self, node: &Handle, depth: usize) {
        let (name, mut attributes) = parts(node);
        let target = attributes.iter().find(|(name, _)| name == "href").and_then(|(_, href)| href.strip_prefix('#'));
        if self.ignoring.self_links && name == "a" && target.is_some() && target == self.heading.as_deref() {
            // Around the whole heading it is the heading; behind it, it is a sign.
            let text = text_of(node);
            if text.chars().any(char::is_alphanumeric) {
                self.children(node, depth);
            }
            return;
        }
        let class = attributes.iter().find(|(name, _)| name == "class").map(|(_, value)| value.clone());
        let class = class.unwrap_or_default();
        let is = |wanted: &str| class.split_whitespace().any(|class| class == wanted);
        // A highlighter's wrapper stands for the code in it.
        let wraps =
            name == "table" || name == "div" && (class.is_empty() || class.contains("highlight") || !self.languages);
        if wraps && holds_only_code(node) {
            return self.code(node, depth);
        }
        if name == "pre" && has(node, "code") || is("highlighttable") {
            return self.code(node, depth);
        }
        if name == "div" && is("tabbed-set") {
            return self.tabs(node, depth);
        }
        self.flush(depth);
        if name == "input" && attributes.iter().any(|(name, value)| name == "type" && value == "checkbox") {
            let on = attributes.iter().any(|(name, _)| name == "checked");
            return self.line(depth, &format!("<task {on}>"));
        }
        if name == "label" && class.contains("task-list") || class.contains("task-list-indicator") {
            return self.children(node, depth);
        }
        if name == "code" {
            // A highlighter's own classes say how code looks.
            if let Some((_, class)) = attributes.iter_mut().find(|(name, _)| name == "class") {
                let own = |class: &&str| {
                    ["highlight", "inlinehilite"].contains(class)
                        || class.starts_with("language-")
                        || class.starts_with("lang-")
                };
                *class = class.split(' ').filter(|class| self.languages || !own(class)).collect::<Vec<_>>().join(" ");
            }
            attributes.retain(|(name, value)| !(name == "class" && (value.is_empty() || self.ignoring.looks)));
            let text = text_of(node);
            let attributes = shown(&attributes);
            return self.line(depth, &format!("<code{attributes}>{text}"));
        }
        if self.ignoring.looks {
            attributes.retain(|(name, _)| name != "class" && name != "style");
        }
        let lone = || only_child(node).filter(|child| matches!(parts(child).0.as_str(), "img" | "br" | "wbr"));
        if self.ignoring.lone && name == "p" && lone().is_some() {
            return self.children(node, depth);
        }
        // A table whose only row is its head has no body.
        if name == "tbody" && text_of(node).is_empty() && !has(node, "img") {
            return;
        }
        if is_heading(&name) {
            self.heading = attributes.iter().find(|(name, _)| name == "id").map(|(_, id)| id.clone());
        }
        // The same words are shown for `<em><strong>` as for `<strong><em>`.
        let inner = (name == "em").then(|| only_child(node)).flatten().filter(|inner| parts(inner).0 == "strong");
        if let Some(inner) = inner.filter(|_| attributes.is_empty()) {
            self.line(depth, &format!("<strong{}>", shown(&parts(&inner).1)));
            self.line(depth + 1, "<em>");
            self.children(&inner, depth + 2);
            return self.flush(depth + 2);
        }
        self.line(depth, &format!("<{name}{}>", shown(&attributes)));
        self.children(node, depth + 1);
        self.flush(depth + 1);
        if is_heading(&name) {
            self.heading = None;
        }
    }

    fn code(&mut self, node: &Handle, depth: usize) {
        self.flush(depth);
        let mut title = String::new();
        find(node, &mut |child, class| {
            if class.contains("filename") {
                title = text_of(child);
            }
        });
        if !title.is_empty() {
            self.line(depth, &format!("<filename>{title}"));
        }
        let mut attributes = Vec::new();
        find_named(node, "code", &mut |child| attributes = parts(child).1);
        attributes.retain(|_| self.languages);
        let text = code_text(node);
        self.line(depth, &format!("<pre{}>\n{}", shown(&attributes), text.trim_matches('\n')));
    }

    /// Labels and contents, whichever way the set is written.
    fn tabs(&mut self, node: &Handle, depth: usize) {
        self.flush(depth);
        self.line(depth, "<tabs>");
        let (mut labels, mut blocks) = (Vec::new(), Vec::new());
        gather(node, &mut labels, &mut blocks);
        for (label, block) in labels.iter().zip(&blocks) {
            self.line(depth + 1, &format!("<label>{}", text_of(label)));
            self.line(depth + 1, "<content>");
            self.children(block, depth + 2);
            self.flush(depth + 2);
        }
    }
}

/// The labels and content elements of a set, not those of sets inside it.
fn gather(node: &Handle, labels: &mut Vec<Handle>, blocks: &mut Vec<Handle>) {
    for child in node.children.borrow().iter() {
        let (name, attributes) = parts(child);
        let class = attributes.iter().find(|(name, _)| name == "class").map_or("", |(_, value)| value.as_str());
        let wraps = child.children.borrow().iter().any(|inner| class_of(inner).contains("tabbed-block"));
        match (name.as_str(), class) {
            ("label", _) => labels.push(child.clone()),
            ("div", "tabbed-labels") => gather(child, labels, blocks),
            ("div", "tabbed-content") if wraps => gather(child, labels, blocks),
            ("div", "tabbed-content" | "tabbed-block") => blocks.push(child.clone()),
            _ => {}
        }
    }
}

fn parts(node: &Handle) -> (String, Vec<(String, String)>) {
    let NodeData::Element { name, attrs, .. } = &node.data else { return (String::new(), Vec::new()) };
    let mut attributes: Vec<(String, String)> = (attrs.borrow().iter())
        .map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()))
        .map(|(name, value)| match name.as_str() {
            // The order of classes says nothing.
            "class" => {
                let mut classes: Vec<&str> = value.split_whitespace().collect();
                classes.sort_unstable();
                (name, classes.join(" "))
            }
            // Alignment is a style there and an attribute here, where styles are not allowed.
            "style" if value.starts_with("text-align: ") => {
                ("align".to_owned(), value["text-align: ".len()..].trim_end_matches(';').to_owned())
            }
            _ => (name, value),
        })
        .map(|(name, value)| {
            // Written with or without a value, they mean the same.
            let value = if ["open", "checked", "disabled"].contains(&name.as_str()) { String::new() } else { value };
            (name, value)
        })
        .filter(|(name, value)| !(name == "class" && value.is_empty() || name == "scope"))
        .collect();
    let class = attributes.iter().find(|(name, _)| name == "class").map(|(_, value)| value.clone());
    match class.as_deref() {
        // The title of the way back from a footnote is in each project's own words.
        Some("footnote-backref") => attributes.retain(|(name, _)| name != "title"),
        // So are the title and the classes of a reference to a repository.
        Some(class) if class.split(' ').any(|class| class == "magiclink") => {
            attributes.retain(|(name, _)| name != "class" && name != "title")
        }
        // What a key looks like is the theme's affair.
        Some(class) if &*name.local == "kbd" && class.starts_with("key-") => {
            attributes.retain(|(name, _)| name != "class")
        }
        Some("task-list-item") => attributes.retain(|(name, _)| name != "class"),
        _ => {}
    }
    attributes.sort();
    (name.local.to_string(), attributes)
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// The only node inside, if there is just one.
fn only_child(node: &Handle) -> Option<Handle> {
    let children = node.children.borrow();
    (children.len() == 1).then(|| children[0].clone())
}

fn class_of(node: &Handle) -> String {
    parts(node).1.into_iter().find(|(name, _)| name == "class").map_or_else(String::new, |(_, value)| value)
}

fn shown(attributes: &[(String, String)]) -> String {
    attributes.iter().map(|(name, value)| format!(" {name}={value:?}")).collect()
}

fn holds_only_code(node: &Handle) -> bool {
    let mut outside = String::new();
    push_outside(node, &mut outside);
    has(node, "code") && has(node, "pre") && outside.trim().is_empty()
}

/// The text that is neither code nor its title or line numbers.
fn push_outside(node: &Handle, out: &mut String) {
    if let NodeData::Text { contents } = &node.data {
        out.push_str(&contents.borrow());
    }
    let (name, class) = (parts(node).0, class_of(node));
    if name != "pre" && !class.contains("filename") {
        node.children.borrow().iter().for_each(|child| push_outside(child, out));
    }
}

fn has(node: &Handle, name: &str) -> bool {
    let mut found = false;
    find_named(node, name, &mut |_| found = true);
    found
}

fn find_named(node: &Handle, name: &str, visit: &mut dyn FnMut(&Handle)) {
    for child in node.children.borrow().iter() {
        if parts(child).0 == name {
            visit(child);
        }
        find_named(child, name, visit);
    }
}

fn find(node: &Handle, visit: &mut dyn FnMut(&Handle, &str)) {
    for child in node.children.borrow().iter() {
        visit(child, &class_of(child));
        find(child, visit);
    }
}

fn text_of(node: &Handle) -> String {
    let mut text = String::new();
    push_text(node, &mut text, &|_| true);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The code in a block: what is inside `code`, line numbers left out.
fn code_text(node: &Handle) -> String {
    let mut text = String::new();
    let mut codes = Vec::new();
    if parts(node).0 == "code" {
        codes.push(node.clone());
    }
    find_named(node, "code", &mut |code| codes.push(code.clone()));
    codes.iter().for_each(|code| push_text(code, &mut text, &|class| !class.contains("linenos")));
    text
}

fn push_text(node: &Handle, out: &mut String, keep: &dyn Fn(&str) -> bool) {
    if let NodeData::Text { contents } = &node.data {
        out.push_str(&contents.borrow());
    }
    if keep(&class_of(node)) {
        node.children.borrow().iter().for_each(|child| push_text(child, out, keep));
    }
}
