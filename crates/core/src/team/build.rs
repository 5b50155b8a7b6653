//! A team's page from the summaries of its journeys. Linear in people and steps, but for sorting.

use std::collections::BTreeMap;

use jiff::{
    Span, Timestamp,
    civil::{Date, DateTime},
};

use super::{
    JourneySummary, MilestoneBar, PersonRow, PersonState, TeamOverview,
    attention::attention,
    bars::bars,
    cohorts::{Window, chart, reached_by},
    slow::slow_steps,
};
use crate::{
    calendar::WorkCalendar,
    id::{MilestoneId, PersonId, TemplateId},
};

/// One journey of somebody of the line.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: &'a str,
    /// The journey; a person with two of them is listed twice.
    pub summary: &'a JourneySummary,
}

/// What a team's page is made from.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// The manager's line in a word: "Backend".
    pub team: &'a str,
    /// Now.
    pub as_of: Timestamp,
    /// Now, on the manager's wall.
    pub now: DateTime,
    /// The organisation's working days.
    pub calendar: &'a WorkCalendar,
    /// In any order.
    pub members: &'a [Member<'a>],
}

/// A team's onboarding on one page.
pub fn overview(line: &Line<'_>) -> TeamOverview {
    let today = line.now.date();
    let newest = Window::last_year(today);
    let windows = [newest, newest.before()];
    let milestones = milestones(line.members);
    let reached = reached_by(line);
    let curves = milestones.iter().map(|(id, title)| chart(id, title, reached.get(id), &windows)).collect();
    let counts = milestones.iter().filter_map(|(id, title)| {
        let people = reached.get(id)?.values().filter(|one| newest.holds(one.start));
        let (mut part, mut whole) = (0, 0);
        for one in people {
            whole += 1;
            part += u32::from(one.reached.is_some());
        }
        Some(((*id).clone(), (*title).to_owned(), part, whole))
    });
    let shares = bars(&counts.clone().map(|(_, _, part, whole)| (part, whole)).collect::<Vec<_>>());
    let bars = counts.zip(shares).map(|((milestone, title, ..), reached)| MilestoneBar { milestone, title, reached });
    let mut under_way: Vec<PersonId> =
        line.members.iter().filter(|member| is_under_way(member.summary, today)).map(|member| member.person).collect();
    under_way.sort_unstable();
    under_way.dedup();
    TeamOverview {
        team: line.team.to_owned(),
        as_of: line.as_of,
        today,
        onboarding: under_way.len() as u32,
        attention: attention(line),
        curves,
        reached: bars.collect(),
        slow_steps: slow_steps(line, newest),
        people: people(line, newest),
    }
}

/// Day 1 has come, and neither is everything done nor was the journey taken away.
fn is_under_way(summary: &JourneySummary, today: Date) -> bool {
    summary.start <= today && summary.finished.is_none() && summary.withdrawn.is_none()
}

/// Milestones with their titles in the order of the template that most people have, then of the others.
fn milestones<'a>(members: &[Member<'a>]) -> Vec<(&'a MilestoneId, &'a str)> {
    let mut templates: BTreeMap<&TemplateId, (usize, &JourneySummary)> = BTreeMap::new();
    for member in members {
        let (people, fullest) = templates.entry(&member.summary.template).or_insert((0, member.summary));
        *people += 1;
        // Whoever has a milestone waived has fewer of them.
        if member.summary.milestones.len() > fullest.milestones.len() {
            *fullest = member.summary;
        }
    }
    let mut templates: Vec<_> = templates.into_values().collect();
    templates.sort_by_key(|(people, _)| std::cmp::Reverse(*people));
    let fullest = templates.into_iter().flat_map(|(_, summary)| &summary.milestones);
    let mut seen = std::collections::BTreeSet::new();
    let all = fullest.chain(members.iter().flat_map(|member| &member.summary.milestones));
    all.filter(|mark| seen.insert(&mark.milestone)).map(|mark| (&mark.milestone, mark.title.as_str())).collect()
}

/// Where somebody stands on `today`.
pub(super) fn state(summary: &JourneySummary, today: Date) -> PersonState {
    if summary.finished.is_some() {
        PersonState::Finished
    } else if !summary.blocks.is_empty() {
        PersonState::Blocked
    } else if summary.start > today {
        PersonState::Ahead
    } else if summary.open.iter().any(|step| step.due.is_some_and(|due| due < today)) {
        PersonState::Overdue
    } else {
        PersonState::UnderWay
    }
}

fn people(line: &Line<'_>, window: Window) -> Vec<PersonRow> {
    let today = line.now.date();
    let listed = |summary: &JourneySummary| {
        summary.withdrawn.is_none() && summary.finished.is_none_or(|finished| finished >= window.from)
    };
    let mut rows: Vec<PersonRow> = line
        .members
        .iter()
        .filter(|member| listed(member.summary))
        .map(|member| {
            let summary = member.summary;
            let latest = summary.milestones.iter().filter_map(|mark| Some((mark.reached?.at, &mark.title)));
            PersonRow {
                person: member.person,
                name: member.name.to_owned(),
                journey: summary.journey,
                journey_title: summary.title.clone(),
                started: summary.start,
                working_day: line.calendar.day_number(summary.start, today),
                progress: summary.progress,
                milestone: latest.max_by_key(|(at, _)| *at).map(|(_, title)| title.clone()),
                state: state(summary, today),
                last: summary.last,
            }
        })
        .collect();
    rows.sort_by(|a, b| b.started.cmp(&a.started).then_with(|| a.name.cmp(&b.name)).then(a.journey.cmp(&b.journey)));
    rows
}

/// `date` moved by `days`; stays where the calendar ends.
pub(super) fn moved(date: Date, days: i64) -> Date {
    date.checked_add(Span::new().days(days)).unwrap_or(date)
}
