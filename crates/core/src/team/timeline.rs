//! The timeline of a person's page: what happened on each step, in the template's order.

use jiff::civil::{Date, DateTime};

use super::{
    Span, TimelineRow, Whose,
    page::parts,
    story::{Journey, JourneyFacts, Story},
    who,
};
use crate::{event::Evidence, journey::StepState};

pub(super) fn timeline(
    whose: &Whose<'_>,
    journey: &Journey<'_>,
    facts: &JourneyFacts<'_>,
    now: DateTime,
) -> Vec<TimelineRow> {
    let listed = journey.steps.iter().filter(|story| story.top && story.state != StepState::NotApplicable);
    listed
        .map(|story| TimelineRow {
            step: story.step.id.clone(),
            title: story.step.title.clone(),
            phase: story.phase.title.clone(),
            required: story.step.required,
            spans: spans(story, facts, now),
            due: story.due,
            evidence: story.done.map(|done| done.evidence),
            note: note(story, whose, facts, now.date()),
            milestone: story.step.milestone.clone(),
        })
        .collect()
}

/// Days of the parts of a step's time. Of parts that share a day each keeps it.
fn spans(story: &Story<'_>, facts: &JourneyFacts<'_>, now: DateTime) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for (kind, from, to) in parts(story, facts, now) {
        let span = Span { kind, from: from.date(), to: to.date() };
        match spans.last_mut() {
            Some(last) if last.kind == kind && span.from <= last.to => last.to = last.to.max(span.to),
            _ => spans.push(span),
        }
    }
    spans
}

/// One remark in words: who or what says that it is done, or what it waits for.
fn note(story: &Story<'_>, whose: &Whose<'_>, facts: &JourneyFacts<'_>, today: Date) -> String {
    let performer = who(story.role, story.step.owner.as_deref());
    let days = |from, to| match facts.calendar.working_days_between(from, to) {
        1 => "1 working day".to_owned(),
        days => format!("{days} working days"),
    };
    match &story.state {
        StepState::Done { .. } if story.unconfirmed().is_some() => "sign-off open".to_owned(),
        StepState::Done { evidence, .. } => {
            let confirmed = story.done.is_some_and(|done| done.confirmed.is_some());
            let seen = story.step.milestone.as_ref().and_then(|milestone| facts.history.milestone(milestone));
            let by_forge = seen.is_some_and(|seen| !seen.reference.is_empty());
            match (evidence, story.step.confirm_by) {
                (Evidence::Confirmed, Some(role)) if confirmed => {
                    format!("by {}", who(role, None).to_lowercase())
                }
                (Evidence::Confirmed, _) if by_forge => "by forge".to_owned(),
                (Evidence::Observed, _) => "by device".to_owned(),
                (Evidence::Attested | Evidence::Confirmed, _) if story.role.is_hire() => format!("by {}", whose.name),
                (Evidence::Attested | Evidence::Confirmed, _) => format!("by {performer}"),
            }
        }
        StepState::Blocked { .. } => {
            let since = story.blocks.iter().find(|block| block.to.is_none());
            since.map_or(String::new(), |block| days(block.from.date(), today))
        }
        StepState::Waived { .. } => "waived".to_owned(),
        StepState::Locked { .. } | StepState::Open | StepState::Started => match story.due {
            Some(due) if due < today => format!("{} overdue", days(due, today)),
            _ if matches!(story.state, StepState::Locked { .. }) => "after other steps".to_owned(),
            _ if matches!(story.state, StepState::Started) => "begun".to_owned(),
            Some(_) => "planned".to_owned(),
            None => String::new(),
        },
        StepState::Hidden | StepState::NotApplicable => String::new(),
    }
}
