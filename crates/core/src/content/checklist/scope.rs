//! What the headings, sections and sentences around a box say about it.

use super::{audience, due, role};
use crate::journey::{Offset, Role};

/// Everything above a list that holds for its boxes.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// Performer that a heading names.
    pub role: Option<Role>,
    /// Headings and summaries below the phase.
    pub groups: Vec<String>,
    /// For whom, in the author's words.
    pub conditions: Vec<String>,
    pub optional: bool,
    pub lead: Lead,
}

/// What the paragraph directly above a list says.
#[derive(Clone, Debug, Default)]
pub(super) struct Lead {
    pub role: Option<Role>,
    /// The paragraph as the name of the list, where it is short and plain.
    pub group: Option<String>,
    pub condition: Option<String>,
    pub optional: bool,
    pub due: Option<Offset>,
    /// One of the boxes is enough.
    pub one_of: bool,
}

impl Lead {
    /// Reads a paragraph. `heading_like` is one that is strong throughout; otherwise only a sentence
    /// that ends with a colon speaks about the list below it.
    pub(super) fn read(text: &str, heading_like: bool, before: &Lead, others: Role) -> Self {
        let leads = heading_like || text.ends_with([':', '…']) || text.ends_with("..");
        let sentence = last_sentence(text);
        let mut lead = Self {
            optional: is_optional(sentence),
            due: due::deadline(text),
            one_of: leads && says_one_of(sentence),
            ..Self::default()
        };
        if !leads {
            return lead;
        }
        lead.condition = audience::of_lead(sentence);
        let said = role::of_heading(sentence, false)
            .filter(|_| heading_like)
            .or_else(|| role::prefix(sentence).filter(|(_, end)| *end == sentence.len()).map(|(role, _)| role))
            .or_else(|| role::of_sentence(sentence, others).map(|(role, _)| role));
        // "For contractors only:" goes on with what the sentence before it began.
        lead.role = if said.is_none() && lead.condition.is_some() { before.role } else { said };
        lead
    }
}

impl Scope {
    /// The scope below a heading or a section's summary.
    pub(super) fn below(&self, heading: &str, offboarding: bool) -> Self {
        let mut scope = Self { lead: Lead::default(), ..self.clone() };
        scope.role = role::of_heading(heading, offboarding).or(self.role);
        scope.conditions.extend(audience::of_lead(heading));
        scope.optional |= is_optional(heading);
        scope.groups.push(heading.to_owned());
        scope
    }

    /// The name of the group a box is in.
    pub(super) fn group(&self) -> Option<String> {
        let names: Vec<&str> = self.groups.iter().chain(&self.lead.group).map(String::as_str).collect();
        (!names.is_empty()).then(|| names.join(" › "))
    }
}

/// Whether a sentence or heading marks what it speaks about as optional (`I142`).
pub(super) fn is_optional(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    words.any(|word| matches!(word, "optional" | "optionally"))
        && !lower.contains("not optional")
        && !lower.contains("non-optional")
}

/// Whether an item is marked as optional: "(optional)", "OPTIONAL:", `[optional]`, "Optionally, …".
pub(super) fn marks_optional(text: &str) -> bool {
    let lower = text.to_lowercase();
    let trimmed = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    let starts = trimmed.strip_prefix("optional").is_some_and(|rest| {
        rest.starts_with([':', ')', ']', ' ', '-', '–', '—']) || rest.starts_with("ly ") || rest.starts_with("ly,")
    });
    let brackets = ["(optional", "[optional", "- optional", "– optional", "optional)", "optional]"];
    starts || brackets.iter().any(|mark| lower.contains(mark))
}

pub(super) fn says_one_of(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    ["check", "choose", "pick", "select", "complete", "do"]
        .iter()
        .any(|verb| lower.starts_with(&format!("{verb} one of")) || lower.starts_with(&format!("{verb} one:")))
}

/// The part behind the last sentence end.
pub(super) fn last_sentence(text: &str) -> &str {
    let text = text.trim();
    let end = text.trim_end_matches(['.', '!', '?', ':', '…']).len();
    text[..end].rfind(". ").map_or(text, |at| text[at + 2..].trim_start())
}
