//! Checks that need the whole journey (`journeys.md`, section 3).

use std::{collections::BTreeMap, ops::Range};

use pulldown_cmark::Event;

use super::{age::Review, graph::Graph, links, sense, step::Note, window, workload};
use crate::{
    content::{
        fields::nearest,
        markdown::{Block, BlockKind, Document, Lines},
        surroundings::Surroundings,
    },
    diagnostic::{Findings, Position},
    id::StepId,
    journey::{JourneyKind, Need, Offset, Step, Template},
};

/// Variables that every journey has.
const BUILT_IN: [&str; 7] = ["hire.first_name", "buddy.name", "manager.name", "start_date", "team", "site", "service"];

/// Names are short; looking further for the closing braces would only cost time.
const MAX_VARIABLE: usize = 100;

/// What the checks of one file look at.
pub(super) struct Checked<'c, 'a> {
    pub template: &'c Template,
    pub notes: &'c BTreeMap<StepId, Note>,
    pub document: &'c Document<'a>,
    pub review: Review,
    pub around: Surroundings<'c>,
}

pub(super) fn check(checked: &Checked<'_, '_>, findings: &mut Findings) {
    let Checked { template, notes, document, review, around } = checked;
    let graph = Graph::of(template);
    graph.check(notes, findings);
    sense::check(template, &graph, notes, findings);
    workload::check(template, notes, findings);
    if let Some(today) = around.today {
        review.check(today, findings);
    }
    if let Some(library) = around.library {
        links::pages(&template.path, notes, library, findings);
    }
    links::offline(&template.path, &graph, notes, around.library, findings);
    let known: Vec<&str> = graph.steps.iter().map(|step| step.id.as_str()).collect();
    for phase in &template.phases {
        for step in phase.steps.iter().flat_map(Step::self_and_below) {
            let Some(note) = notes.get(&step.id) else { continue };
            let check = StepCheck { template, graph: &graph, step, note, known: &known };
            check.needs(findings);
            check.due(phase.to.as_ref(), findings);
            window::check(template, phase, step, note, findings);
            check.milestone(findings);
        }
        for step in phase.steps.iter().filter(|step| step.required && step.role.is_hire()) {
            let Some(note) = notes.get(&step.id) else { continue };
            if step.why.is_none() {
                findings
                    .warning("J080", note.at, format!("`{}` does not say what it is good for", step.id))
                    .help("Add `why:` with one sentence to its step block.");
            }
            if step.estimate_minutes.is_none() {
                findings
                    .warning("J083", note.at, format!("`{}` does not say how long it takes", step.id))
                    .help("Add `estimate:` to its step block, for instance PT30M.");
            }
        }
    }
    variables(template, document, findings);
    secrets(document.source, &document.lines, findings);
    walk(&document.blocks, &mut |block| {
        for (at, what) in placeholders(block, document) {
            findings
                .warning("J051", at, format!("`{what}` looks like a gap that somebody has to fill by hand"))
                .help("Declare a variable and write it as `{{name}}`.");
        }
        for at in unclosed_links(block, document) {
            findings.warning("J063", at, "the link is not closed").help("A link is `[words](address)`.");
        }
    });
}

struct StepCheck<'c, 't> {
    template: &'t Template,
    graph: &'c Graph<'t>,
    step: &'t Step,
    note: &'c Note,
    known: &'c [&'c str],
}

impl StepCheck<'_, '_> {
    fn needs(&self, findings: &mut Findings) {
        let id = &self.step.id;
        for (need, at) in &self.note.needs {
            // A prerequisite in another journey cannot be looked up here.
            if !need.as_str().contains('/') && self.graph.step(need).is_none() {
                self.unknown(need.as_str(), *at, findings);
            }
        }
        for need in &self.step.needs {
            let Need::Step(needed) = need else { continue };
            if self.step.required && self.graph.step(needed).is_some_and(|needed| !needed.required) {
                let at = self.place_of(needed);
                findings
                    .warning("J023", at, format!("`{id}` is required and needs `{needed}`, which is optional"))
                    .help("Make both required, or remove the prerequisite.");
            }
        }
    }

    fn unknown(&self, id: &str, at: Position, findings: &mut Findings) {
        let finding = findings.error("J020", at, format!("`{}` needs `{id}`, and no step has that id", self.step.id));
        if let Some(near) = nearest(id, self.known) {
            finding.help(format!("Did you mean `{near}`?"));
        }
    }

    fn place_of(&self, needed: &StepId) -> Position {
        self.note.needs.iter().find(|(need, _)| need == needed).map_or(self.note.at, |(_, at)| *at)
    }

    fn due(&self, phase_end: Option<&Offset>, findings: &mut Findings) {
        match &self.step.due {
            Some(Offset::AfterStep(step, _)) if self.graph.step(step).is_none() => {
                let message = format!("`{}` is due after `{step}`, and no step has that id", self.step.id);
                findings.error("J020", self.note.due_at, message);
            }
            Some(Offset::AfterMilestone(milestone, _))
                if !self.template.milestones.iter().any(|known| known.id == *milestone) =>
            {
                let message = format!("`{}` is due after milestone `{milestone}`, which is not listed", self.step.id);
                findings.error("J020", self.note.due_at, message);
            }
            Some(Offset::On(date)) if self.template.kind != JourneyKind::Offboarding => {
                findings
                    .warning("J033", self.note.due_at, format!("{date} is the same day for everybody who ever starts"))
                    .help("Count from the start instead, for instance 5wd or P30D.");
            }
            _ => {}
        }
        let Some(Offset::WorkingDay(due)) = self.due_of(self.step).or(phase_end) else { return };
        for need in &self.step.needs {
            let Need::Step(needed) = need else { continue };
            let Some(Offset::WorkingDay(before)) = self.graph.step(needed).and_then(|step| self.due_of(step)) else {
                continue;
            };
            if due < before {
                let message = format!(
                    "`{}` is due on day {due}, before `{needed}`, which it needs and which is due on day {before}",
                    self.step.id
                );
                findings.warning("J031", self.note.due_at, message).help("Move one of the two days.");
            }
        }
    }

    /// The step's own due day or that of the nearest parent that has one.
    fn due_of<'s>(&'s self, step: &'s Step) -> Option<&'s Offset> {
        step.due.as_ref().or_else(|| self.graph.above(&step.id).find_map(|parent| parent.due.as_ref()))
    }

    fn milestone(&self, findings: &mut Findings) {
        let Some(milestone) = &self.step.milestone else { return };
        if !self.template.milestones.iter().any(|known| known.id == *milestone) {
            let message = format!("`{}` reaches milestone `{milestone}`, which is not listed", self.step.id);
            findings.error("J020", self.note.milestone_at, message).help("List it in the front matter.");
        }
    }
}

/// Reports `{{name}}` where nothing declares the name.
fn variables(template: &Template, document: &Document<'_>, findings: &mut Findings) {
    for (at, _) in document.source.match_indices("{{") {
        let near = &document.source[at + 2..document.source.floor_char_boundary(at + MAX_VARIABLE)];
        let Some((name, _)) = near.split_once("}}") else { continue };
        let name = name.trim();
        let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'));
        // `${{ … }}` belongs to a build server.
        if !is_name || document.source[..at].ends_with('$') {
            continue;
        }
        if !BUILT_IN.contains(&name) && !template.variables.contains_key(name) {
            let known: Vec<&str> = BUILT_IN.into_iter().chain(template.variables.keys().map(String::as_str)).collect();
            let at = document.lines.position(at);
            let finding = findings.error("J050", at, format!("`{name}` is not declared, so nobody can fill it"));
            finding.help(match nearest(name, &known) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!("Declare it under `variables`, or use one of {}.", BUILT_IN.join(", ")),
            });
        }
    }
}

/// Reports what looks like a key or a password (`J090`). The text itself is not repeated.
pub(in crate::content) fn secrets(source: &str, lines: &Lines<'_>, findings: &mut Findings) {
    for (at, what) in crate::content::secrets::find(source) {
        findings
            .warning("J090", lines.position(at), format!("this looks like {what}, and everybody who reads it has it"))
            .help("Write where it is kept instead, and have it replaced if it was real.");
    }
}

fn walk<'d, 'a>(blocks: &'d [Block<'a>], visit: &mut impl FnMut(&'d Block<'a>)) {
    for block in blocks {
        visit(block);
        walk(&block.children, visit);
    }
}

/// Links such as `[words](address]` in a block's text.
pub(in crate::content) fn unclosed_links(block: &Block<'_>, document: &Document<'_>) -> Vec<Position> {
    if matches!(block.kind, BlockKind::Code { .. } | BlockKind::Html) {
        return Vec::new();
    }
    let count = block.plain_without_code().matches("](http").count();
    if count == 0 {
        return Vec::new();
    }
    let inside = |(event, range): &(Event<'_>, Range<usize>)| {
        matches!(event, Event::Start(_) | Event::Code(_)).then(|| range.clone())
    };
    // What the grammar read as a link is not among the words any more.
    let read: Vec<Range<usize>> = block.inline.iter().filter_map(inside).collect();
    let found = document.source[block.range.clone()].match_indices("](http").map(|(at, _)| block.range.start + at);
    let mut places: Vec<usize> = found
        .filter(|at| {
            let before = read.partition_point(|range| range.start <= *at);
            // Markup nests a few levels deep at most.
            !read[..before].iter().rev().take(8).any(|range| range.contains(at))
        })
        .collect();
    places.truncate(count);
    places.into_iter().map(|at| document.lines.position(at)).collect()
}

/// Gaps in another dialect than `{{name}}`, with what they look like (`J051`, `I160`).
pub(in crate::content) fn placeholders(block: &Block<'_>, document: &Document<'_>) -> Vec<(Position, String)> {
    let mut found = Vec::new();
    if matches!(block.kind, BlockKind::Code { .. } | BlockKind::Html) {
        return found;
    }
    for (event, range) in &block.inline {
        let texts = match event {
            Event::Text(text) => super::super::words::gaps(text),
            Event::InlineHtml(tag) => super::super::words::gap_tag(tag).into_iter().map(|tag| (0, tag)).collect(),
            _ => continue,
        };
        found.extend(texts.into_iter().map(|(at, text)| (document.lines.position(range.start + at), text)));
    }
    found
}
