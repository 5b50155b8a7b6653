//! Generic blocks: `/// name | argument`, options indented by four, a body, and the same slashes again.

use super::{
    Fold, Found, Kind, Pass, Tab,
    admonition::title_of,
    caption,
    context::{Belongs, Verbatim},
    fancy::Forced,
    html::Search,
    lines::Line,
};
use crate::{
    config::yaml::{self, Node, Value},
    markdown::Attrs,
};

/// The first line of a block.
pub(super) struct Head<'a> {
    slashes: usize,
    /// In lower case: `/// New` is a `new`.
    name: String,
    /// What stands behind the bar, if there is one.
    pub(super) argument: Option<&'a str>,
}

/// Elements that hold blocks; all others hold a run of text.
#[rustfmt::skip]
const BLOCK_ELEMENTS: &[&str] = &[
    "article", "aside", "blockquote", "body", "center", "colgroup", "details", "div", "dl", "fieldset", "figcaption",
    "figure", "footer", "form", "header", "hgroup", "hr", "iframe", "main", "menu", "nav", "ol", "progress", "search",
    "section", "table", "tbody", "tfoot", "thead", "tr", "ul", "li", "td", "th",
];
/// Elements whose content is no Markdown.
const RAW_ELEMENTS: &[&str] = &["canvas", "math", "option", "pre", "script", "style", "textarea"];
/// Names of options that any block has.
const OPTIONS: [&str; 6] = ["attrs", "type", "open", "new", "select", "markdown"];
/// The block that folds whatever else is set up.
const FOLDING: &str = "details";
/// Types of admonitions that pymdown-extensions and Material bring, or that name the block itself.
#[rustfmt::skip]
const TYPES: &[&str] = &[
    "admonition", "note", "attention", "caution", "danger", "error", "tip", "hint", "warning", "info", "check",
    "success", "question", "failure", "bug", "example", "quote", "abstract", "important", "summary", "todo", "new",
    "settings",
];

/// The block that starts at the first of `lines`.
pub(super) fn recognise(pass: Pass<'_>, lines: &[Line<'_>], search: &mut Search) -> Option<Found> {
    let head = read_head(&lines[0])?;
    if head.name == "tab" {
        return tabs(pass, lines, search);
    }
    let (block, taken) = take(&head, lines, search)?;
    if let Some(set) = pass.dialect.captions.find(&head.name) {
        return caption::caption(pass, &set, &head, &block, taken);
    }
    let kind = kind(pass, &head, &block)?;
    Some(Found { kind, lines: taken, rest: None })
}

/// Options and body of a block.
pub(super) struct Block<'a> {
    options: Option<Node>,
    pub(super) body: Vec<Line<'a>>,
}

impl Block<'_> {
    fn option(&self, key: &str) -> Option<&str> {
        self.options.as_ref()?.get(key)?.text()
    }

    pub(super) fn attribute(&self, key: &str) -> Option<&str> {
        self.options.as_ref()?.get("attrs")?.get(key)?.text()
    }

    /// The attributes of the block's element, its classes left out.
    fn attributes(&self) -> Attrs {
        let list = self.options.as_ref().and_then(|options| options.get("attrs")).map_or(&[][..], Node::entries);
        let values = list.iter().filter(|(name, _)| name != "class" && name != "id");
        let values = values.filter_map(|(name, value)| Some((name.clone(), value.text()?.to_owned()))).collect();
        Attrs { id: self.attribute("id").map(str::to_owned), classes: Vec::new(), values }
    }

    fn is_on(&self, key: &str) -> bool {
        self.option(key).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }
}

fn read_head<'a>(line: &'a Line<'_>) -> Option<Head<'a>> {
    let text = line.text.trim();
    let slashes = text.bytes().take_while(|c| *c == b'/').count();
    let rest = text[slashes..].strip_prefix(' ').filter(|_| slashes >= 3)?.trim_start();
    let (name, argument) = rest.split_once('|').map_or((rest, None), |(name, argument)| (name, Some(argument.trim())));
    let name = name.trim();
    let is_name = !name.is_empty() && name.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_'));
    is_name.then(|| Head { slashes, name: name.to_ascii_lowercase(), argument })
}

fn kind(pass: Pass<'_>, head: &Head<'_>, block: &Block<'_>) -> Option<Kind> {
    if head.name == "html" {
        return html(pass, head.argument?, block);
    }
    if head.name == "define" {
        return (head.argument.is_none() && block.options.is_none()).then(|| Kind::Terms(pass.inside(&block.body)));
    }
    if head.name == "fancylists"
        && let Some(lists) = pass.dialect.fancy_lists
    {
        let forced = Some(Forced::read(head.argument?, lists)?);
        return Some(Kind::Group(Box::new(
            Pass { depth: pass.depth + 1, in_html: false, forced, ..pass }.run(&block.body),
        )));
    }
    let set = pass.dialect.block_types.iter().rfind(|set| set.name.eq_ignore_ascii_case(&head.name));
    let details = head.name == FOLDING || set.is_some_and(|set| set.folds);
    if !(details || set.is_some() || TYPES.contains(&&*head.name)) {
        return None;
    }
    let fold = match details {
        false => Fold::Never,
        true if block.is_on("open") => Fold::Open,
        true => Fold::Closed,
    };
    let plain = matches!(&*head.name, "admonition" | FOLDING);
    let class = match set {
        Some(set) => set.class.as_deref().unwrap_or(&set.name),
        None if plain => block.option("type").unwrap_or_default(),
        None => &head.name,
    };
    let own = set.and_then(|set| set.title.clone());
    // A bar with nothing behind it asks for no title.
    let title = match (head.argument, class) {
        (Some(title), _) => Some(title.to_owned()).filter(|title| !title.is_empty()),
        (None, "") => own,
        (None, class) => own.or_else(|| Some(title_of(class))),
    };
    let more = block.attribute("class");
    let classes = class.split_whitespace().chain(more.iter().flat_map(|more| more.split_whitespace()));
    Some(Kind::Admonition {
        classes: classes.map(str::to_owned).collect(),
        title,
        fold,
        attrs: Box::new(block.attributes()),
        body: pass.inside(&block.body),
    })
}

/// `/// html | div.class#id[key=value]`.
fn html(pass: Pass<'_>, argument: &str, block: &Block<'_>) -> Option<Kind> {
    let end = argument.find(['.', '#', '[']).unwrap_or(argument.len());
    let (tag, rest) = argument.split_at(end);
    let is_tag = tag.starts_with(|c: char| c.is_ascii_alphabetic())
        && tag.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-');
    if !is_tag {
        return None;
    }
    let attrs = caption::selector(rest)?;
    let mut open = format!("<{tag}");
    let mut write = |key: &str, value: &str| {
        open.push_str(&format!(" {key}=\"{}\"", crate::markdown::escape(value)));
    };
    attrs.id.iter().for_each(|id| write("id", id));
    attrs.values.iter().for_each(|(key, value)| write(key, value));
    if !attrs.classes.is_empty() {
        write("class", &attrs.classes.join(" "));
    }
    open.push('>');
    let tag = tag.to_ascii_lowercase();
    let is = |list: &[&str]| list.contains(&tag.as_str());
    let raw = match block.option("markdown") {
        Some("html" | "raw") => true,
        None | Some("auto") => is(RAW_ELEMENTS),
        _ => false,
    };
    if raw {
        let lines: Vec<&str> = block.body.iter().map(|line| &*line.text).collect();
        return Some(Kind::RawHtml(format!("{open}{}</{tag}>", lines.join("\n"))));
    }
    let span = match block.option("markdown") {
        Some("inline" | "span") => true,
        Some("block") => false,
        _ => !is(BLOCK_ELEMENTS),
    };
    Some(Kind::Html { open, tag, span, body: pass.inside(&block.body) })
}

/// Tabs that follow one another are one set, unless one asks for a `new` set.
fn tabs(pass: Pass<'_>, lines: &[Line<'_>], search: &mut Search) -> Option<Found> {
    let (mut tabs, mut taken) = (Vec::new(), 0);
    loop {
        let blank = lines[taken..].iter().take_while(|line| line.is_blank()).count();
        let Some(line) = lines.get(taken + blank).filter(|line| line.indent() == lines[0].indent()) else { break };
        let Some(head) = read_head(line).filter(|head| head.name == "tab") else { break };
        let Some(title) = head.argument.filter(|title| !title.is_empty()) else { break };
        let Some((block, length)) = take(&head, &lines[taken + blank..], search) else { break };
        if block.is_on("new") && !tabs.is_empty() {
            break;
        }
        let selected = block.is_on("select");
        tabs.push(Tab { title: title.to_owned(), selected, body: pass.inside(&block.body) });
        taken += blank + length;
    }
    (!tabs.is_empty()).then_some(Found { kind: Kind::Tabs(tabs), lines: taken, rest: None })
}

/// The lines that belong to the block, and how many they are; an unclosed block ends with its container.
fn take<'a>(head: &Head<'_>, lines: &[Line<'a>], search: &mut Search) -> Option<(Block<'a>, usize)> {
    let indent = lines[0].indent();
    let mut verbatim: Option<Verbatim> = None;
    let mut body = Vec::new();
    let mut taken = 1;
    let mut closed = false;
    for line in &lines[1..] {
        search.step()?;
        taken += 1;
        if let Some(region) = &verbatim {
            if region.end(line).is_some() {
                verbatim = None;
            }
        } else if is_end(line, head.slashes, indent) {
            closed = true;
            break;
        } else if !line.is_blank() && line.indent() < indent {
            taken -= 1;
            break;
        } else if line.indent() <= indent + 3
            && let Some(region) = Verbatim::open(line, indent)
            && !matches!(region.end(line), Some(Belongs::No))
        {
            verbatim = Some(region);
        }
        body.push(line.dedent(indent));
    }
    if !closed && head.slashes > 3 {
        // A longer run of slashes without an end is more often a comment in code than a block.
        return None;
    }
    let count = body.iter().take_while(|line| line.indent() >= 4 && !line.is_blank()).count();
    let ends = body.get(count).is_none_or(Line::is_blank);
    let text: Vec<&str> = body[..count].iter().map(|line| &*line.text).collect();
    // Anything that is no mapping is code that stands first in the body; right before text only a mapping
    // with names of options is none.
    let options = match count > 0 {
        true => yaml::parse(&text.join("\n")).ok().filter(|node| {
            let known = || node.entries().iter().all(|(name, _)| OPTIONS.contains(&name.as_str()));
            matches!(node.value, Value::Map(_)) && (ends || known())
        }),
        false => None,
    };
    if options.is_some() {
        body.drain(..count);
    }
    Some((Block { options, body }, taken))
}

fn is_end(line: &Line<'_>, slashes: usize, indent: usize) -> bool {
    let text = line.text.trim();
    text.len() == slashes && text.bytes().all(|c| c == b'/') && (indent..=indent + 3).contains(&line.indent())
}
