//! How long steps take, over people. It judges the step, never the person.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use super::{Figure, Line, SlowStep, StepTime, cohorts::Window};
use crate::{
    id::{StepId, TemplateId},
    metrics::{
        clock::{WorkHours, working_time},
        groups, rounded,
        survival::{KaplanMeier, Observation},
    },
};

/// One step over all people who came to it.
struct Tally<'a> {
    step: &'a StepTime,
    journey: &'a str,
    times: Vec<Observation>,
    worked: SignedDuration,
    blocked: SignedDuration,
    unclear: u32,
}

/// Steps of the cohort's journeys, the slowest first; those of fewer than five people stand at the end and
/// say so.
///
/// Whoever is still on a step is censored, not left out: otherwise a step on which half the people are stuck
/// would look quick.
pub(super) fn slow_steps(line: &Line<'_>, window: Window) -> Vec<SlowStep> {
    let mut tallies: BTreeMap<(&TemplateId, &StepId), Tally<'_>> = BTreeMap::new();
    let started = line.members.iter().filter(|member| window.holds(member.summary.start));
    // Somebody who left did not take longer since.
    for member in started.filter(|member| member.summary.withdrawn.is_none()) {
        let summary = member.summary;
        for step in summary.steps.iter().filter(|step| step.opened <= line.now) {
            let tally = tallies.entry((&summary.template, &step.step)).or_insert_with(|| Tally {
                step,
                journey: &summary.title,
                times: Vec::new(),
                worked: SignedDuration::ZERO,
                blocked: SignedDuration::ZERO,
                unclear: 0,
            });
            tally.add(line, step);
        }
    }
    let mut steps: Vec<SlowStep> = tallies.into_values().map(Tally::finish).collect();
    // Stable: equal ones stay in the order of journey and step. Unknown medians come last.
    let key = |step: &SlowStep| step.median_days.unwrap_or(-1.0);
    steps.sort_by(|a, b| key(b).total_cmp(&key(a)).then(blocked(b).total_cmp(&blocked(a))));
    steps
}

fn blocked(step: &SlowStep) -> f64 {
    step.blocked_share.unwrap_or(-1.0)
}

impl<'a> Tally<'a> {
    fn add(&mut self, line: &Line<'_>, step: &'a StepTime) {
        let since = |from| working_time(line.calendar, WorkHours::default(), from, line.now);
        let time = step.done.map_or_else(|| since(step.opened), |minutes| SignedDuration::from_mins(minutes.into()));
        let standing = step.blocked_since.map_or(SignedDuration::ZERO, since);
        self.times.push(Observation { time: WorkHours::default().days(time), reached: step.done.is_some() });
        self.worked += time;
        self.blocked += (SignedDuration::from_mins(step.blocked.into()) + standing).min(time);
        self.unclear += u32::from(step.unclear);
    }

    fn finish(self) -> SlowStep {
        let people = self.times.len() as u32;
        let figure = groups::figure(people);
        let shown = |value: Option<f64>| value.filter(|_| matches!(figure, Figure::Shown(_)));
        let times = KaplanMeier::of(&self.times);
        let day = |p| shown(times.quantile(p).time.map(|days| rounded(days, 1)));
        let share = self.blocked.as_secs_f64() / self.worked.as_secs_f64().max(60.0);
        SlowStep {
            step: self.step.step.clone(),
            title: self.step.title.clone(),
            journey: self.journey.to_owned(),
            owner: self.step.owner.clone(),
            people: figure,
            median_days: day(0.5),
            p90_days: day(0.9),
            blocked_share: shown(Some(rounded(share, 3))),
            unclear: groups::share(self.unclear, people),
        }
    }
}
