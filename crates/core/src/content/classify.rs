//! Tells what a Markdown file is, without reading all of it.

use super::{
    front_matter::front_matter,
    roadmap::looks_like_list,
    words::{file_stem, is_form, looks_like_box},
};

/// What a Markdown file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `schema: waymark.journey/1`.
    Journey,
    /// A page whose point is its boxes.
    Checklist,
    /// `roadmap/index.md`.
    RoadmapIndex,
    /// `roadmap/items/*.md`.
    RoadmapItem,
    /// `roadmap/personas/*.md`.
    Persona,
    /// `roadmap/jobs/*.md`.
    Job,
    /// A plain page with lists below headings such as Now, Next and Later.
    RoadmapList,
    /// Anything else: documentation.
    Page,
}

/// Words that tell a checklist for people from any other page with boxes.
const CHECKLIST_WORDS: [&str; 12] = [
    "onboard",
    "on-board",
    "offboard",
    "off-board",
    "new hire",
    "new starter",
    "new joiner",
    "newcomer",
    "first day",
    "first week",
    "welcome",
    "ramp-up",
];
/// Without such a word a page needs this many boxes …
const MANY_BOXES: usize = 5;
/// … and they must be at least one in so many of its lines: a guide that ends with a few things to
/// check is still a guide.
const LINES_FOR_A_BOX: usize = 2;

/// Judges a file by the schema in its front matter, its place and its boxes. `path` is relative to
/// the opened folder, with `/` between segments.
pub fn classify(path: &str, source: &str) -> Kind {
    let split = front_matter(source);
    let key = |name: &str| split.yaml.and_then(|yaml| top_level(yaml, name));
    if let Some(kind) = key("schema").and_then(by_schema) {
        return kind;
    }
    // A journey without front matter may be a plain checklist; a roadmap's folders hold nothing else.
    let has_front = split.yaml.is_some() || split.unclosed;
    if let Some(kind) = by_place(path).filter(|kind| has_front || *kind != Kind::Journey) {
        return kind;
    }
    if looks_like_list(path, split.body) {
        return Kind::RoadmapList;
    }
    by_boxes(path, split.body, &key)
}

fn by_schema(schema: &str) -> Option<Kind> {
    let name = schema.split('/').next().unwrap_or("");
    match name {
        "waymark.journey" => Some(Kind::Journey),
        "waymark.roadmap-index" => Some(Kind::RoadmapIndex),
        "waymark.roadmap" => Some(Kind::RoadmapItem),
        "waymark.persona" => Some(Kind::Persona),
        "waymark.job" => Some(Kind::Job),
        _ => None,
    }
}

/// The folder of a file and the folder around that.
fn folder_of(path: &str) -> Option<(Option<&str>, &str)> {
    let mut segments = path.rsplit('/').skip(1);
    let folder = segments.next()?;
    Some((segments.next(), folder))
}

fn by_place(path: &str) -> Option<Kind> {
    if file_stem(path).eq_ignore_ascii_case("readme") {
        return None;
    }
    match folder_of(path)? {
        (_, "journeys") => Some(Kind::Journey),
        (_, "roadmap") if file_stem(path) == "index" => Some(Kind::RoadmapIndex),
        (Some("roadmap"), "items") => Some(Kind::RoadmapItem),
        (Some("roadmap"), "personas") => Some(Kind::Persona),
        (Some("roadmap"), "jobs") => Some(Kind::Job),
        _ => None,
    }
}

fn by_boxes<'a>(path: &str, body: &str, key: &impl Fn(&str) -> Option<&'a str>) -> Kind {
    let page = scan(body);
    let lower_path = path.to_lowercase();
    let labels = key("labels").unwrap_or("");
    if page.boxes == 0 || lower_path.contains("pull_request") || is_form(path, key("name").unwrap_or(""), labels) {
        return Kind::Page;
    }
    let is_issue_template = lower_path.contains("issue_template") || (key("name").is_some() && key("about").is_some());
    let named = [key("name"), key("title"), key("about")].into_iter().flatten().chain(page.titles);
    let mut texts = named.map(str::to_lowercase).chain([lower_path]);
    let says_so = texts.any(|text| CHECKLIST_WORDS.iter().any(|word| text.contains(word)));
    let mostly_boxes = page.boxes >= MANY_BOXES && page.boxes * LINES_FOR_A_BOX >= page.lines;
    if is_issue_template || says_so || mostly_boxes { Kind::Checklist } else { Kind::Page }
}

/// What a first look shows.
#[derive(Default)]
struct Look<'a> {
    boxes: usize,
    /// Lines that say something, headings left out.
    lines: usize,
    /// Headings of the first level.
    titles: Vec<&'a str>,
}

/// Counts boxes outside fences, line by line: a first look, not the grammar.
fn scan(body: &str) -> Look<'_> {
    let mut look = Look::default();
    let mut fence: Option<&str> = None;
    for line in body.lines() {
        let text = line.trim_start();
        let marks = text.len() - text.trim_start_matches(['`', '~']).len();
        match fence {
            // A fence is closed by at least as many of the same marks.
            Some(open) if text.starts_with(open) && text[marks..].trim().is_empty() => fence = None,
            Some(_) => {}
            None if marks >= 3 => fence = Some(&text[..marks]),
            None if text.starts_with('#') => look.titles.extend(text.strip_prefix("# ")),
            None => {
                look.lines += usize::from(!text.is_empty());
                look.boxes += usize::from(looks_like_box(line));
            }
        }
    }
    look
}

/// The value of a key at the top level, without reading the YAML.
fn top_level<'a>(yaml: &'a str, key: &str) -> Option<&'a str> {
    let mut values = yaml.lines().filter_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
    values.next().map(|value| value.split(" #").next().unwrap_or("").trim().trim_matches(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schema_place_and_boxes_decide() {
        for (path, source, kind) in [
            ("a.md", "---\nschema: waymark.journey/1\n---\n", Kind::Journey),
            ("a.md", "---\nschema: \"waymark.roadmap/1\" # item\n---\n", Kind::RoadmapItem),
            ("journeys/a.md", "---\nid: [\n---\n", Kind::Journey),
            ("journeys/README.md", "About these files", Kind::Page),
            ("x/roadmap/items/a.md", "---\nid: a\n---\n", Kind::RoadmapItem),
            ("roadmap/index.md", "# Where we go", Kind::RoadmapIndex),
            (".github/ISSUE_TEMPLATE/new.md", "- [ ] a", Kind::Checklist),
            (".github/ISSUE_TEMPLATE/bug_report.md", "---\nname: Bug report\n---\n- [ ] a", Kind::Page),
            (".github/pull_request_template.md", "- [ ] a\n- [ ] b\n- [ ] c\n- [ ] d\n- [ ] e\n- [ ] f", Kind::Page),
            ("docs/onboarding.md", "- [ ] a", Kind::Checklist),
            (".github/ISSUE_TEMPLATE/new.md", "- [ ] read [the list](https://example.com)", Kind::Checklist),
            (".github/ISSUE_TEMPLATE/new.md", "- [x](https://example.com)", Kind::Page),
            ("docs/review.md", "Long prose.\n\nMore.\n\n- [ ] a\n- [ ] b\n- [ ] c\n\nEven more.", Kind::Page),
            ("docs/release.md", "Before a release:\n\n- [ ] a\n- [ ] b\n- [ ] c\n- [ ] d\n- [ ] e", Kind::Checklist),
            ("docs/onboarding.md", "````\n```\n- [ ] a\n```\n- [ ] b\n````", Kind::Page),
            ("docs/lists.md", "- [ ] a\n- [x] b", Kind::Page),
            ("docs/onboarding.md", "```\n- [ ] a\n```", Kind::Page),
            ("docs/roadmap.md", "# Plan\n## Now\n- a\n## Later\n- b", Kind::RoadmapList),
            ("docs/guide.md", "## Next steps\n- a\n## Current status\nx", Kind::Page),
        ] {
            assert_eq!(classify(path, source), kind, "{path}: {source}");
        }
    }
}
