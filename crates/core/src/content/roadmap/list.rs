//! Roadmaps that are plain pages: headings such as Now, Next and Later with a list below each.

use crate::{
    content::{
        checklist::shorten,
        front_matter::front_matter,
        ids::Ids,
        markdown::{Block, BlockKind, Document, Traits},
        words::{file_stem, looks_like_box},
    },
    diagnostic::{Findings, Position},
    id::{ItemId, slugify},
    roadmap::{Horizon, Item, ItemLink, Status},
};

/// What a heading says about the list below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Open(Horizon),
    Shipped,
}

/// Words of headings, longer ones first where one begins another.
const CLASSES: &[(&str, Class)] = &[
    ("up next", Class::Open(Horizon::Next)),
    ("in progress", Class::Open(Horizon::Now)),
    ("in development", Class::Open(Horizon::Now)),
    ("working on", Class::Open(Horizon::Now)),
    ("long term", Class::Open(Horizon::Later)),
    ("now", Class::Open(Horizon::Now)),
    ("current", Class::Open(Horizon::Now)),
    ("currently", Class::Open(Horizon::Now)),
    ("ongoing", Class::Open(Horizon::Now)),
    ("active", Class::Open(Horizon::Now)),
    ("doing", Class::Open(Horizon::Now)),
    ("next", Class::Open(Horizon::Next)),
    ("upcoming", Class::Open(Horizon::Next)),
    ("planned", Class::Open(Horizon::Next)),
    ("soon", Class::Open(Horizon::Next)),
    ("later", Class::Open(Horizon::Later)),
    ("future", Class::Open(Horizon::Later)),
    ("someday", Class::Open(Horizon::Later)),
    ("backlog", Class::Open(Horizon::Later)),
    ("exploring", Class::Open(Horizon::Later)),
    ("completed", Class::Shipped),
    ("complete", Class::Shipped),
    ("done", Class::Shipped),
    ("shipped", Class::Shipped),
    ("released", Class::Shipped),
    ("delivered", Class::Shipped),
    ("finished", Class::Shipped),
];
/// What may stand behind such a word without changing what it means.
const THINGS: &[&str] = &[
    "priorities",
    "priority",
    "work",
    "items",
    "milestones",
    "features",
    "goals",
    "focus",
    "plans",
    "initiatives",
    "projects",
    "tasks",
    "ideas",
    "efforts",
    "releases",
    "topics",
    "themes",
    "improvements",
    "things",
    "developments",
];

fn class_of(heading: &str) -> Option<Class> {
    // "Now (0–3 months)" and "Next: autumn" are Now and Next.
    let head = heading.split(['(', ':', '|', '–', '—']).next().unwrap_or("").to_lowercase();
    let words: Vec<&str> = head.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (rest, class) = CLASSES.iter().find_map(|(phrase, class)| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        words.strip_prefix(phrase.as_slice()).map(|rest| (rest, *class))
    })?;
    rest.iter().all(|word| THINGS.contains(word)).then_some(class)
}

/// Whether a page is such a roadmap: two different headings with entries below, and a word that says
/// so; or boxes in a file that is called a roadmap.
pub(in crate::content) fn looks_like_list(path: &str, body: &str) -> bool {
    let named = file_stem(path).to_lowercase().contains("roadmap");
    let mut says_so = named;
    let mut current = None;
    let mut with_entries: Vec<Class> = Vec::new();
    let mut boxes = 0;
    let mut fenced = false;
    for line in body.lines() {
        let text = line.trim_start();
        if text.starts_with("```") || text.starts_with("~~~") {
            fenced = !fenced;
        } else if fenced {
            continue;
        } else if text.starts_with('#') {
            let heading = text.trim_matches(['#', ' ']);
            says_so |= heading.to_lowercase().contains("roadmap") || heading.to_lowercase().contains("priorities");
            current = class_of(heading);
        } else if text.starts_with("- ") || text.starts_with("* ") || text.starts_with("+ ") {
            boxes += usize::from(looks_like_box(line));
            with_entries.extend(current.filter(|class| !with_entries.contains(class)));
        }
    }
    (says_so && with_entries.len() >= 2) || (named && boxes > 0)
}

/// A page that was read.
pub(super) struct List {
    pub title: String,
    pub items: Vec<Item>,
}

pub(super) fn read(path: &str, source: &str, ids: &mut Ids, findings: &mut Findings) -> List {
    let document = Document::parse(source, front_matter(source).body_start);
    let mut list = List { title: String::new(), items: Vec::new() };
    let mut current: Option<Class> = None;
    let classified = document
        .blocks
        .iter()
        .any(|block| matches!(block.kind, BlockKind::Heading(_)) && class_of(&block.plain()).is_some());
    for block in &document.blocks {
        match block.kind {
            BlockKind::Heading(level) => {
                let words = block.plain();
                current = class_of(&words);
                if level == 1 && list.title.is_empty() && current.is_none() {
                    list.title = words;
                }
            }
            BlockKind::List if current.is_some() || (!classified && block.has_boxes()) => {
                for entry in block.children.iter().filter(|entry| current.is_some() || entry.task().is_some()) {
                    list.items.push(item(path, entry, current, &document, ids));
                }
            }
            _ => {}
        }
    }
    if list.title.is_empty() {
        list.title = "Roadmap".to_owned();
    }
    report(&list.items, classified, findings);
    list
}

fn item(path: &str, entry: &Block<'_>, class: Option<Class>, document: &Document<'_>, ids: &mut Ids) -> Item {
    let first = entry.children.first().filter(|block| block.kind == BlockKind::Paragraph);
    let words = first.map(Block::plain).unwrap_or_default();
    let (title, cut) = shorten(&words);
    let checked = entry.task().is_some_and(|task| task.checked);
    let (horizon, status) = match class {
        _ if checked => (Horizon::Now, Status::Shipped),
        Some(Class::Shipped) => (Horizon::Now, Status::Shipped),
        Some(Class::Open(horizon)) => (horizon, Status::Draft),
        None => (Horizon::Later, Status::Draft),
    };
    let links = entry_links(entry);
    let start = first.map_or(entry.range.start, |first| first.range.start);
    let indent = document.indent_at(entry.task().map_or(start, |task| task.at));
    let start = entry.task().map_or(start, |task| (task.at + 3).max(start));
    let keep_first = cut || first.is_some_and(|first| Traits::of(&first.inline).any());
    let mut parts = Vec::new();
    if let Some(first) = first.filter(|_| keep_first) {
        parts.push(document.excerpt(start.min(first.range.end)..first.range.end, indent).trim_start().to_owned());
    }
    let drop: Vec<_> = first.map(|first| document.lines.span(&first.range)).into_iter().collect();
    parts.push(document.text(document.lines.span(&entry.range), &drop, indent));
    parts.retain(|part| !part.is_empty());
    Item {
        id: ItemId::new(ids.unique(&slugify(&title, "item"))),
        title: if title.is_empty() { "Untitled item".to_owned() } else { title },
        horizon,
        status,
        personas: Vec::new(),
        job: None,
        impact: None,
        effort: None,
        outcome: None,
        owner: None,
        area: None,
        history: Vec::new(),
        links,
        body: parts.join("\n\n"),
        path: path.to_owned(),
    }
}

fn entry_links(block: &Block<'_>) -> Vec<ItemLink> {
    let mut links = Vec::new();
    for (event, _) in &block.inline {
        if let pulldown_cmark::Event::Start(pulldown_cmark::Tag::Link { dest_url, .. }) = event {
            links.push(ItemLink { kind: "link".to_owned(), to: dest_url.to_string() });
        }
    }
    block.children.iter().for_each(|child| links.extend(entry_links(child)));
    links
}

fn report(items: &[Item], classified: bool, findings: &mut Findings) {
    let open = items.iter().filter(|item| item.status == Status::Draft).count();
    let message = format!(
        "{} items were read, {open} of them open; they are drafts without persona, job, impact, effort and owner",
        items.len()
    );
    findings
        .note("I400", Position::START, message)
        .help("Nothing was invented; give each item a file of its own to fill them in.");
    if !classified && open > 0 {
        findings.note("I401", Position::START, "no heading says when; open boxes were put under later");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_horizons_or_nothing() {
        for (heading, class) in [
            ("Ongoing work 🚧", Some(Class::Open(Horizon::Now))),
            ("🔮 Future work", Some(Class::Open(Horizon::Later))),
            ("Current Priorities", Some(Class::Open(Horizon::Now))),
            ("Now (0–3 months)", Some(Class::Open(Horizon::Now))),
            ("Completed milestones ✅", Some(Class::Shipped)),
            ("Up next", Some(Class::Open(Horizon::Next))),
            ("Current status", None),
            ("Next steps", None),
            ("Phases", None),
        ] {
            assert_eq!(class_of(heading), class, "{heading}");
        }
    }
}
