//! Sentences that are computed from the numbers beside them, for people and screen readers.

use jiff::civil::DateTime;

use super::{Cohort, Figure, MilestoneBar, Quantile, Share, SlowStep, page::Days, story::Journey};
use crate::{
    event::BlockReason,
    metrics::{groups, rounded},
};

/// What a milestone's chart says.
pub(super) fn chart(title: &str, cohorts: &[Cohort]) -> String {
    let Some(newest) = cohorts.first() else { return String::new() };
    let Figure::Shown(people) = newest.people else {
        return format!("Fewer than five people started in {}, so there is no curve.", newest.label);
    };
    let Some(curve) = &newest.curve else {
        return format!("Fewer than 5 of {people} people have reached “{title}” so far.");
    };
    if curve.p50.day.is_none() {
        return match curve.points.last() {
            Some(last) => {
                let percent = rounded(last.share * 100.0, 0);
                format!("By working day {}, {percent} % of {people} people had reached “{title}”.", last.day)
            }
            None => format!("None of {people} people has reached “{title}” yet."),
        };
    }
    let before = cohorts.get(1).and_then(|cohort| cohort.curve.as_ref()).filter(|curve| curve.p50.day.is_some());
    let before = before.map_or(String::new(), |curve| format!("; a year before it was {}", day(curve.p50)));
    format!("Half of {people} people reached “{title}” by working {}{before}.", day(curve.p50))
}

/// "day 8 (6–10)".
fn day(quantile: Quantile) -> String {
    let Quantile { day: Some(day), from, to } = quantile else { return String::new() };
    match (from, to) {
        (Some(from), Some(to)) => format!("day {day} ({from}–{to})"),
        (Some(from), None) => format!("day {day} ({from} or later)"),
        (None, _) => format!("day {day}"),
    }
}

/// What the bars say: "22 of 28 reached “First PR” and 17 reached “First deploy”."; empty where no bar is a
/// number.
pub fn bars_sentence(bars: &[MilestoneBar]) -> String {
    let mut whole = 0;
    let mut parts: Vec<String> = Vec::new();
    let mut everybody: Vec<&str> = Vec::new();
    for bar in bars {
        match bar.reached {
            Share::Of { part, whole: all } if part == all => everybody.push(&bar.title),
            Share::Of { part, whole: all } if part > 0 => {
                let of = if whole == all { String::new() } else { format!(" of {all}") };
                whole = all;
                parts.push(format!("{part}{of} reached “{}”", bar.title));
            }
            Share::Of { .. } | Share::Few { .. } | Share::NearlyAll { .. } | Share::Near { .. } | Share::UnderFive => {}
        }
    }
    parts.truncate(2);
    let everybody = everybody.last().map(|title| format!("Everybody reached “{title}”"));
    let all: Vec<String> = everybody.into_iter().chain((!parts.is_empty()).then(|| parts.join(" and "))).collect();
    if all.is_empty() { String::new() } else { all.join("; ") + "." }
}

/// What the slowest step says; empty where no step has a number.
pub fn slow_sentence(steps: &[SlowStep]) -> String {
    let Some((step, median)) = steps.first().and_then(|step| Some((step, step.median_days?))) else {
        return String::new();
    };
    let blocked = rounded(step.blocked_share.unwrap_or_default() * 100.0, 0);
    let days = if median == 1.0 { "working day" } else { "working days" };
    let time = format!("“{}” takes longest: half need {median} {days} or more", step.title);
    if blocked > 0.0 { format!("{time}, and {blocked} % of the time is blocked.") } else { format!("{time}.") }
}

/// A share in words, for tables and files: "22 of 28", "fewer than 5 of 28", "under 5".
pub fn share_in_words(share: Share) -> String {
    match share {
        Share::Of { part, whole } => format!("{part} of {whole}"),
        Share::Few { .. } | Share::NearlyAll { .. } | Share::Near { .. } => groups::printed(share).unwrap_or_default(),
        Share::UnderFive => "under 5".to_owned(),
    }
}

/// What a person's timeline says: "Two blocks cost 6.5 of 29 working days; both were about missing access."
pub(super) fn person(journey: &Journey<'_>, days: &Days, now: DateTime) -> String {
    if journey.start > now.date() {
        return format!("Day 1 is {}.", journey.start);
    }
    let reasons: Vec<BlockReason> =
        journey.steps.iter().flat_map(|story| &story.blocks).map(|block| block.reason).collect();
    let of = |lost: f64| {
        format!("{lost} of {} working {}", days.since_start, if days.since_start == 1 { "day" } else { "days" })
    };
    let mut sentence = match reasons.as_slice() {
        [] if days.waiting > 0.0 => return format!("Others had to act for {}; nothing was blocked.", of(days.waiting)),
        [] => return "Nothing was blocked.".to_owned(),
        [one] => format!("One block cost {}; it was about {}", of(days.blocked), about(*one)),
        [first, rest @ ..] if rest.iter().all(|reason| reason == first) => {
            let all = if rest.len() == 1 { "both" } else { "all" };
            format!("{} blocks cost {}; {all} were about {}", count(reasons.len()), of(days.blocked), about(*first))
        }
        _ => format!("{} blocks cost {}", count(reasons.len()), of(days.blocked)),
    };
    if days.waiting > 0.0 {
        sentence += &format!("; others had to act for {}", days.waiting);
    }
    sentence + "."
}

fn about(reason: BlockReason) -> &'static str {
    match reason {
        BlockReason::MissingAccess => "missing access",
        BlockReason::BrokenInstructions => "instructions that are wrong",
        BlockReason::FailingCheck => "a check that fails",
        BlockReason::WaitingForPerson => "somebody who has to act",
        BlockReason::Unclear => "instructions that are unclear",
        BlockReason::Other => "something else",
    }
}

/// Small numbers as words, at the beginning of a sentence.
fn count(number: usize) -> String {
    let words = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
    words.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}
