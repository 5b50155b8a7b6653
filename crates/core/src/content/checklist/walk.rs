//! From blocks to phases: headings, lists, sections and the text between them.

use super::{
    audience, due, role,
    scope::{Lead, Scope},
};
use crate::{
    content::{
        ids::Ids,
        markdown::{Block, BlockKind, Document, Traits, boxed_below},
    },
    diagnostic::Findings,
    id::{PhaseId, slugify},
    journey::{Phase, Role, Step},
};

/// A sentence longer than this is no name of a group.
const MAX_GROUP: usize = 120;

/// Reads one checklist. Ids and findings are the caller's, because a set of files shares them.
pub(super) struct Walker<'d, 'a> {
    pub document: &'d Document<'a>,
    pub findings: &'d mut Findings,
    pub ids: &'d mut Ids,
    pub offboarding: bool,
    pub guesses: u32,
}

/// What was found in one file.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Text before the first phase.
    pub intro: Vec<String>,
    pub phases: Vec<Phase>,
}

/// The part of a phase that was read so far.
#[derive(Default)]
struct Draft {
    prose: Vec<String>,
    steps: Vec<Step>,
    /// A heading whose text has not been met yet.
    heading: Option<String>,
}

impl<'a> Walker<'_, 'a> {
    /// Who does what is done to the person.
    pub(super) fn others(&self) -> Role {
        if self.offboarding { Role::It } else { Role::Buddy }
    }

    /// Who performs a box for which nobody is named.
    pub(super) fn nobody_named(&self) -> Role {
        if self.offboarding { Role::It } else { Role::Hire }
    }

    /// Reads the whole file. `title` names a phase without heading; `used` is the heading that became
    /// the title of the journey.
    pub(super) fn run(&mut self, title: &str, used: Option<usize>) -> Found {
        let blocks = &self.document.blocks;
        let level = phase_level(blocks);
        let mut found = Found::default();
        let mut pending = Vec::new();
        let mut phase_ids = Ids::default();
        let mut start = 0;
        while start < blocks.len() {
            let heading = heading_level(&blocks[start]).filter(|at| level.is_some_and(|level| *at <= level));
            let body = start + usize::from(heading.is_some());
            let rest = blocks[body..]
                .iter()
                .position(|block| heading_level(block).is_some_and(|at| level.is_some_and(|level| at <= level)));
            let end = rest.map_or(blocks.len(), |length| body + length);
            let heading = heading.map(|_| &blocks[start]);
            if blocks[body..end].iter().any(Block::has_boxes) {
                if found.phases.is_empty() {
                    found.intro.append(&mut pending);
                }
                let name =
                    heading.map(Block::plain).filter(|name| !name.is_empty()).unwrap_or_else(|| title.to_owned());
                let mut phase = self.phase(&name, heading, &blocks[body..end]);
                phase.id = PhaseId::new(phase_ids.unique(&slugify(&name, "phase")));
                if !pending.is_empty() {
                    pending.extend(Some(std::mem::take(&mut phase.intro)).filter(|text| !text.is_empty()));
                    phase.intro = std::mem::take(&mut pending).join("\n\n");
                }
                found.phases.push(phase);
            } else {
                let text = blocks[start..end].iter().enumerate().filter(|(at, _)| used != Some(start + at));
                pending.extend(text.filter_map(|(_, block)| self.text_of(block)));
            }
            start = end;
        }
        match found.phases.last_mut() {
            Some(phase) if !pending.is_empty() => {
                let intro = std::mem::take(&mut phase.intro);
                phase.intro = Some(intro)
                    .filter(|text| !text.is_empty())
                    .into_iter()
                    .chain(pending)
                    .collect::<Vec<_>>()
                    .join("\n\n");
            }
            Some(_) => {}
            None => found.intro.append(&mut pending),
        }
        found
    }

    fn phase(&mut self, name: &str, heading: Option<&Block<'a>>, blocks: &[Block<'a>]) -> Phase {
        let mut scope = Scope::default();
        let mut window = None;
        if let Some(heading) = heading {
            scope = scope.below(name, self.offboarding);
            // The phase itself is not a group inside the phase.
            scope.groups.clear();
            let at = self.document.lines.position(heading.range.start);
            self.report_scope(name, &scope, heading);
            window = due::window(name);
            if window.is_some() {
                self.guesses += 1;
                self.findings.note("I120", at, format!("the days of the phase were read from its heading: {name}"));
            }
        }
        let mut draft = Draft::default();
        self.blocks(blocks, &scope, &mut draft);
        let (from, to) = window.unwrap_or_default();
        Phase {
            id: PhaseId::new(""),
            title: name.to_owned(),
            from,
            to,
            goal: None,
            intro: draft.prose.join("\n\n"),
            steps: draft.steps,
        }
    }

    /// Says which performer or audience was read from a heading.
    fn report_scope(&mut self, name: &str, scope: &Scope, block: &Block<'a>) {
        let at = self.document.lines.position(block.range.start);
        if let Some(role) = role::of_heading(name, self.offboarding) {
            self.findings.note("I130", at, format!("`{name}` was read as the performer: {}", super::role_name(role)));
        }
        if let Some(words) = scope.conditions.last().filter(|words| name.contains(words.as_str())) {
            self.findings.note("I141", at, format!("only for some people, in the author's words: {words}"));
        }
    }

    /// Walks blocks in order. Headings in here are groups.
    fn blocks(&mut self, blocks: &[Block<'a>], base: &Scope, draft: &mut Draft) {
        let mut headings: Vec<(u8, Scope)> = Vec::new();
        let mut scope = base.clone();
        for (at, block) in blocks.iter().enumerate() {
            match &block.kind {
                BlockKind::Heading(level) => {
                    headings.retain(|(above, _)| above < level);
                    let name = block.plain();
                    scope = headings.last().map_or(base, |(_, scope)| scope).below(&name, self.offboarding);
                    self.report_scope(&name, &scope, block);
                    headings.push((*level, scope.clone()));
                    draft.heading = self.text_of(block);
                }
                BlockKind::Details(summary) if block.has_boxes() => {
                    let inside = self.section(summary, block, &scope);
                    self.blocks(&block.children, &inside, draft);
                    scope.lead = Lead::default();
                }
                BlockKind::List | BlockKind::Item(_) if block.has_boxes() => self.list(block, &mut scope, draft),
                _ if block.has_boxes() => self.blocks(&block.children, &scope, draft),
                BlockKind::Paragraph => {
                    let leads = blocks.get(at + 1).is_some_and(Block::has_boxes);
                    self.paragraph(block, leads, &mut scope, draft);
                }
                BlockKind::Code { fenced: true, .. } if at > 0 && blocks[at - 1].has_boxes() => {
                    self.code_behind_list(block, draft);
                }
                _ => {
                    if let Some(text) = self.text_of(block) {
                        draft.add(text);
                    }
                }
            }
        }
    }

    fn section(&mut self, summary: &str, block: &Block<'a>, scope: &Scope) -> Scope {
        let mut inside = Scope { lead: Lead::default(), ..scope.clone() };
        if summary.is_empty() {
            return inside;
        }
        let at = self.document.lines.position(block.range.start);
        let audience = audience::of_summary(summary);
        match &audience {
            Some(words) => {
                self.findings.note("I140", at, format!("only for some people, in the author's words: {words}"))
            }
            None => self.findings.note("I140", at, format!("the folded section became a group: {summary}")),
        };
        inside.role = role::of_heading(summary, self.offboarding).or(scope.role);
        inside.groups.push(audience.clone().unwrap_or_else(|| audience::without_invitation(summary).to_owned()));
        inside.conditions.extend(audience);
        inside
    }

    fn paragraph(&mut self, block: &Block<'a>, leads: bool, scope: &mut Scope, draft: &mut Draft) {
        let text = block.plain();
        let heading_like = block.all_strong();
        if !leads {
            scope.lead = Lead::default();
            draft.extend(self.text_of(block));
            return;
        }
        let mut lead = Lead::read(&text, heading_like, &scope.lead, self.others());
        let plain = !Traits::of(&block.inline).any() && text.chars().count() <= MAX_GROUP;
        // A full stop ends a sentence of prose; two or three of them invite to read on.
        let invites = text.ends_with([':', '…']) || text.ends_with("..");
        let sentence = text.ends_with('.') && !invites;
        if plain && (invites || (heading_like && !sentence)) {
            let name = text.trim_end_matches([':', '.', '…', ' ']);
            lead.group = Some(name.to_owned()).filter(|name| !name.is_empty());
        }
        if lead.group.is_none() {
            draft.extend(self.text_of(block));
        }
        let at = self.document.lines.position(block.range.start);
        if let Some(words) = &lead.condition {
            self.findings.note("I141", at, format!("only for some people, in the author's words: {words}"));
        }
        if let Some(role) = lead.role {
            self.findings.note(
                "I130",
                at,
                format!("the sentence was read as the performer: {}", super::role_name(role)),
            );
        }
        scope.lead = lead;
    }

    fn list(&mut self, block: &Block<'a>, scope: &mut Scope, draft: &mut Draft) {
        let document = self.document;
        let boxed = boxed_below(std::slice::from_ref(block));
        let mut drop: Vec<_> = boxed.iter().map(|nested| document.lines.span(&nested.item.range)).collect();
        drop.extend(document.group_lines(std::slice::from_ref(block)));
        let text = document.text(document.lines.span(&block.range), &drop, document.indent_at(block.range.start));
        draft.extend(Some(text).filter(|text| !text.is_empty()));
        for nested in &boxed {
            let mut scope = scope.clone();
            if let Some(bullet) = &nested.bullet {
                let at = document.lines.position(nested.item.range.start);
                self.findings.note("I111", at, "the box stands below a plain bullet, whose text names its group");
                let group = bullet.trim_end_matches([':', ' ']);
                scope.groups.extend(Some(group).filter(|group| !group.is_empty()).map(str::to_owned));
            }
            let step = self.step(nested, &scope, None);
            draft.steps.push(step);
        }
        draft.heading = None;
        // A further list without a sentence of its own still belongs to the same group, but what the
        // sentence said about its own list ends here.
        scope.lead.one_of = false;
    }

    /// A fenced block at the margin ends its list, although its author meant the item above.
    fn code_behind_list(&mut self, block: &Block<'a>, draft: &mut Draft) {
        let Some(text) = self.text_of(block) else { return };
        match draft.steps.last_mut() {
            Some(step) => {
                step.body.push_str(if step.body.is_empty() { "" } else { "\n\n" });
                step.body.push_str(&text);
                let at = self.document.lines.position(block.range.start);
                self.findings
                    .note("I112", at, "the block ends the list; it was added to the step above it")
                    .help("Indent it by two spaces to put it into the item.");
            }
            None => draft.add(text),
        }
    }

    /// A block as text to keep; `None` where it says nothing or is kept elsewhere.
    fn text_of(&mut self, block: &Block<'a>) -> Option<String> {
        match &block.kind {
            BlockKind::Rule => return None,
            BlockKind::Footnote(label) if self.document.references.is_used(label) => return None,
            _ => {}
        }
        let text = self.document.block_text(block);
        if text.trim_start().starts_with("<!--") {
            let at = self.document.lines.position(block.range.start);
            self.findings.note("I114", at, "the comment was kept as it is; readers do not see it");
        }
        Some(text).filter(|text| !text.is_empty())
    }
}

impl Draft {
    fn add(&mut self, text: String) {
        self.prose.extend(self.heading.take());
        self.prose.push(text);
    }

    fn extend(&mut self, text: Option<String>) {
        if let Some(text) = text {
            self.add(text);
        }
    }
}

pub(super) fn heading_level(block: &Block<'_>) -> Option<u8> {
    match block.kind {
        BlockKind::Heading(level) => Some(level),
        _ => None,
    }
}

/// The highest level of headings that have boxes directly below them: those headings are phases.
fn phase_level(blocks: &[Block<'_>]) -> Option<u8> {
    let mut current = None;
    let mut first: Option<u8> = None;
    for block in blocks {
        if let Some(level) = heading_level(block) {
            current = Some(level);
        } else if block.has_boxes()
            && let Some(level) = current
        {
            first = Some(first.map_or(level, |first| first.min(level)));
        }
    }
    first
}
