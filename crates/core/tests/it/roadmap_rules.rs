//! One rule about roadmap items at a time: a file that breaks it, and one that does not.

use jiff::civil::date;
use waymark_core::content::{Surroundings, parse_roadmap_in};

use crate::journey_rules::Shelf;

const HEAD: &str = "---\nschema: waymark.roadmap/1\nid: a\ntitle: A title\nstatus: draft\n";

/// Codes with their places for an item with these keys and this text.
fn findings(keys: &str, body: &str) -> Vec<String> {
    let path = "roadmap/items/a.md".to_owned();
    let source = format!("{HEAD}{keys}---\n\n{body}");
    let other = "---\nschema: waymark.roadmap/1\nid: b\ntitle: B\nhorizon: later\nstatus: draft\n---\n".to_owned();
    let around = Surroundings { today: Some(date(2026, 11, 21)), library: Some(&Shelf) };
    let (_, findings) = parse_roadmap_in(&[(path, source.clone()), ("roadmap/items/b.md".to_owned(), other)], around);
    for one in &findings {
        let line = source.lines().nth(one.line as usize - 1).unwrap_or_else(|| panic!("no line {}", one.line));
        assert!(one.column as usize <= line.chars().count() + 1, "{one:?} stands outside of {line:?}");
        assert!(one.help.is_some(), "{one:?} does not say what to do");
    }
    findings.iter().map(|one| format!("{}:{} {}", one.line, one.column, one.code)).collect()
}

fn check(cases: &[(&str, &str, &str)]) {
    for (keys, body, expected) in cases {
        let expected: Vec<String> = if expected.is_empty() { Vec::new() } else { vec![(*expected).to_owned()] };
        assert_eq!(findings(keys, body), expected, "{keys}{body}");
    }
}

#[test]
fn now_ends_after_three_months() {
    let history = |entries: &str| format!("horizon: now\nhistory:\n{entries}");
    let moved = "  - {at: 2026-08-01, to: now, reason: x}\n  - {at: 2026-09-20, to: building, reason: x}\n";
    check(&[
        (&history(moved), "", "8:5 R023"),
        (&history(moved), "## Updates\n\n### 2026-10-01 The first part is out\n\nIt is.\n", ""),
        (&history(&format!("{moved}  - {{at: 2026-10-01, to: shipped, reason: x}}\n")), "", ""),
        (&history("  - {at: 2026-09-01, to: now, reason: x}\n"), "", ""),
        (
            &history("  - {at: 2026-08-20, to: building, reason: x}\n  - {at: 2026-09-20, to: trial, reason: x}\n"),
            "",
            "8:5 R023",
        ),
        ("horizon: now\n", "", ""),
    ]);
    assert_eq!(
        findings(
            "horizon: next\nhistory:\n  - {at: 2026-08-01, to: now, reason: x}\n  - {at: 2026-10-01, to: next, reason: x}\n",
            ""
        ),
        Vec::<String>::new()
    );
}

#[test]
fn items_are_touched_within_ninety_days() {
    check(&[
        ("horizon: next\nhistory:\n  - {at: 2026-08-01, to: next, reason: x}\n", "", "8:5 R062"),
        ("horizon: next\nhistory:\n  - {at: 2026-09-01, to: next, reason: x}\n", "", ""),
        (
            "horizon: later\nhistory:\n  - {at: 2026-01-01, to: later, reason: x}\n",
            "## Updates\n\n### 2026-11-01: Still wanted\n",
            "",
        ),
        ("horizon: later\n", "", ""),
    ]);
    let declined = "horizon: next\nhistory:\n  - {at: 2026-01-01, to: declined, reason: x}\n";
    let path = "roadmap/items/a.md".to_owned();
    let source = format!("{}{declined}---\n", HEAD.replace("draft", "declined"));
    let around = Surroundings { today: Some(date(2026, 11, 21)), library: None };
    let (_, findings) = parse_roadmap_in(&[(path, source)], around);
    assert!(findings.iter().all(|one| one.code != "R062"), "{findings:?}");
}

#[test]
fn objectives_and_metrics_say_what_changes() {
    check(&[
        ("horizon: next\noutcome:\n  objective: Ship the new portal\n", "", "8:14 R040"),
        ("horizon: next\noutcome:\n  objective: Ship the new portal\n  metric: share of orders through it\n", "", ""),
        ("horizon: next\noutcome:\n  objective: Orders take a minute\n", "", ""),
        ("horizon: next\noutcome:\n  objective: Faster\n  metric: time to first deploy\n", "", "9:11 R042"),
        ("horizon: next\noutcome:\n  objective: Faster\n  metric: first-deploy(created → live, hours, p50)\n", "", ""),
    ]);
}

#[test]
fn targets_are_better_than_the_baseline() {
    let outcome = |metric: &str, baseline: u32, target: u32| {
        format!(
            "horizon: next\noutcome:\n  objective: Better\n  metric: {metric}\n  baseline: {{value: {baseline}}}\n  target: {{value: {target}}}\n"
        )
    };
    check(&[
        (&outcome("build(push → verdict, minutes, p50)", 22, 10), "", ""),
        (&outcome("build(push → verdict, minutes, p50)", 10, 22), "", "11:11 R043"),
        (&outcome("build(push → verdict, minutes, p50)", 10, 10), "", "11:11 R043"),
        (&outcome("share of teams on the path", 60, 40), "", "11:11 R043"),
        (&outcome("share of teams on the path", 40, 60), "", ""),
        (&outcome("open tickets", 4, 9), "", "11:11 R043"),
        (&outcome("things on the shelf", 4, 9), "", ""),
        (&outcome("things on the shelf", 9, 4), "", ""),
    ]);
}

#[test]
fn percentages_follow_from_their_figures() {
    let outcome = |objective: &str| {
        format!(
            "horizon: next\noutcome:\n  objective: \"{objective}\"\n  metric: run(start → done, WD, p50)\n  baseline: {{value: 4}}\n  target: {{value: 1}}\n"
        )
    };
    check(&[
        (&outcome("Setup takes 75 % less time"), "", ""),
        (&outcome("Setup takes 60 % less time"), "", "8:14 R041"),
        ("horizon: next\n", "Setup goes from 3 days to 4 hours, by 60 %.\n", "9:39 R041"),
        ("horizon: next\n", "It is slow. Setup goes from 3 days to 4 hours, by 94 %. Good.\n", ""),
        ("horizon: next\n", "Memory falls by 60 %.\n", ""),
    ]);
}

#[test]
fn high_confidence_has_a_basis() {
    let impact = |more: &str| format!("horizon: next\nimpact: {{value: 1, unit: hours saved, {more}}}\n");
    check(&[
        (&impact("confidence: high"), "", "7:51 R051"),
        (&impact("confidence: high, basis: []"), "", "7:51 R051"),
        (&impact("confidence: high, basis: [\"finding:x\"]"), "", ""),
        (&impact("confidence: low"), "", ""),
    ]);
}

#[test]
fn links_lead_somewhere() {
    let link = |link: &str| format!("horizon: later\nlinks:\n  - {{{link}}}\n");
    check(&[
        (&link("kind: docs, to: docs/setup.md#run"), "", ""),
        (&link("kind: docs, to: docs/gone.md"), "", "8:22 R070"),
        (&link("kind: docs, to: docs/setup.md#stop"), "", "8:22 R070"),
        (&link("kind: step, to: start/tools"), "", ""),
        (&link("kind: step, to: start/gone"), "", "8:22 R070"),
        (&link("kind: item, to: b"), "", ""),
        (&link("kind: item, to: c"), "", "8:22 R070"),
        (&link("kind: issue, to: \"https://forge.example/42\""), "", ""),
        (&link("kind: deviation, path: service-path"), "", ""),
        (
            "horizon: later\n",
            "[B](b.md), [docs](../../docs/setup.md#run), ![](picture.png), [w](https://x.example), [h](#h)\n",
            "",
        ),
        ("horizon: later\n", "See [C](c.md).\n", "9:5 R070"),
    ]);
}
