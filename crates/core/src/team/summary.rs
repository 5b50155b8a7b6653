//! What a server keeps of one journey after each fact: all that a team's page needs, without the template.

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime},
};
use serde::{Deserialize, Serialize};

use super::{
    story::{Journey, JourneyFacts, Story},
    who,
};
use crate::{
    event::{BlockReason, Evidence},
    id::{EventId, JourneyId, MilestoneId, StepId, TemplateId},
    journey::{Progress, Role, StepState},
    metrics::clock::{WorkHours, union_time, working_time},
    milestone::Moment,
};

/// One journey in one or two kilobytes. It holds no "now": what grows with time is kept as its beginning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JourneySummary {
    /// The person's run.
    pub journey: JourneyId,
    /// Which template.
    pub template: TemplateId,
    /// Its title.
    pub title: String,
    /// Day 1.
    pub start: Date,
    /// Required steps.
    pub progress: Progress,
    /// Times of the steps that somebody came to, in the template's order.
    pub steps: Vec<StepTime>,
    /// Required steps that are neither done nor waived, in the template's order.
    pub open: Vec<OpenStep>,
    /// Blocks that stand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<StandingBlock>,
    /// Completions that wait for a second person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub confirmations: Vec<Confirmation>,
    /// Milestones that apply, in the template's order.
    pub milestones: Vec<Mark>,
    /// The last fact.
    pub last: Option<Timestamp>,
    /// The person's day of the last fact.
    pub last_day: Option<Date>,
    /// The person's day on which everything required was done.
    pub finished: Option<Date>,
    /// The person's day on which the journey was taken away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Date>,
}

/// How long a step took or takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepTime {
    /// The step.
    pub step: StepId,
    /// Its title.
    pub title: String,
    /// Who fixes its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Since when somebody could work on it, local time.
    pub opened: DateTime,
    /// Minutes of working time from open to done; `None` while it is not done.
    pub done: Option<u32>,
    /// Minutes of working time in blocks that ended.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub blocked: u32,
    /// Since when a block stands, local time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocked_since: Option<DateTime>,
    /// The person said that the text is unclear or wrong.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unclear: bool,
}

/// A required step that is left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenStep {
    /// The step.
    pub step: StepId,
    /// Its title.
    pub title: String,
    /// Who performs it.
    pub role: Role,
    /// The same in words, or its owner.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub who: String,
    /// When it is due.
    pub due: Option<Date>,
    /// Something else comes first.
    #[serde(default, skip_serializing_if = "is_false")]
    pub locked: bool,
}

/// A block that stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingBlock {
    /// The step.
    pub step: StepId,
    /// Its title.
    pub title: String,
    /// Who can act.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub who: String,
    /// What is in the way.
    pub reason: BlockReason,
    /// What the person released about it, possibly empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The person's day on which it began.
    pub since: Date,
}

/// A completion that waits for a second person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// The step.
    pub step: StepId,
    /// Its title.
    pub title: String,
    /// Who confirms.
    pub by: Role,
    /// The completion to confirm.
    pub completion: EventId,
    /// Since when.
    pub since: Timestamp,
}

/// A milestone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Which one.
    pub milestone: MilestoneId,
    /// Its title.
    pub title: String,
    /// When it should be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Date>,
    /// When it was reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<ReachedMark>,
}

/// A milestone that was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReachedMark {
    /// When.
    pub at: Timestamp,
    /// The person's day.
    pub day: Date,
    /// What supports it.
    pub evidence: Evidence,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// Whole minutes; saturates.
fn minutes(worked: SignedDuration) -> u32 {
    u32::try_from(worked.as_mins()).unwrap_or(if worked.is_negative() { 0 } else { u32::MAX })
}

/// Sums one journey up. Working time is counted in the default hours, 09:00 to 17:00.
pub fn summarize(facts: &JourneyFacts<'_>) -> JourneySummary {
    let journey = Journey::of(facts);
    let own = facts.events.iter().filter(|event| event.fact.journey() == facts.journey);
    let last = own.clone().map(|event| event.time).max();
    let day = |at| (facts.local)(at).date();
    let withdrawal = facts.history.withdrawal();
    let withdrawn = own.clone().find(|event| Some(event.id) == withdrawal).map(|event| day(event.time));
    JourneySummary {
        journey: facts.journey,
        template: facts.template.id.clone(),
        title: facts.template.title.clone(),
        start: journey.start,
        progress: journey.resolved.progress,
        steps: journey.steps.iter().filter(|story| story.top).filter_map(|story| step_time(story, facts)).collect(),
        open: journey
            .steps
            .iter()
            .filter(|story| story.counts_alone() && story.step.required)
            .filter_map(open)
            .collect(),
        blocks: journey.steps.iter().filter_map(standing_block).collect(),
        confirmations: journey.steps.iter().filter_map(confirmation).collect(),
        milestones: marks(&journey, facts),
        last,
        last_day: last.map(day),
        finished: journey.finished().map(DateTime::date),
        withdrawn,
    }
}

fn step_time(story: &Story<'_>, facts: &JourneyFacts<'_>) -> Option<StepTime> {
    // Waived and not applicable steps say nothing about how long the step takes.
    if story.done.is_none() && !story.is_open() {
        return None;
    }
    let opened = story.opened?;
    let hours = WorkHours::default();
    let ended: Vec<_> = story.blocks.iter().filter_map(|block| Some((block.from, block.to?))).collect();
    let unclear = |reason| matches!(reason, BlockReason::Unclear | BlockReason::BrokenInstructions);
    Some(StepTime {
        step: story.step.id.clone(),
        title: story.step.title.clone(),
        owner: story.step.owner.clone(),
        opened,
        done: story.done.map(|done| minutes(working_time(facts.calendar, hours, opened, done.day))),
        blocked: minutes(union_time(facts.calendar, hours, &ended)),
        blocked_since: story.blocks.iter().find(|block| block.to.is_none()).map(|block| block.from),
        unclear: story.blocks.iter().any(|block| unclear(block.reason)),
    })
}

fn open(story: &Story<'_>) -> Option<OpenStep> {
    story.is_open().then(|| OpenStep {
        step: story.step.id.clone(),
        title: story.step.title.clone(),
        role: story.role,
        who: who(story.role, story.step.owner.as_deref()),
        due: story.due,
        locked: matches!(story.state, StepState::Locked { .. }),
    })
}

fn standing_block(story: &Story<'_>) -> Option<StandingBlock> {
    let StepState::Blocked { reason, note, .. } = &story.state else { return None };
    let since = story.blocks.iter().find(|block| block.to.is_none())?.from.date();
    Some(StandingBlock {
        step: story.step.id.clone(),
        title: story.step.title.clone(),
        who: who(story.role, story.step.owner.as_deref()),
        reason: *reason,
        note: note.clone(),
        since,
    })
}

fn confirmation(story: &Story<'_>) -> Option<Confirmation> {
    let (by, completion, since) = story.unconfirmed()?;
    let (step, title) = (story.step.id.clone(), story.step.title.clone());
    Some(Confirmation { step, title, by, completion, since })
}

/// Milestones that the person can reach, with what stands for them.
pub(super) fn marks(journey: &Journey<'_>, facts: &JourneyFacts<'_>) -> Vec<Mark> {
    let day = |at| (facts.local)(at).date();
    let milestones = facts.template.milestones.iter().zip(&journey.resolved.milestones);
    milestones
        .filter_map(|(milestone, resolved)| {
            let by_steps = || journey.steps.iter().filter(|story| story.step.milestone.as_ref() == Some(&milestone.id));
            let of_steps = by_steps().filter_map(|story| story.done).map(|done| (done.first, done.evidence));
            // What a forge saw before day 1 belongs to another time in the person's life.
            let seen = facts.history.standing_reached(&milestone.id).filter(|seen| day(seen.at) >= journey.start);
            let first = of_steps.chain(seen.map(|seen| (seen.at, seen.evidence))).min_by_key(|(at, _)| *at);
            let reached = first.map(|(at, evidence)| ReachedMark { at, day: day(at), evidence });
            let named = facts.template.steps().any(|step| step.milestone.as_ref() == Some(&milestone.id));
            // A forge may still see what a waived step would have said.
            let provable = Moment::of_kind(&milestone.kind).is_some();
            let applies = !named || provable || by_steps().any(Story::is_open);
            (reached.is_some() || applies).then(|| Mark {
                milestone: milestone.id.clone(),
                title: milestone.title.clone(),
                target: resolved.target,
                reached,
            })
        })
        .collect()
}
