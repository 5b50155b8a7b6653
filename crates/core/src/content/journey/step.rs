//! One task-list item as a step.

use std::{collections::BTreeMap, ops::Range};

use pulldown_cmark::Event;

use super::{
    attributes,
    condition::{Conditions, joined},
    duration,
    front::{Front, bad_id, offset},
    own_text::OwnText,
    recurrence::period,
    verify::{self, ROLES, Verify},
};
use crate::{
    content::{
        fields::Fields,
        ids::Ids,
        markdown::{Block, BlockKind, Document, boxed_below, plain_before},
        yaml::{self, Node, Place, Value},
    },
    diagnostic::{Findings, Position},
    id::{MilestoneId, StepId, is_slug, slugify},
    journey::{Completes, Condition, DocRef, Need, Step},
};

const KEYS: [&str; 21] = [
    "role",
    "required",
    "when",
    "needs",
    "due",
    "estimate",
    "every",
    "expires",
    "why",
    "docs",
    "owner",
    "verify",
    "complete",
    "alternatives",
    "who_can_unblock",
    "input",
    "material",
    "offline",
    "milestone",
    "tags",
    "same_as",
];

/// Where the parts of a step stand, for the checks that need all steps.
#[derive(Clone, Debug)]
pub(super) struct Note {
    pub at: Position,
    pub needs: Vec<(StepId, Position)>,
    pub due_at: Position,
    pub milestone_at: Position,
    /// Where the step's own condition stands, where it could be read.
    pub when_at: Option<Position>,
    /// The condition that the heading above gives to the step.
    pub above: Option<Condition>,
    pub alternatives_at: Position,
    /// Pages that the step names.
    pub docs: Vec<(DocRef, Position)>,
    pub offline: Option<bool>,
    pub verify: Verify,
    pub text: OwnText,
}

impl Note {
    fn at(at: Position) -> Self {
        Self {
            at,
            needs: Vec::new(),
            due_at: at,
            milestone_at: at,
            when_at: None,
            above: None,
            alternatives_at: at,
            docs: Vec::new(),
            offline: None,
            verify: Verify::default(),
            text: OwnText::default(),
        }
    }
}

/// Reads items into steps and remembers where their parts stand.
pub(super) struct StepReader<'r, 'a> {
    pub document: &'r Document<'a>,
    pub front: &'r Front,
    pub findings: &'r mut Findings,
    pub notes: BTreeMap<StepId, Note>,
    pub ids: Ids,
}

/// What a step takes over from the heading above it.
#[derive(Clone, Debug, Default)]
pub(super) struct Above {
    pub group: Option<String>,
    pub when: Option<Condition>,
}

/// A title with its id, and what is left of the first paragraph.
struct Title {
    text: String,
    id: Option<(String, Position)>,
    rest: Option<Range<usize>>,
}

impl<'a> StepReader<'_, 'a> {
    pub(super) fn read(&mut self, item: &Block<'a>, above: &Above) -> Step {
        let document = self.document;
        let at = document.lines.position(item.task().map_or(item.range.start, |task| task.at));
        let first = item.children.first().filter(|block| block.kind == BlockKind::Paragraph);
        let title = first.map_or(Title { text: String::new(), id: None, rest: None }, |first| self.title(first));
        let id = self.id(&title, at);
        let mut note = Note::at(at);
        let mut step = Step::new(id, if title.text.is_empty() { "Untitled step".to_owned() } else { title.text });
        step.line = at.line;
        step.group = above.group.clone();

        let block = item.children.iter().find(|block| is_attributes(block));
        if let Some(block) = block {
            self.attributes(block, &mut step, &mut note);
        }
        note.above = above.when.clone();
        note.text = OwnText::of(item, document);
        step.when = joined(above.when.iter().cloned().chain(step.when.take()).collect());

        let mut drop: Vec<_> = first.into_iter().chain(block).map(|block| document.lines.span(&block.range)).collect();
        let nested = boxed_below(&item.children);
        drop.extend(nested.iter().map(|nested| document.lines.span(&nested.item.range)));
        let indent = document.item_indent(item);
        let mut parts = Vec::new();
        parts.extend(title.rest.map(|rest| document.excerpt(rest, indent)).filter(|text| !text.is_empty()));
        let region = document.lines.span(&item.range);
        parts.extend(Some(document.text(region, &drop, indent)).filter(|text| !text.is_empty()));
        step.body = parts.join("\n\n");

        self.notes.insert(step.id.clone(), note);
        // A heading's condition already hides the parent, and with it the parts.
        let inside = Above::default();
        step.children = nested.iter().map(|nested| self.read(nested.item, &inside)).collect();
        step
    }

    fn title(&self, first: &Block<'a>) -> Title {
        let source = self.document.source;
        let marker = first.inline.iter().find_map(|(event, range)| match event {
            Event::Text(_) => source[range.clone()].find("{#").map(|at| range.start + at),
            _ => None,
        });
        let end_of_line =
            |from: usize| source[from..first.range.end].find('\n').map_or(first.range.end, |at| from + at);
        let closing = marker.and_then(|start| {
            let line = &source[start..end_of_line(start)];
            line.find('}').map(|length| (start, start + length + 1))
        });
        let (text_end, id, rest_start) = match closing {
            Some((start, end)) => {
                let id = source[start..end].trim_start_matches("{#").trim_end_matches('}').trim().to_owned();
                (start, Some((id, self.document.lines.position(start + 2))), end)
            }
            // Without an id the first line is the title.
            None => {
                let start = first.inline.first().map_or(first.range.start, |(_, range)| range.start);
                let end = end_of_line(start);
                (end, None, end)
            }
        };
        let rest = rest_start
            + (source[rest_start..first.range.end].len() - source[rest_start..first.range.end].trim_start().len());
        Title {
            text: plain_before(&first.inline, source, text_end),
            id,
            rest: (rest < first.range.end).then_some(rest..first.range.end),
        }
    }

    /// The id as written, or one made from the title; always one that no other step has.
    fn id(&mut self, title: &Title, at: Position) -> StepId {
        let proposal = slugify(&title.text, "step");
        let wanted = match &title.id {
            Some((id, id_at)) => {
                if !is_slug(id) {
                    bad_id(id, *id_at, "J010", self.findings);
                } else if let Some(first) = self.notes.get(&StepId::new(id.as_str())) {
                    let message = format!("`{id}` is the id of two steps; the first stands on line {}", first.at.line);
                    self.findings
                        .error("J011", *id_at, message)
                        .help("Give this step another id; what people did keeps counting for the first one.");
                }
                if is_slug(id) { id.clone() } else { slugify(id, &proposal) }
            }
            None => {
                self.findings
                    .error("J010", at, format!("the step `{}` has no id", title.text))
                    .help(format!("Write `{{#{proposal}}}` behind its title."));
                proposal
            }
        };
        StepId::new(self.ids.unique(&wanted))
    }

    fn attributes(&mut self, block: &Block<'a>, step: &mut Step, note: &mut Note) {
        let mut text = String::new();
        let mut starts = Vec::new();
        for (event, range) in &block.inline {
            let Event::Text(lines) = event else { continue };
            let mut at = range.start;
            for line in lines.split_inclusive('\n') {
                if text.is_empty() || text.ends_with('\n') {
                    starts.push(at);
                }
                text.push_str(line);
                at += line.len();
            }
        }
        let place = Place::at_offsets(&self.document.lines, starts);
        let Some(node) = yaml::parse(&text, &place, "J001", self.findings) else { return };
        let Some(fields) = Fields::of(&node, "J002", "the step block", self.findings) else { return };
        self.fields(&fields, step, note);
    }

    fn fields(&mut self, fields: &Fields<'_>, step: &mut Step, note: &mut Note) {
        let findings = &mut *self.findings;
        fields.only(&KEYS, "J003", findings);
        step.role = fields.choice("role", &ROLES, findings).unwrap_or_default();
        step.required = fields.truth("required", findings).unwrap_or(true);
        step.when = fields.get("when").and_then(|node| {
            let conditions = Conditions { variables: &self.front.variables };
            let before = findings.count();
            let condition = conditions.of(node, findings);
            // What is wrong with its words was said; the rest cannot be judged.
            note.when_at = (findings.count() == before).then_some(node.at);
            condition
        });
        if let Some(node) = fields.get("needs") {
            step.needs = needs(node, note, findings);
        }
        step.due = offset(fields, "due", findings);
        note.due_at = fields.place("due");
        step.estimate_minutes = fields.text("estimate", findings).and_then(|text| {
            let minutes = duration::minutes(&text);
            if minutes.is_none() {
                let message = format!("`{text}` is not a duration; write for instance PT30M, PT2H or P1D");
                findings.error("J030", fields.place("estimate"), message);
            }
            minutes
        });
        step.why = fields.text("why", findings);
        note.docs = fields.texts("docs", findings).iter().map(|(text, at)| (DocRef::parse(text), *at)).collect();
        step.docs = note.docs.iter().map(|(page, _)| page.clone()).collect();
        period(fields, "every", findings);
        period(fields, "expires", findings);
        note.offline = fields.truth("offline", findings);
        note.verify = fields.get("verify").map(|node| verify::read(node, step.role, findings)).unwrap_or_default();
        step.confirm_by = note.verify.confirm_by;
        step.owner = fields.text("owner", findings);
        let completes = [("derived", Completes::Derived), ("own-and-children", Completes::OwnAndChildren)];
        step.complete = fields.choice("complete", &completes, findings).unwrap_or_default();
        step.alternatives = fields.text("alternatives", findings);
        note.alternatives_at = fields.place("alternatives");
        step.milestone = fields.text("milestone", findings).map(MilestoneId::new);
        note.milestone_at = fields.place("milestone");
    }
}

fn is_attributes(block: &Block<'_>) -> bool {
    matches!(&block.kind, BlockKind::Code { fenced: true, info }
        if matches!(info.split_whitespace().collect::<Vec<_>>()[..], ["yaml" | "yml", "step"]))
}

fn needs(node: &Node, note: &mut Note, findings: &mut Findings) -> Vec<Need> {
    node.items().iter().flat_map(|item| need(item, note, findings)).collect()
}

fn need(node: &Node, note: &mut Note, findings: &mut Findings) -> Vec<Need> {
    match &node.value {
        Value::Scalar { text, .. } => {
            let id = StepId::new(text.as_str());
            note.needs.push((id.clone(), node.at));
            vec![Need::Step(id)]
        }
        Value::List(_) => needs(node, note, findings),
        Value::Map(entries) => {
            let mut all = Vec::new();
            for entry in entries {
                match entry.key.as_str() {
                    "any" => all.push(Need::Any(needs(&entry.value, note, findings))),
                    "all" => all.push(Need::All(needs(&entry.value, note, findings))),
                    key => {
                        findings.error(
                            "J020",
                            entry.key_at,
                            format!("`{key}` is not a way to need steps; it is `any` or `all`"),
                        );
                    }
                }
            }
            all
        }
    }
}

/// The id and condition behind a heading, with the heading's words.
pub(super) struct HeadingParts {
    pub title: String,
    pub id: Option<(String, Position)>,
    /// The text of `when` and where it stands.
    pub when: Option<(String, Position)>,
}

pub(super) fn heading(document: &Document<'_>, block: &Block<'_>) -> HeadingParts {
    let line = document.source[block.range.clone()].lines().next().unwrap_or("");
    let Some((start, attributes)) = attributes::at_end(line) else {
        return HeadingParts { title: block.plain(), id: None, when: None };
    };
    let position = |at: usize| document.lines.position(block.range.start + at);
    HeadingParts {
        title: plain_before(&block.inline, document.source, block.range.start + start),
        id: attributes.id.map(|id| (id.to_owned(), position(start + 2))),
        when: attributes
            .pairs
            .iter()
            .find(|(key, ..)| *key == "when")
            .map(|(_, value, at)| ((*value).to_owned(), position(*at))),
    }
}
