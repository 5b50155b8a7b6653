//! The text of a journey file: phases, groups and steps.

use std::collections::BTreeMap;

use super::{
    condition::Conditions,
    front::{Front, bad_id},
    logic::{Holds, holds},
    step::{Above, HeadingParts, Note, StepReader, heading},
};
use crate::{
    content::{
        ids::Ids,
        markdown::{Block, BlockKind, Document, boxed_below},
    },
    diagnostic::{Findings, Position},
    id::{PhaseId, StepId, is_slug, slugify},
    journey::Phase,
};

/// What stands below the front matter.
pub(super) struct Body {
    pub intro: String,
    pub phases: Vec<Phase>,
    pub notes: BTreeMap<StepId, Note>,
}

pub(super) fn read<'a>(document: &Document<'a>, front: &Front, findings: &mut Findings) -> Body {
    let reader = StepReader { document, front, findings, notes: BTreeMap::new(), ids: Ids::default() };
    let mut body = BodyReader {
        steps: reader,
        phase_ids: Ids::default(),
        intro: Vec::new(),
        phases: Vec::new(),
        above: Above::default(),
        heading: None,
    };
    for block in &document.blocks {
        body.block(block);
    }
    body.finish()
}

struct BodyReader<'r, 'a> {
    steps: StepReader<'r, 'a>,
    phase_ids: Ids,
    intro: Vec<String>,
    phases: Vec<Phase>,
    above: Above,
    /// A group heading whose text has not been met yet.
    heading: Option<String>,
}

impl<'a> BodyReader<'_, 'a> {
    fn block(&mut self, block: &Block<'a>) {
        let document = self.steps.document;
        match &block.kind {
            BlockKind::Heading(1) if block.plain() == self.steps.front.title => {}
            BlockKind::Heading(2) => self.phase(block),
            BlockKind::Heading(level) if *level > 2 => self.group(block),
            BlockKind::Rule => {}
            BlockKind::Footnote(label) if document.references.is_used(label) && !block.has_boxes() => {}
            _ if block.has_boxes() => self.list(block),
            _ => self.prose(document.block_text(block)),
        }
    }

    fn phase(&mut self, block: &Block<'a>) {
        let parts = heading(self.steps.document, block);
        let at = self.steps.document.lines.position(block.range.start);
        self.above = Above::default();
        self.heading = None;
        let id = self.phase_id(&parts, at);
        let front = self.steps.front;
        let entry = front.phases.iter().find(|entry| entry.id.as_str() == id);
        if entry.is_none() && front.has_phases {
            let known: Vec<&str> = front.phases.iter().map(|entry| entry.id.as_str()).collect();
            let at = parts.id.as_ref().map_or(at, |(_, at)| *at);
            self.steps
                .findings
                .error("J002", at, format!("phase `{id}` is not listed in the front matter"))
                .help(format!("Listed are {}.", if known.is_empty() { "none".to_owned() } else { known.join(", ") }));
        }
        let first = self.phases.iter().position(|phase| phase.id.as_str() == id);
        let id = self.phase_ids.unique(&id);
        if let Some(first) = first {
            let at = parts.id.as_ref().map_or(at, |(_, at)| *at);
            self.steps
                .findings
                .error("J011", at, format!("phase `{}` has two headings", self.phases[first].id))
                .help("Give the second phase an id of its own, or put its steps below the first heading.");
            // Its steps belong to a phase of its own, behind the first one.
            let Phase { from, to, .. } = self.phases[first].clone();
            self.phases.push(Phase { from, to, ..new_phase(id, parts.title) });
            return;
        }
        let title = entry.and_then(|entry| entry.title.clone()).unwrap_or(parts.title);
        let mut phase = new_phase(id, title);
        if let Some(entry) = entry {
            phase.from = entry.from.clone();
            phase.to = entry.to.clone();
            phase.goal = entry.goal.clone();
        }
        self.phases.push(phase);
    }

    /// The id behind the heading, or that of the listed phase with the same words.
    fn phase_id(&mut self, parts: &HeadingParts, at: Position) -> String {
        if let Some((id, at)) = &parts.id {
            if !is_slug(id) {
                bad_id(id, *at, "J002", self.steps.findings);
            }
            return id.clone();
        }
        let slug = slugify(&parts.title, "phase");
        let front = self.steps.front;
        let same = front
            .phases
            .iter()
            .find(|entry| entry.title.as_deref() == Some(parts.title.as_str()) || entry.id.as_str() == slug);
        let id = same.map_or(slug, |entry| entry.id.as_str().to_owned());
        if front.has_phases && same.is_none() {
            self.steps
                .findings
                .error("J002", at, format!("the phase `{}` has no id", parts.title))
                .help(format!("Write `{{#{id}}}` behind the heading and list `{id}` in `phases`."));
        }
        id
    }

    fn group(&mut self, block: &Block<'a>) {
        let parts = heading(self.steps.document, block);
        let when = parts.when.and_then(|(text, at)| {
            let variables = &self.steps.front.variables;
            let before = self.steps.findings.count();
            let when = Conditions { variables }.short(&text, at, self.steps.findings);
            let clean = self.steps.findings.count() == before;
            if clean && when.as_ref().and_then(|when| holds(when, variables)) == Some(Holds::Never) {
                self.steps
                    .findings
                    .warning("J041", at, format!("nobody fits `{text}`, so the steps below are never shown"))
                    .help("Change `when`; all of its parts have to hold at once.");
            }
            when
        });
        self.heading = Some(format!("### {}", parts.title));
        self.above = Above { group: Some(parts.title), when };
    }

    fn list(&mut self, block: &Block<'a>) {
        let document = self.steps.document;
        let boxed = boxed_below(std::slice::from_ref(block));
        let drop: Vec<_> = boxed.iter().map(|nested| document.lines.span(&nested.item.range)).collect();
        let indent = document.indent_at(block.range.start);
        let text = document.text(document.lines.span(&block.range), &drop, indent);
        if !text.is_empty() {
            self.prose(text);
        }
        if self.phases.is_empty() {
            self.steps
                .findings
                .error("J002", document.lines.position(block.range.start), "these steps stand before the first phase")
                .help("Put a heading such as `## First day {#day1}` above them.");
            self.phases.push(new_phase("start".to_owned(), self.steps.front.title.clone()));
        }
        for nested in boxed {
            let step = self.steps.read(nested.item, &self.above);
            self.phases.last_mut().expect("a phase was just made").steps.push(step);
        }
        self.heading = None;
    }

    fn prose(&mut self, text: String) {
        let heading = self.heading.take();
        match self.phases.last_mut() {
            None => self.intro.extend(heading.into_iter().chain([text])),
            Some(phase) => {
                for text in heading.into_iter().chain([text]) {
                    phase.intro.push_str(if phase.intro.is_empty() { "" } else { "\n\n" });
                    phase.intro.push_str(&text);
                }
            }
        }
    }

    fn finish(self) -> Body {
        for entry in &self.steps.front.phases {
            if !self.phases.iter().any(|phase| phase.id == entry.id) {
                let message = format!("phase `{}` is listed and has no heading", entry.id);
                self.steps.findings.warning("J002", entry.at, message).help(format!(
                    "Add `## {} {{#{}}}` or remove it from the list.",
                    entry.title.as_deref().unwrap_or(entry.id.as_str()),
                    entry.id
                ));
            }
        }
        Body { intro: self.intro.join("\n\n"), phases: self.phases, notes: self.steps.notes }
    }
}

fn new_phase(id: String, title: String) -> Phase {
    Phase { id: PhaseId::new(id), title, from: None, to: None, goal: None, intro: String::new(), steps: Vec::new() }
}
