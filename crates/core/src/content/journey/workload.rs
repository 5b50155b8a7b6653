//! Days that ask too much of the person (`J084`).

use std::collections::{BTreeMap, BTreeSet};

use super::{step::Note, window::range};
use crate::{
    diagnostic::{Findings, Position},
    id::StepId,
    journey::{Phase, Step, Template},
};

/// More required steps than this are too many for one day …
const MAX_STEPS: u32 = 12;
/// … and so are more minutes.
const MAX_MINUTES: u32 = 6 * 60;

/// What one due day asks for.
#[derive(Default)]
struct Day {
    /// First day on which any of it can be done.
    from: i64,
    /// What has to be done on this very day: it is named by the step, or it is the phase's only day.
    named: Load,
    /// Everything that is due.
    all: Load,
}

/// Steps and minutes, by condition: nobody has those of two conditions.
#[derive(Default)]
struct Load {
    by_condition: BTreeMap<String, Sum>,
}

#[derive(Clone, Copy, Default)]
struct Sum {
    steps: u32,
    minutes: u32,
    /// The step that was one too many, by number and by minutes.
    last: Option<Position>,
}

pub(super) fn check(template: &Template, notes: &BTreeMap<StepId, Note>, findings: &mut Findings) {
    let mut days: BTreeMap<i64, Day> = BTreeMap::new();
    let mut groups: BTreeSet<&str> = BTreeSet::new();
    let mut after = 0;
    for phase in &template.phases {
        let from = begin(phase, after);
        for step in &phase.steps {
            // Of alternatives one is done.
            if step.alternatives.as_ref().is_some_and(|group| !groups.insert(group)) {
                continue;
            }
            add(phase, step, from, notes, &mut days);
        }
        after = phase.to.as_ref().and_then(range).map_or(after, |(_, to)| to);
    }
    for (day, load) in &days {
        report(*day, load, findings);
    }
}

/// The first day of a phase's window; without `from` it follows the phase before it.
fn begin(phase: &Phase, after: i64) -> Option<i64> {
    match &phase.from {
        Some(from) => range(from).map(|(earliest, _)| earliest),
        None => Some(after + 1),
    }
}

fn add(phase: &Phase, step: &Step, from: Option<i64>, notes: &BTreeMap<StepId, Note>, days: &mut BTreeMap<i64, Day>) {
    if !step.required || !step.role.is_hire() {
        return;
    }
    let exact = |range: (i64, i64)| (range.0 == range.1).then_some(range.0);
    let own = step.due.as_ref().map(range);
    let due = own.unwrap_or_else(|| phase.to.as_ref().and_then(range)).and_then(exact);
    let (Some(due), Some(from), Some(note)) = (due, from, notes.get(&step.id)) else { return };
    let from = from.min(due);
    let day = days.entry(due).or_insert(Day { from, ..Day::default() });
    day.from = day.from.min(from);
    let steps = boxes(step);
    let minutes = minutes(step);
    let condition = step.when.as_ref().map(|when| when.in_words()).unwrap_or_default();
    if own.is_some() || from == due {
        day.named.add(&condition, steps, minutes, note.at);
    }
    day.all.add(&condition, steps, minutes, note.at);
}

/// Required boxes of the person's own below and including this step.
fn boxes(step: &Step) -> u32 {
    let own = u32::from(step.has_own_box());
    let parts = step.children.iter().filter(|part| part.required && part.role.is_hire() && part.when.is_none());
    own + parts.map(boxes).sum::<u32>()
}

/// The step's own estimate holds for its parts as well.
fn minutes(step: &Step) -> u32 {
    let parts = || step.children.iter().filter(|part| part.required && part.role.is_hire());
    step.estimate_minutes.unwrap_or_else(|| parts().map(minutes).fold(0, u32::saturating_add))
}

impl Load {
    fn add(&mut self, condition: &str, steps: u32, minutes: u32, at: Position) {
        let sum = self.by_condition.entry(condition.to_owned()).or_default();
        sum.steps = sum.steps.saturating_add(steps);
        sum.minutes = sum.minutes.saturating_add(minutes);
        sum.last = Some(at);
    }

    /// What one person has at most: everybody's part, and the largest of the conditional ones.
    fn most(&self) -> Sum {
        let common = self.by_condition.get("").copied().unwrap_or_default();
        let others = self.by_condition.iter().filter(|(condition, _)| !condition.is_empty()).map(|(_, sum)| *sum);
        let largest = |value: fn(&Sum) -> u32| others.clone().map(|sum| value(&sum)).max().unwrap_or(0);
        Sum {
            steps: common.steps.saturating_add(largest(|sum| sum.steps)),
            minutes: common.minutes.saturating_add(largest(|sum| sum.minutes)),
            last: others.clone().filter_map(|sum| sum.last).chain(common.last).max(),
        }
    }
}

fn report(day: i64, load: &Day, findings: &mut Findings) {
    // Work that can begin earlier is spread over the days from then on.
    let length = u32::try_from(day - load.from + 1).unwrap_or(1).max(1);
    let (named, all) = (load.named.most(), load.all.most());
    let shown = if day < 1 { day - 1 } else { day };
    let at = |sum: Sum| sum.last.unwrap_or(Position::START);
    let help = "Move some of them to a later day, or make them optional.";
    if named.steps > MAX_STEPS || all.steps > MAX_STEPS.saturating_mul(length) {
        let sum = if named.steps > MAX_STEPS { named } else { all };
        let message = format!("{} required steps are due on day {shown}, more than {MAX_STEPS} a day", sum.steps);
        findings.warning("J084", at(sum), message).help(help);
    }
    if all.minutes > MAX_MINUTES.saturating_mul(length) {
        let (hours, minutes) = (all.minutes / 60, all.minutes % 60);
        let over = if length == 1 { String::new() } else { format!(" and the {} working days before it", length - 1) };
        let rest = if minutes == 0 { String::new() } else { format!(" {minutes} min") };
        let limit = MAX_MINUTES / 60;
        let message = format!("day {shown}{over} holds {hours} h{rest} of work, more than {limit} h a day");
        findings.warning("J084", at(all), message).help(help);
    }
}
