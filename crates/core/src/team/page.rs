//! One person's page: made on the server for the manager and on the person's own device by this code.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
};

use super::{
    MilestoneLine, OthersStep, PersonPage, PersonState, SpanKind, Waiting,
    build::moved,
    sentence,
    story::{Journey, JourneyFacts, Story},
    summary::marks,
    timeline::timeline,
    who,
};
use crate::{
    id::PersonId,
    journey::{Role, StepState},
    metrics::{
        clock::{WorkHours, merged, working_day},
        lost::lost_time,
        rounded,
    },
};

/// Whose page it is.
#[derive(Clone, Copy, Debug)]
pub struct Whose<'a> {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: &'a str,
    /// The buddy's name.
    pub buddy: Option<&'a str>,
    /// Now; the person's wall says what day it is.
    pub as_of: Timestamp,
}

/// The page of one person and one journey.
pub fn person_page(whose: &Whose<'_>, facts: &JourneyFacts<'_>) -> PersonPage {
    let journey = Journey::of(facts);
    let now = (facts.local)(whose.as_of);
    let today = now.date();
    let finished = journey.finished();
    let days = Days::of(&journey, facts, now);
    PersonPage {
        person: whose.person,
        name: whose.name.to_owned(),
        buddy: whose.buddy.map(str::to_owned),
        journey: facts.journey,
        journey_title: facts.template.title.clone(),
        as_of: whose.as_of,
        today,
        started: journey.start,
        working_day: facts.calendar.day_number(journey.start, today),
        state: state(&journey, finished, today),
        progress: journey.resolved.progress,
        blocked_days: (days.blocked, days.since_start),
        waiting_days: (days.waiting, days.since_start),
        waiting: journey.steps.iter().filter_map(waiting).collect(),
        others: journey.steps.iter().filter_map(others_step).collect(),
        milestones: milestones(&journey, facts),
        sentence: sentence::person(&journey, &days, now),
        timeline: timeline(whose, &journey, facts, now),
    }
}

/// How much time was lost, in working days.
pub(super) struct Days {
    pub(super) blocked: f64,
    pub(super) waiting: f64,
    /// Whole working days since day 1, up to the journey's end.
    pub(super) since_start: u32,
}

impl Days {
    /// Blocked and waiting shares have this time as their whole (`metrics.md`, section 3): from the start to
    /// now, or to the end where everything required is done. A moment both blocked and waiting is blocked.
    fn of(journey: &Journey<'_>, facts: &JourneyFacts<'_>, now: DateTime) -> Self {
        let hours = WorkHours::default();
        let start = journey.start.to_datetime(Time::midnight());
        let blocks = journey.steps.iter().flat_map(|story| &story.blocks);
        let blocked: Vec<_> = blocks.map(|block| (block.from, block.to.unwrap_or(now))).collect();
        let waiting: Vec<_> = journey.steps.iter().filter_map(|story| others(story, facts, now)).collect();
        let window = (start, journey.finished().unwrap_or(now));
        let lost = lost_time(facts.calendar, hours, window, &blocked, &waiting);
        Self {
            blocked: rounded(hours.days(lost.blocked), 1),
            waiting: rounded(hours.days(lost.waiting), 1),
            since_start: hours.days(lost.whole).floor() as u32,
        }
    }
}

/// When somebody else had to act on a step: from the end of the day on which their step was due until it was
/// done, or from the completion until a second person confirmed it.
fn others(story: &Story<'_>, facts: &JourneyFacts<'_>, now: DateTime) -> Option<(DateTime, DateTime)> {
    if let Some((_, _, since)) = story.unconfirmed() {
        return Some(((facts.local)(since), now));
    }
    if let Some(done) = story.done
        && let (Some(confirmed), Some((_, since))) = (done.confirmed, done.standing)
    {
        return Some(((facts.local)(since), (facts.local)(confirmed)));
    }
    if story.role.is_hire() || !(story.is_open() || story.done.is_some()) {
        return None;
    }
    let due = story.due.map(|due| moved(due, 1).to_datetime(Time::midnight()));
    let from = due.into_iter().chain(story.opened).max().filter(|_| story.opened.is_some())?;
    Some((from, story.done.map_or(now, |done| done.day)))
}

fn waiting(story: &Story<'_>) -> Option<Waiting> {
    let (by, completion, since) = story.unconfirmed()?;
    let (step, title) = (story.step.id.clone(), story.step.title.clone());
    (by == Role::Manager).then_some(Waiting { step, title, completion, since })
}

/// A box that the manager or the buddy ticks. What follows from parts is ticked there.
fn others_step(story: &Story<'_>) -> Option<OthersStep> {
    let theirs = matches!(story.role, Role::Manager | Role::Buddy) && story.step.has_own_box();
    let done = story.done.and_then(|done| done.standing);
    (theirs && (story.is_open() || done.is_some())).then(|| OthersStep {
        step: story.step.id.clone(),
        title: story.step.title.clone(),
        by: who(story.role, None),
        due: story.due,
        locked: matches!(story.state, StepState::Locked { .. }),
        done,
    })
}

fn state(journey: &Journey<'_>, finished: Option<DateTime>, today: Date) -> PersonState {
    let blocked = |story: &Story<'_>| matches!(story.state, StepState::Blocked { .. });
    let overdue = |story: &Story<'_>| {
        story.counts_alone() && story.step.required && story.is_open() && story.due.is_some_and(|due| due < today)
    };
    if finished.is_some() {
        PersonState::Finished
    } else if journey.steps.iter().any(blocked) {
        PersonState::Blocked
    } else if journey.start > today {
        PersonState::Ahead
    } else if journey.steps.iter().any(overdue) {
        PersonState::Overdue
    } else {
        PersonState::UnderWay
    }
}

fn milestones(journey: &Journey<'_>, facts: &JourneyFacts<'_>) -> Vec<MilestoneLine> {
    let lines = marks(journey, facts).into_iter().map(|mark| MilestoneLine {
        milestone: mark.milestone,
        title: mark.title,
        reached: mark.reached.map(|reached| reached.day),
        working_day: mark.reached.map(|reached| working_day(facts.calendar, journey.start, reached.day)),
        evidence: mark.reached.map(|reached| reached.evidence),
        target: mark.target,
    });
    lines.collect()
}

/// Parts of a step's time as `(kind, from, to)`, in order and without gaps between them.
pub(super) fn parts(story: &Story<'_>, facts: &JourneyFacts<'_>, now: DateTime) -> Vec<(SpanKind, DateTime, DateTime)> {
    let (Some(opened), true) = (story.opened, story.done.is_some() || !story.blocks.is_empty()) else {
        return Vec::new();
    };
    let end = story.done.map_or_else(
        || {
            story
                .blocks
                .iter()
                .filter_map(|block| block.to)
                .max()
                .map_or(now, |last| if story.is_open() { now } else { last })
        },
        |done| done.day,
    );
    let own = if story.role.is_hire() { SpanKind::Working } else { SpanKind::Waiting };
    let blocked: Vec<_> = story.blocks.iter().map(|block| (block.from, block.to.unwrap_or(now))).collect();
    let mut parts = Vec::new();
    let mut at = opened;
    for (from, to) in merged(&blocked) {
        if at < from {
            parts.push((own, at, from));
        }
        parts.push((SpanKind::Blocked, from, to));
        at = to.max(at);
    }
    // A step done in the moment in which it opened still happened.
    if at < end || parts.is_empty() {
        parts.push((own, at.min(end), end));
    }
    if story.done.is_some() && story.step.confirm_by.is_some() {
        parts.extend(
            others(story, facts, now).filter(|(from, to)| from < to).map(|(from, to)| (SpanKind::Waiting, from, to)),
        );
    }
    parts
}
