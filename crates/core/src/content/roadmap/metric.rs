//! What a metric says about itself: whether it is a length of time, and from where to where.

use crate::query::fold;

/// Units, which say that a metric is a length of time where something follows that it ends with …
const UNITS: [&str; 11] =
    ["days", "day", "hours", "hour", "minutes", "minute", "weeks", "wd", "tage", "stunden", "minuten"];
const UNTIL: [&str; 8] = ["to", "until", "till", "before", "after", "bis", "from", "von"];
/// … or where a middle or worst case is taken of it.
const CASES: [&str; 6] = ["p50", "p75", "p90", "p95", "median", "average"];
/// Words before "time" with which it is something else.
const OTHER_TIMES: [&str; 9] = ["on", "in", "real", "full", "part", "first", "same", "run", "one"];
/// Words that say that a metric is no length of time, whatever else is in it.
const NO_DURATION: [&str; 24] = [
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
    "without",
];
/// Words between which something is measured.
const ANCHORS: [(&str, &str); 5] =
    [("from", "to"), ("from", "until"), ("between", "and"), ("von", "bis"), ("zwischen", "und")];
/// Folded words; `time-to-restore` is one.
pub(super) fn words(text: &str) -> Vec<String> {
    let inside = |c: char| c.is_alphanumeric() || c == '-';
    fold(text).split(|c| !inside(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether a metric is a length of time.
pub(super) fn is_duration(metric: &str) -> bool {
    let words = words(metric);
    // `time-to-restore` is three words here.
    let parts: Vec<&str> = words.iter().flat_map(|word| word.split('-')).collect();
    let has = |list: &[&str]| parts.iter().any(|word| list.contains(word));
    let follows = |at: usize, list: &[&str]| parts.get(at + 1).is_some_and(|next| list.contains(next));
    let says = |(at, word): (usize, &&str)| match *word {
        "time" => at == 0 || !OTHER_TIMES.contains(&parts[at - 1]),
        "duration" | "zeit" | "dauer" => true,
        unit => UNITS.contains(&unit) && (follows(at, &UNTIL) || has(&CASES)),
    };
    parts.iter().enumerate().any(says) && !has(&NO_DURATION) && !metric.contains('%')
}

/// Whether a metric says where its time begins and where it ends.
pub(super) fn has_anchors(metric: &str) -> bool {
    let words = words(metric);
    let at = |wanted: &str| words.iter().position(|word| word == wanted);
    let last = |wanted: &str| words.iter().rposition(|word| word == wanted);
    let pair =
        |(first, second): &(&str, &str)| at(first).zip(last(second)).is_some_and(|(first, second)| first < second);
    ["→", "->", "=>", "⇒", "⟶"].iter().any(|arrow| metric.contains(arrow)) || ANCHORS.iter().any(pair)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            "on-time deliveries",
            "build minutes",
            "working hours of the desk",
        ] {
            assert!(!is_duration(other), "{other}");
        }
    }
}
