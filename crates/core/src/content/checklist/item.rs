//! One boxed item as a step.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{
    audience, due, role,
    scope::{Lead, Scope, marks_optional, says_one_of},
    title::shorten,
    walk::Walker,
};
use crate::{
    content::{
        journey::unclosed_links,
        markdown::{Block, BlockKind, Nested, Traits, boxed_below, collapse},
    },
    diagnostic::Position,
    id::{StepId, slugify},
    journey::{Completes, Condition, Role, Step},
};

/// A role that was found, and how.
struct Performer {
    role: Role,
    guess: bool,
}

impl<'a> Walker<'_, 'a> {
    /// Reads a box and everything below it.
    pub(super) fn step(&mut self, nested: &Nested<'_, 'a>, scope: &Scope, parent: Option<Role>) -> Step {
        let item = nested.item;
        let document = self.document;
        let task = item.task().expect("only boxed items become steps");
        let at = document.lines.position(task.at);
        if task.checked {
            self.findings.note("I110", at, "the box is checked in the source; that says nothing about whoever gets it");
        }
        let first = item.children.first().filter(|block| block.kind == BlockKind::Paragraph);
        let text = first.map(Block::plain).unwrap_or_default();
        let unlabelled = strip_label(&text);
        let prefix = role::prefix(unlabelled);
        let words = prefix.map_or(text.as_str(), |(_, end)| unlabelled[end..].trim_start());
        let (title, cut) = shorten(if words.is_empty() { &text } else { words });
        let title = if title.is_empty() { self.title_without_words(item) } else { title };

        let performer = self.performer(prefix.map(|(role, _)| role), unlabelled, scope, parent);
        self.report_performer(&performer, prefix.is_some(), &text, at);
        let id = StepId::new(self.ids.unique(&slugify(&title, "step")));
        let mut step = Step::new(id, title);
        step.line = at.line;
        step.role = performer.role;
        step.group = if parent.is_none() { scope.group() } else { nested.bullet.as_deref().map(group_name) };
        step.complete = Completes::OwnAndChildren;
        step.required = !(scope.optional || scope.lead.optional || marks_optional(&text));
        if !step.required {
            self.findings.note("I142", at, "read as optional");
        }
        step.due = self.due(&text, scope, at);
        let conditions = self.conditions(unlabelled, scope, at);
        step.when = condition(&conditions);
        step.body = self.body(item, first, cut, prefix.is_some());
        self.remarks(first, &text, at);

        let children = boxed_below(&item.children);
        step.children = children.iter().map(|child| self.part(child, scope, &conditions, step.role)).collect();
        step
    }

    /// A box below a box: what holds for its parent holds for it, and the bullet between the two may
    /// say more.
    fn part(&mut self, child: &Nested<'_, 'a>, scope: &Scope, conditions: &[String], parent: Role) -> Step {
        let bullet = child.bullet.as_deref().unwrap_or("");
        let lead = Lead {
            role: role::of_sentence(bullet, self.others()).map(|(role, _)| role),
            one_of: says_one_of(bullet),
            ..Lead::default()
        };
        let inside =
            Scope { role: None, groups: Vec::new(), conditions: conditions.to_vec(), optional: scope.optional, lead };
        let step = self.step(child, &inside, Some(parent));
        if step.role != parent && step.title.to_lowercase().starts_with("check off") {
            let at = Position { line: step.line, column: 1 };
            self.findings.note("I132", at, "this box confirms what another person does; both were kept");
        }
        step
    }

    /// The performer, from the strongest evidence to the weakest. What is done to the person is only
    /// a guess, so a performer that a heading or a parent names is better.
    fn performer(&self, prefix: Option<Role>, text: &str, scope: &Scope, parent: Option<Role>) -> Performer {
        let sure = |role| Performer { role, guess: false };
        let sentence = audience::without_prefix(text);
        let said = role::of_sentence(sentence, self.others());
        let around = [scope.lead.role, scope.role, parent];
        if let Some(role) = prefix {
            return sure(role);
        }
        match said {
            Some((role, false)) => sure(role),
            said => {
                let named = around.into_iter().flatten().find(|role| !role.is_hire());
                match (named, said) {
                    (Some(role), _) => sure(role),
                    (None, Some((role, _))) => Performer { role, guess: true },
                    (None, None) => match around.into_iter().flatten().next() {
                        Some(role) => sure(role),
                        None => Performer { role: self.nobody_named(), guess: self.offboarding },
                    },
                }
            }
        }
    }

    fn report_performer(&mut self, performer: &Performer, prefix: bool, text: &str, at: Position) {
        let name = super::role_name(performer.role);
        if performer.guess {
            self.guesses += 1;
            self.findings
                .note("I131", at, format!("nobody is named for this box; it was given to: {name}"))
                .help("Name the performer in front, for instance `**Buddy**: …`.");
        } else if prefix {
            let words = text.split(':').next().unwrap_or("").trim();
            self.findings.note("I130", at, format!("`{words}` was read as the performer: {name}"));
        }
    }

    fn due(&mut self, text: &str, scope: &Scope, at: Position) -> Option<crate::journey::Offset> {
        if due::recurs(text) {
            self.findings.note("I150", at, "this comes again after some time, which is kept only as text");
        }
        if let Some(due) = due::deadline(text) {
            self.findings.note("I150", at, format!("a deadline was read from the text: {due}"));
            return Some(due);
        }
        if let Some(due) = &scope.lead.due {
            self.guesses += 1;
            self.findings.note("I151", at, format!("the deadline {due} was taken from the text above the list"));
        }
        scope.lead.due.clone()
    }

    fn conditions(&mut self, text: &str, scope: &Scope, at: Position) -> Vec<String> {
        let said = audience::of_item(text);
        if said.if_you {
            self.findings.note("I144", at, "`If you …` was left as text; the step is shown to everybody");
        }
        for words in &said.stated {
            self.findings.note("I143", at, format!("only for some people, in the author's words: {words}"));
        }
        let mut all: Vec<String> = scope.conditions.clone();
        all.extend(scope.lead.condition.clone());
        all.extend(said.stated);
        if scope.lead.one_of {
            self.guesses += 1;
            self.findings.note("I145", at, "one of several boxes seems to be enough; all were kept");
            all.extend(audience::alternative(text));
        }
        let mut seen = std::collections::BTreeSet::new();
        all.retain(|words| seen.insert(words.clone()));
        all
    }

    /// Everything of the item that is neither title nor a box below it, as it stands in the file.
    fn body(&self, item: &Block<'a>, first: Option<&Block<'a>>, cut: bool, prefix: bool) -> String {
        let document = self.document;
        let indent = document.item_indent(item);
        let mut parts = Vec::new();
        if let Some(first) = first
            && (cut || Traits::of(&first.inline).any())
        {
            let box_end = item.task().map_or(first.range.start, |task| task.at + 3);
            let start = if prefix { after_prefix(first, document.source) } else { None };
            let start = start.unwrap_or(box_end.max(first.range.start)).min(first.range.end);
            let skip = document.source[start..first.range.end].len()
                - document.source[start..first.range.end].trim_start().len();
            parts.push(document.excerpt(start + skip..first.range.end, indent));
        }
        let mut drop: Vec<_> = first.map(|first| document.lines.span(&first.range)).into_iter().collect();
        drop.extend(boxed_below(&item.children).iter().map(|child| document.lines.span(&child.item.range)));
        drop.extend(document.group_lines(&item.children));
        parts.push(document.text(document.lines.span(&item.range), &drop, indent));
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n")
    }

    /// A box that holds only a picture or nothing at all still needs a name.
    fn title_without_words(&self, item: &Block<'a>) -> String {
        let line = self.document.lines.text(self.document.lines.number(item.range.start));
        let rest = line.split_once(']').map_or("", |(_, rest)| rest);
        let words = collapse(rest);
        if words.is_empty() { "Untitled step".to_owned() } else { shorten(&words).0 }
    }

    fn remarks(&mut self, first: Option<&Block<'a>>, text: &str, at: Position) {
        if text.to_lowercase().contains("screenshot") {
            self.findings.note("I170", at, "a check on the machine could prove this better than a screenshot");
        }
        for at in first.map(|first| unclosed_links(first, self.document)).unwrap_or_default() {
            self.findings.warning("J063", at, "the link is not closed").help("A link is `[words](address)`.");
        }
    }
}

/// A bullet as the name of the boxes below it.
fn group_name(bullet: &str) -> String {
    bullet.trim_end_matches([':', ' ']).to_owned()
}

fn condition(words: &[String]) -> Option<Condition> {
    match words {
        [] => None,
        [one] => Some(audience::stated(one)),
        all => Some(Condition::All(all.iter().map(|one| audience::stated(one)).collect())),
    }
}

/// Takes the letter of an alternative off: "A: …", "B.2: …".
fn strip_label(text: &str) -> &str {
    let Some((label, rest)) = text.split_once(": ") else { return text };
    let mut chars = label.chars();
    let letter = chars.next().is_some_and(|c| c.is_ascii_uppercase());
    if letter && chars.all(|c| c.is_ascii_digit() || c == '.') { rest.trim_start() } else { text }
}

/// The byte of the file behind `Role:`, where it can be told for sure.
fn after_prefix(first: &Block<'_>, source: &str) -> Option<usize> {
    let mut strong = 0usize;
    let mut behind_strong = false;
    for (event, range) in &first.inline {
        match event {
            Event::Start(Tag::Strong | Tag::Emphasis) => strong += 1,
            Event::End(TagEnd::Strong | TagEnd::Emphasis) => {
                strong = strong.saturating_sub(1);
                if behind_strong && strong == 0 {
                    return Some(range.end);
                }
            }
            Event::Text(text) if source.get(range.clone()) == Some(text) => {
                let Some(colon) = text.find(':') else { continue };
                if strong == 0 {
                    return Some(range.start + colon + 1);
                }
                if !text[colon + 1..].trim().is_empty() {
                    return None;
                }
                behind_strong = true;
            }
            Event::Text(_) => {}
            _ => return None,
        }
    }
    None
}
