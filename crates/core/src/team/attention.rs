//! What waits for the manager, or for somebody the manager can ask.

use super::{Attention, AttentionKind, JourneySummary, Line, Member, who};
use crate::{id::StepId, journey::Role};

/// Working days without a fact after which somebody is asked about.
const QUIET_DAYS: u32 = 2;

/// What waits, the most pressing first: blocks (the longest first), what only the manager can do, overdue
/// steps, and last journeys in which nothing happens.
pub(super) fn attention(line: &Line<'_>) -> Vec<Attention> {
    let mut all: Vec<Attention> = Vec::new();
    for member in line.members.iter().filter(|member| member.summary.withdrawn.is_none()) {
        let before = all.len();
        of_member(line, member, &mut all);
        if all.len() == before {
            all.extend(quiet(line, member));
        }
    }
    all.sort_by_cached_key(|one| {
        let (rank, order) = pressing(&one.kind);
        (rank, order, one.name.clone(), one.journey, one.step.clone())
    });
    all
}

/// Rank of the kind, and the order within it, smallest first.
fn pressing(kind: &AttentionKind) -> (u8, i64) {
    match kind {
        AttentionKind::Blocked { working_days, .. } => (0, -i64::from(*working_days)),
        AttentionKind::SignOff { since, .. } => (1, since.as_second()),
        AttentionKind::YourStep { due } => {
            (2, due.map_or(i64::MAX, |due| i64::from(due.year()) * 400 + i64::from(due.day_of_year())))
        }
        AttentionKind::Overdue { working_days, .. } => (3, -i64::from(*working_days)),
        AttentionKind::Quiet { working_days } => (4, -i64::from(*working_days)),
    }
}

fn row(member: &Member<'_>, step: &StepId, title: &str, who: &str, kind: AttentionKind) -> Attention {
    Attention {
        person: member.person,
        name: member.name.to_owned(),
        journey: member.summary.journey,
        step: step.clone(),
        title: title.to_owned(),
        kind,
        who: who.to_owned(),
    }
}

fn of_member(line: &Line<'_>, member: &Member<'_>, all: &mut Vec<Attention>) {
    let today = line.now.date();
    let summary = member.summary;
    for block in &summary.blocks {
        let working_days = line.calendar.working_days_between(block.since, today);
        let kind = AttentionKind::Blocked { working_days, note: block.note.clone() };
        all.push(row(member, &block.step, &block.title, &block.who, kind));
    }
    for waiting in summary.confirmations.iter().filter(|waiting| waiting.by == Role::Manager) {
        let kind = AttentionKind::SignOff { completion: waiting.completion, since: waiting.since };
        all.push(row(member, &waiting.step, &waiting.title, &who(Role::Manager, None), kind));
    }
    for step in &summary.open {
        // A blocked step is listed as blocked, once.
        if summary.blocks.iter().any(|block| block.step == step.step) {
            continue;
        }
        if step.role == Role::Manager {
            if !step.locked && step.due.is_none_or(|due| due <= today) {
                all.push(row(member, &step.step, &step.title, &step.who, AttentionKind::YourStep { due: step.due }));
            }
        } else if let Some(due) = step.due.filter(|due| *due < today) {
            let working_days = line.calendar.working_days_between(due, today);
            all.push(row(member, &step.step, &step.title, &step.who, AttentionKind::Overdue { working_days, due }));
        }
    }
}

/// A journey under way in which nothing happened for some whole working days.
fn quiet(line: &Line<'_>, member: &Member<'_>) -> Option<Attention> {
    let summary: &JourneySummary = member.summary;
    let today = line.now.date();
    if summary.finished.is_some() || summary.start > today {
        return None;
    }
    // Today is not over: only days before it went by without a fact. The days before day 1 do not count.
    let from = line.calendar.first_working_day(summary.start);
    let last = summary.last_day.unwrap_or(from).max(from.yesterday().unwrap_or(from));
    let working_days = line.calendar.working_days_between(last, today.yesterday().unwrap_or(today));
    let next = summary.open.iter().find(|step| !step.locked).or(summary.open.first())?;
    let kind = AttentionKind::Quiet { working_days };
    (working_days >= QUIET_DAYS).then(|| row(member, &next.step, &next.title, &next.who, kind))
}
