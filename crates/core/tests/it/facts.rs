//! The facts that devices in the field hold: `tests/golden/facts.jsonl` only grows.

use std::collections::BTreeSet;

use serde_json::Value;
use waymark_core::event::{Event, Fact};

const GOLDEN: &str = include_str!("../golden/facts.jsonl");

#[test]
fn every_line_still_reads_and_prints_back() {
    for line in GOLDEN.lines() {
        let event: Event = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert_eq!(serde_json::to_string(&event).expect("an event can be written"), line);
        let value: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(value["type"], event.fact.event_type(), "the type on the wire is the fact's own");
        assert!(Fact::is_known_type(event.fact.event_type()), "{line}");
    }
}

/// The names in the source of `event.rs`, so that a new fact cannot be forgotten here.
#[test]
fn every_fact_has_a_line() {
    let source = include_str!("../../src/event.rs");
    let declared: BTreeSet<&str> =
        source.split("#[serde(rename = \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let lines: Vec<Value> = GOLDEN.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let golden: BTreeSet<&str> = lines.iter().filter_map(|line| line["type"].as_str()).collect();
    assert_eq!(declared.len(), 13, "the declarations were found");
    assert!(declared.is_subset(&golden), "facts without a line: {:?}", declared.difference(&golden));
    assert!(!Fact::is_known_type("dev.waymark.step.completed.v2"), "another version is another type");
}
