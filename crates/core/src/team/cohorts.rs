//! Time to a milestone, by the year in which people started.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Cohort, Curve, CurvePoint, Line, MilestoneChart, Quantile, SMALLEST_GROUP, Share, build::moved, sentence};
use crate::{
    id::{MilestoneId, PersonId},
    metrics::{
        clock::working_day,
        groups,
        survival::{self, KaplanMeier, Observation},
    },
};

/// Ticks of the axis below which the people at risk are printed, at most.
const TICKS: u32 = 5;

/// The days of a cohort, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) from: Date,
    pub(super) to: Date,
}

impl Window {
    /// The 365 days that end today.
    pub(super) fn last_year(today: Date) -> Self {
        Self { from: moved(today, -364), to: today }
    }

    /// The 365 days before.
    pub(super) fn before(self) -> Self {
        Self { from: moved(self.from, -365), to: moved(self.from, -1) }
    }

    pub(super) fn holds(self, start: Date) -> bool {
        self.from <= start && start <= self.to
    }

    /// "2025/26"; "2026" where the window is a calendar year.
    pub(super) fn label(self) -> String {
        if self.from.year() == self.to.year() {
            self.to.year().to_string()
        } else {
            format!("{}/{:02}", self.from.year(), self.to.year().rem_euclid(100))
        }
    }
}

/// What is known of one person and one milestone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    pub(super) start: Date,
    /// Working day on which it was reached.
    pub(super) reached: Option<u32>,
    /// Working day up to which it was not.
    open: u32,
}

/// The same in calendar days.
#[derive(Clone, Copy)]
struct Known {
    start: Date,
    reached: Option<Date>,
    open: Date,
}

/// Each person once for each milestone: where two journeys name it, the one that began first has the clock,
/// and what either of them reached counts.
pub(super) fn reached_by<'a>(line: &Line<'a>) -> BTreeMap<&'a MilestoneId, BTreeMap<PersonId, Reach>> {
    let today = line.now.date();
    let mut first: BTreeMap<&MilestoneId, BTreeMap<PersonId, Known>> = BTreeMap::new();
    // A journey that is still to come says nothing yet.
    for member in line.members.iter().filter(|member| member.summary.start <= today) {
        let summary = member.summary;
        let open = summary.withdrawn.unwrap_or(today);
        for mark in &summary.milestones {
            let reached = mark.reached.map(|reached| reached.day);
            let people = first.entry(&mark.milestone).or_default();
            people
                .entry(member.person)
                .and_modify(|known| {
                    known.start = known.start.min(summary.start);
                    known.reached = [known.reached, reached].into_iter().flatten().min();
                    known.open = known.open.max(open);
                })
                .or_insert(Known { start: summary.start, reached, open });
        }
    }
    let number = |start, day| working_day(line.calendar, start, day);
    let reach = |known: Known| Reach {
        start: known.start,
        reached: known.reached.map(|day| number(known.start, day)),
        open: number(known.start, known.open),
    };
    first
        .into_iter()
        .map(|(id, people)| (id, people.into_iter().map(|(person, known)| (person, reach(known))).collect()))
        .collect()
}

/// One milestone's chart, the newest cohort first.
pub(super) fn chart(
    milestone: &MilestoneId,
    title: &str,
    people: Option<&BTreeMap<PersonId, Reach>>,
    windows: &[Window],
) -> MilestoneChart {
    let mut cohorts: Vec<Cohort> = windows.iter().map(|window| cohort(*window, people)).collect();
    let end = cohorts.iter().filter_map(|cohort| cohort.curve.as_ref()).filter_map(last_day).max().unwrap_or_default();
    for (cohort, window) in cohorts.iter_mut().zip(windows) {
        if let Some(curve) = &mut cohort.curve {
            let estimate = estimate(*window, people);
            curve.at_risk = ticks(end).map(|day| (day, groups::figure(estimate.at_risk(f64::from(day))))).collect();
        }
    }
    MilestoneChart {
        milestone: milestone.clone(),
        title: title.to_owned(),
        definition: format!("{milestone}(start_date → reached, WD)"),
        sentence: sentence::chart(title, &cohorts),
        cohorts,
    }
}

fn last_day(curve: &Curve) -> Option<u32> {
    curve.points.last().map(|point| point.day).max(curve.censored.last().copied())
}

/// Days at steps of 1, 2 or 5 times a power of ten, from 0 to beyond `end`.
fn ticks(end: u32) -> impl Iterator<Item = u32> {
    let steps = (0..9).flat_map(|power| [1, 2, 5].map(|digit| digit * 10u32.pow(power)));
    let step = steps.into_iter().find(|step| end.div_ceil(*step) < TICKS).unwrap_or(u32::MAX);
    (0..=end.div_ceil(step)).map(move |tick| tick.saturating_mul(step))
}

fn estimate(window: Window, people: Option<&BTreeMap<PersonId, Reach>>) -> KaplanMeier {
    let cohort = people.into_iter().flat_map(BTreeMap::values).filter(|one| window.holds(one.start));
    let observations: Vec<Observation> = cohort
        .map(|one| match one.reached {
            Some(day) => Observation { time: f64::from(day), reached: true },
            None => Observation { time: f64::from(one.open), reached: false },
        })
        .collect();
    KaplanMeier::of(&observations)
}

fn cohort(window: Window, people: Option<&BTreeMap<PersonId, Reach>>) -> Cohort {
    let estimate = estimate(window, people);
    let reached = groups::share(estimate.reached, estimate.people);
    Cohort { label: window.label(), people: groups::figure(estimate.people), reached, curve: curve(&estimate, reached) }
}

/// The part of a curve that may be shown: it ends where fewer than five are at risk, and never says more
/// than the share beside it.
fn curve(estimate: &KaplanMeier, reached: Share) -> Option<Curve> {
    let most = match reached {
        // Each step of the curve would be one of fewer than five people.
        Share::UnderFive | Share::Few { .. } | Share::Near { .. } => return None,
        Share::NearlyAll { whole } => whole - SMALLEST_GROUP,
        Share::Of { part, .. } => part,
    };
    let mut events = 0;
    let shown = estimate.estimates.iter().take_while(|one| {
        events += one.events;
        one.at_risk >= SMALLEST_GROUP && events <= most
    });
    let estimates: Vec<_> = shown.copied().collect();
    let end = estimate.estimates.get(estimates.len()).map_or(f64::INFINITY, |cut| cut.time);
    let censored: Vec<u32> = estimate
        .censored
        .iter()
        .filter(|time| **time < end && estimate.at_risk(**time) >= SMALLEST_GROUP)
        .map(|time| *time as u32)
        .collect();
    let points = estimates.iter().map(|one| CurvePoint {
        day: one.time as u32,
        share: 1.0 - one.survival,
        interval: one.interval.map(|(lower, upper)| (1.0 - upper, 1.0 - lower)),
    });
    let points = points.collect();
    // Quantiles are read off what is shown, so that none of them lies beyond its end.
    let cut = KaplanMeier { estimates, ..KaplanMeier::default() };
    let quantile = |p| days(cut.quantile(p));
    Some(Curve { points, censored, at_risk: Vec::new(), p50: quantile(0.5), p75: quantile(0.75), p90: quantile(0.9) })
}

fn days(quantile: survival::Quantile) -> Quantile {
    let day = |time: Option<f64>| time.map(|time| time as u32);
    Quantile { day: day(quantile.time), from: day(quantile.from), to: day(quantile.to) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_cohort_is_a_year_back_from_today() {
        let newest = Window::last_year(date(2026, 1, 21));
        assert_eq!((newest.from, newest.label().as_str()), (date(2025, 1, 22), "2025/26"));
        let before = newest.before();
        assert_eq!(
            (before.from, before.to, before.label().as_str()),
            (date(2024, 1, 23), date(2025, 1, 21), "2024/25")
        );
        assert_eq!(Window::last_year(date(2026, 12, 31)).label(), "2026");
    }

    #[test]
    fn ticks_are_nice_numbers_that_cover_the_curve() {
        let of = |end| ticks(end).collect::<Vec<_>>();
        assert_eq!(of(0), [0]);
        assert_eq!(of(4), [0, 1, 2, 3, 4]);
        assert_eq!(of(19), [0, 5, 10, 15, 20]);
        assert_eq!(of(35), [0, 10, 20, 30, 40]);
        assert_eq!(of(u32::MAX).len(), ticks(u32::MAX).count());
    }
}
