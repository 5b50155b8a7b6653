//! One checklist file as a template.

use std::{collections::BTreeSet, ops::Range};

use super::{ImportReport, walk::Walker};
use crate::{
    content::{
        classify::{Kind, classify},
        fields::Fields,
        front_matter::front_matter,
        ids::Ids,
        journey::{placeholders, secrets},
        markdown::{Block, BlockKind, Document},
        words::{file_stem, gaps, is_form, is_leaving},
        yaml::{self, Place},
    },
    diagnostic::{Findings, Position},
    id::{TemplateId, slugify},
    journey::{Clock, JourneyKind, Origin, Template},
};

/// A file that was read.
pub(super) struct File {
    pub template: Template,
    pub report: ImportReport,
}

/// What the front matter of an issue template says.
#[derive(Default)]
struct Front {
    name: Option<String>,
    title: Option<String>,
    about: Option<String>,
    labels: String,
}

impl File {
    /// `None` where the file has no box; a finding then says so.
    pub(super) fn read(path: &str, source: &str, ids: &mut Ids, findings: &mut Findings) -> Option<Self> {
        let split = front_matter(source);
        let document = Document::parse(source, split.body_start);
        let front = match split.yaml {
            Some(text) => read_front(text, &Place::whole(&document.lines, split.yaml_start), findings),
            None => Front::default(),
        };
        let form = is_form(path, front.name.as_deref().unwrap_or(""), &front.labels);
        if document.boxes == 0 {
            nothing_found(form, findings);
            return None;
        }
        if form {
            findings.warning(
                "I101",
                Position::START,
                "this looks like a form for reports or questions and not like a checklist",
            );
        }
        if classify(path, source) == Kind::RoadmapList {
            findings
                .warning("I102", Position::START, "this looks like a roadmap made of boxes and not like a checklist")
                .help("Open it as a roadmap; items keep their order there.");
        }
        let (title, used) = title(&front, &document, path);
        let offboarding = is_leaving(&title) || is_leaving(path) || front.name.as_deref().is_some_and(is_leaving);
        let mut walker = Walker { document: &document, findings, ids, offboarding, guesses: 0 };
        let found = walker.run(&title, used);
        let guesses = walker.guesses;
        report_rest(&document, findings);
        let intro: Vec<String> = front.about.into_iter().chain(found.intro).collect();
        let template = Template {
            id: TemplateId::new(slugify(file_stem(path), "checklist")),
            title,
            version: String::new(),
            kind: if offboarding { JourneyKind::Offboarding } else { JourneyKind::Team },
            owner: None,
            clock: Clock::StartDate,
            intro: intro.join("\n\n"),
            phases: found.phases,
            milestones: Vec::new(),
            variables: Default::default(),
            origin: Origin::Checklist,
            path: path.to_owned(),
        };
        let report = ImportReport { boxes: document.boxes, steps: template.steps().count() as u32, guesses };
        Some(Self { template, report })
    }
}

fn nothing_found(form: bool, findings: &mut Findings) {
    if form {
        findings.note("I101", Position::START, "no checklist found: this is a form for reports or questions");
    } else {
        findings
            .note("I100", Position::START, "no checklist found: the file has no list entry with a box")
            .help("A box is a list entry such as `- [ ] Meet your buddy`.");
    }
}

fn read_front(text: &str, place: &Place, findings: &mut Findings) -> Front {
    let Some(node) = yaml::parse(text, place, "I103", findings) else { return Front::default() };
    let Some(fields) = Fields::of(&node, "I103", "the front matter", findings) else { return Front::default() };
    // Keys that issue templates do not have are somebody else's business.
    let text = |key: &str| {
        let words = fields.get(key).and_then(|node| node.text()).map(str::trim);
        words.filter(|words| !words.is_empty()).map(str::to_owned)
    };
    let labels =
        fields.get("labels").map(|node| node.items().iter().filter_map(|item| item.text()).collect::<Vec<_>>());
    Front {
        name: text("name"),
        title: text("title"),
        about: text("about").or_else(|| text("description")),
        labels: labels.unwrap_or_default().join(" "),
    }
}

/// The journey's title, and which block it was taken from. A title with a gap in it is a pattern for
/// many titles, so the name of the template is better.
fn title(front: &Front, document: &Document<'_>, path: &str) -> (String, Option<usize>) {
    let whole = |text: &&String| gaps(text).is_empty() && !text.ends_with([':', '-', '[']);
    let at = document.blocks.iter().take_while(|block| !block.has_boxes()).position(is_title);
    let heading = at.map(|at| document.blocks[at].plain());
    let written = front.title.as_ref().filter(whole).or(front.name.as_ref()).or(front.title.as_ref());
    match (written, heading) {
        (Some(written), Some(heading)) if *written == heading => (heading, at),
        (Some(written), _) => (written.clone(), None),
        (None, Some(heading)) => (heading, at),
        (None, None) => {
            let stem =
                file_stem(path).trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '_' | '-' | '.' | ' '));
            let words = stem.replace(['_', '-'], " ");
            (if words.trim().is_empty() { "Checklist".to_owned() } else { words }, None)
        }
    }
}

fn is_title(block: &Block<'_>) -> bool {
    block.kind == BlockKind::Heading(1) && !block.plain().is_empty()
}

/// Boxes that the grammar does not see, references without target and gaps to fill.
fn report_rest(document: &Document<'_>, findings: &mut Findings) {
    let mut boxes = BTreeSet::new();
    let mut code = Vec::new();
    let mut found_gaps = Vec::new();
    visit(&document.blocks, &mut |block| {
        boxes.extend(block.task().map(|task| document.lines.number(task.at)));
        if matches!(block.kind, BlockKind::Code { fenced: true, .. }) {
            code.push(document.lines.span(&block.range));
        }
        found_gaps.extend(placeholders(block, document));
    });
    unseen_boxes(document, &boxes, &code, findings);
    secrets(document.source, &document.lines, findings);
    for (at, label) in &document.references.missing {
        let at = document.lines.position(*at);
        findings.note("I113", at, format!("nothing says where `{label}` leads; the words were kept"));
    }
    let mut seen = BTreeSet::new();
    for (at, gap) in found_gaps {
        if seen.insert(gap.clone()) {
            findings.note("I160", at, format!("`{gap}` is a gap that somebody has to fill by hand"));
        }
    }
}

fn visit<'d, 'a>(blocks: &'d [Block<'a>], each: &mut impl FnMut(&'d Block<'a>)) {
    for block in blocks {
        each(block);
        visit(&block.children, each);
    }
}

/// Names lines that look like a box and are none by the grammar, so that no box is missed silently.
fn unseen_boxes(document: &Document<'_>, boxes: &BTreeSet<usize>, code: &[Range<usize>], findings: &mut Findings) {
    let start = document.lines.number(document.start);
    let mut code = code.iter().peekable();
    for line in start..document.lines.count() {
        while code.next_if(|lines| lines.end <= line).is_some() {}
        let in_code = code.peek().is_some_and(|lines| lines.contains(&line));
        if in_code || boxes.contains(&line) || !crate::content::words::looks_like_box(document.lines.text(line)) {
            continue;
        }
        let at = Position { line: line as u32 + 1, column: 1 };
        findings.warning("I115", at, "this looks like a box, but it is read as plain text").help(
            "Put an empty line above the list, write a space in the brackets and indent by less than four spaces.",
        );
    }
}
