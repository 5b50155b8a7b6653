//! What an item promises to change, and how it would be seen (`R040`, `R042`, `R043`, `R051`).

use super::item::ReadItem;
use crate::{
    diagnostic::Findings,
    query::fold,
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
/// Words that say a metric is a length of time …
const DURATION: [&str; 17] = [
    "time", "duration", "days", "day", "hours", "hour", "minutes", "minute", "weeks", "week", "wd", "zeit", "dauer",
    "tage", "stunden", "minuten", "wochen",
];
/// … and words that say it is not, whatever else is in it.
const NO_DURATION: [&str; 23] = [
    "share",
    "rate",
    "percent",
    "percentage",
    "ratio",
    "count",
    "number",
    "score",
    "nps",
    "satisfaction",
    "per",
    "toil",
    "saved",
    "spent",
    "lost",
    "cost",
    "response",
    "load",
    "tickets",
    "incidents",
    "users",
    "teams",
    "anteil",
];
/// Words between which something is measured.
const ANCHORS: [(&str, &str); 5] =
    [("from", "to"), ("from", "until"), ("between", "and"), ("von", "bis"), ("zwischen", "und")];
const LESS: [&str; 30] = [
    "time",
    "duration",
    "lead",
    "wait",
    "waiting",
    "hours",
    "minutes",
    "days",
    "weeks",
    "wd",
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
    "fewer",
    "less",
    "faster",
    "shorter",
    "reduce",
    "reduced",
    "toil",
    "blocked",
    "interruptions",
];
const MORE: [&str; 20] = [
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
    "more",
    "increase",
    "higher",
    "self-service",
    "deployments",
    "active",
    "confidence",
];

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

fn words(text: &str) -> Vec<String> {
    let inside = |c: char| c.is_alphanumeric() || c == '-';
    fold(text).split(|c| !inside(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
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

fn is_duration(metric: &str) -> bool {
    let words = words(metric);
    // `time-to-restore` and `on-call` are one word each; only the first may be split.
    let parts = || words.iter().flat_map(|word| word.split('-'));
    let has = |list: &[&str]| parts().any(|word| list.contains(&word));
    has(&DURATION) && !has(&NO_DURATION) && !metric.contains('%')
}

fn has_anchors(metric: &str) -> bool {
    let words = words(metric);
    let at = |wanted: &str| words.iter().position(|word| word == wanted);
    let last = |wanted: &str| words.iter().rposition(|word| word == wanted);
    let pair =
        |(first, second): &(&str, &str)| at(first).zip(last(second)).is_some_and(|(first, second)| first < second);
    ["→", "->", "=>", "⇒", "⟶"].iter().any(|arrow| metric.contains(arrow)) || ANCHORS.iter().any(pair)
}

/// Which way is better can often be told from the words; where it cannot, only standing still is wrong.
fn already_met(read: &ReadItem, outcome: &Outcome, findings: &mut Findings) {
    let (Some(baseline), Some(target)) = (&outcome.baseline, &outcome.target) else { return };
    let metric = outcome.metric.as_deref().unwrap_or("");
    let words = words(&format!("{metric} {}", outcome.objective));
    let has = |list: &[&str]| {
        words.iter().flat_map(|word| word.split('-').chain([word.as_str()])).any(|word| list.contains(&word))
    };
    let (less, more) = match is_duration(metric) {
        true => (true, false),
        false => (has(&LESS), has(&MORE)),
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

    #[test]
    fn durations_need_both_ends() {
        for bare in
            ["time to first deploy", "lead time for changes", "setup time (p50)", "Days to onboard", "time-to-restore"]
        {
            assert!(is_duration(bare) && !has_anchors(bare), "{bare}");
        }
        for good in [
            "run-service(start_date → step done, WD, p50)",
            "hours from request to first connection",
            "Minuten von Push bis Ergebnis",
            "time between alert and all-clear",
        ] {
            assert!(is_duration(good) && has_anchors(good), "{good}");
        }
        for other in [
            "arrivals without a lamp",
            "share of deliveries on time",
            "tickets per week",
            "uptime",
            "hours of toil",
            "%, 30 days",
        ] {
            assert!(!is_duration(other), "{other}");
        }
    }
}
