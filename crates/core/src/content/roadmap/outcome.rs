//! What an item promises to change, and how it would be seen (`R040`, `R042`, `R043`, `R051`).

use super::{
    item::ReadItem,
    metric::{has_anchors, is_duration, words},
};
use crate::{
    diagnostic::Findings,
    roadmap::{Confidence, Outcome},
};

/// Verbs of making. Who makes something has not yet changed anything for anybody.
const MAKING: [&str; 34] = [
    "ship",
    "release",
    "build",
    "add",
    "create",
    "implement",
    "deliver",
    "launch",
    "upgrade",
    "migrate",
    "deploy",
    "introduce",
    "write",
    "develop",
    "roll",
    "rollout",
    "install",
    "refactor",
    "rewrite",
    "publish",
    "integrate",
    "complete",
    "finish",
    "document",
    "design",
    "configure",
    "port",
    "replace",
    "set",
    "automate",
    "containerize",
    "modernize",
    "adopt",
    "extend",
];
/// Words of metrics of which less is better, and of which more is.
const LESS: [&str; 21] = [
    "time",
    "duration",
    "wait",
    "waiting",
    "hours",
    "minutes",
    "days",
    "errors",
    "failures",
    "failed",
    "failure",
    "incidents",
    "tickets",
    "defects",
    "bugs",
    "cost",
    "costs",
    "without",
    "toil",
    "blocked",
    "interruptions",
];
const MORE: [&str; 18] = [
    "share",
    "adoption",
    "satisfaction",
    "nps",
    "score",
    "coverage",
    "users",
    "success",
    "successful",
    "uptime",
    "availability",
    "throughput",
    "frequency",
    "deploys",
    "deployments",
    "releases",
    "active",
    "confidence",
];
/// Words of objectives that give a direction where the metric has none.
const DOWN: [&str; 7] = ["fewer", "less", "faster", "shorter", "reduce", "lower", "without"];
const UP: [&str; 5] = ["more", "increase", "higher", "grow", "raise"];

pub(super) fn check(read: &ReadItem, findings: &mut Findings) {
    if let Some(impact) = &read.item.impact
        && impact.confidence == Some(Confidence::High)
        && !read.figures.basis
    {
        findings
            .warning("R051", read.figures.confidence, "the confidence is high and nothing says why")
            .help("Add `basis:` with a finding or a measurement that somebody can look up, or lower it.");
    }
    let Some(outcome) = &read.item.outcome else { return };
    let metric = outcome.metric.as_deref().map(str::trim).filter(|metric| !metric.is_empty());
    if metric.is_none() && is_output(&outcome.objective) {
        findings
            .warning("R040", read.figures.objective, "the objective is a thing that gets made, and nothing is measured")
            .help("Say what is different for somebody afterwards, and add a `metric`.");
    }
    if metric.is_some_and(|metric| is_duration(metric) && !has_anchors(metric)) {
        findings
            .error("R042", read.figures.metric, "the metric does not say from where to where the time is measured")
            .help("Name both ends, for instance `setup(start_date → step done, WD, p50)`.");
    }
    already_met(read, outcome, findings);
}

/// Whether an objective begins with making something: "Ship …", "We will add …", "Shipping …".
fn is_output(objective: &str) -> bool {
    let words = words(objective);
    let filler = ["to", "we", "will", "want", "the", "team", "and", "successfully", "fully", "finally"];
    let Some(first) = words.iter().find(|word| !filler.contains(&word.as_str())) else { return false };
    let stem = |ending: &str| first.strip_suffix(ending).unwrap_or("");
    let bare = ["ing", "ed"].map(stem);
    MAKING.iter().any(|verb| {
        first == verb
            || bare.iter().any(|bare| {
                // building, shipping, creating
                let doubled = bare.len() == verb.len() + 1
                    && bare.starts_with(verb)
                    && bare.as_bytes().last() == verb.as_bytes().last();
                bare == verb
                    || doubled
                    || (bare.len() + 1 == verb.len() && verb.ends_with('e') && verb.starts_with(bare))
            })
    })
}

/// Which way is better can often be told from the words; where it cannot, only standing still is wrong.
fn already_met(read: &ReadItem, outcome: &Outcome, findings: &mut Findings) {
    let (Some(baseline), Some(target)) = (&outcome.baseline, &outcome.target) else { return };
    let metric = outcome.metric.as_deref().unwrap_or("");
    let has = |text: &str, list: &[&str]| {
        words(text).iter().flat_map(|word| word.split('-').chain([word.as_str()])).any(|word| list.contains(&word))
    };
    let (less, more) = match (is_duration(metric), has(metric, &LESS), has(metric, &MORE)) {
        (true, ..) => (true, false),
        (false, false, false) => (has(&outcome.objective, &DOWN), has(&outcome.objective, &UP)),
        (false, less, more) => (less, more),
    };
    let met = match (less, more) {
        (true, false) => target.value >= baseline.value,
        (false, true) => target.value <= baseline.value,
        _ => target.value == baseline.value,
    };
    if met {
        let message = format!("the target {} is met by the baseline {} already", target.value, baseline.value);
        findings
            .warning("R043", read.figures.target, message)
            .help("Set a target that is better than where it stands.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objectives_that_make_something() {
        for output in [
            "Ship the new portal",
            "Upgrade to version 4",
            "Add three templates",
            "We will build a catalogue",
            "To migrate all services",
            "Shipping the gateway",
            "Created a landing page",
        ] {
            assert!(is_output(output), "{output}");
        }
        for outcome in [
            "New people run their service on the first day",
            "People stay with their change until it is merged",
            "A team that needs a database has one on the same day",
            "Reduce waiting for reviews",
            "Shipments are found during the call",
            "Buildings are warm",
            "",
        ] {
            assert!(!is_output(outcome), "{outcome}");
        }
    }
}
