//! One team's story, told against `SQLite` and against `PostgreSQL`: the real program, real requests, the same
//! answers.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests fail by panicking and say what they counted")]

mod replicas;
#[path = "../support/mod.rs"]
mod support;
mod tale;
mod trouble;
mod words;

use support::databases;

/// What became of each request of the story.
const HEADS: [&str; 46] = [
    "templates (200",
    "a hire assigns nothing (403",
    "preview (200",
    "a stranger assigns (404",
    "assigned (201",
    "assigned twice (409",
    "the hire hears (200",
    "sent (200",
    "sent again (200",
    "the other device hears (200",
    "cursor (200",
    "the manager's page (200",
    "one's own page (200",
    "a stranger's page (404",
    "nobody's page (404",
    "the line (200",
    "another line (200",
    "no line (403",
    "another completion (409",
    "a stranger signs (404",
    "one's own signature (404",
    "signed (200",
    "signed again (200",
    "returned (200",
    "returned again (409",
    "waived (200",
    "waived again (409",
    "without a reason (400",
    "moved, only asked (200",
    "moved (200",
    "reminded (204",
    "reminded twice (429",
    "an unknown field (400",
    "done again (200",
    "the hire's feed (200",
    "the page after all that (200",
    "journeys (200",
    "a hire publishes (403",
    "another digest (400",
    "an old version with other content (409",
    "an author's broken version (422",
    "no archive (400",
    "a manager is not erased (409",
    "erased (202",
    "after that (401",
    "the line after that (200",
];

#[test]
fn both_databases_tell_the_same_story() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut told: Vec<(String, Vec<String>)> = Vec::new();
    for database in databases() {
        told.push((database.to_string(), runtime.block_on(tale::tell(database))));
    }
    let (_, first) = &told[0];
    if std::env::var_os("WAYMARK_TELL").is_some() {
        first.iter().for_each(|line| eprintln!("{line}\n"));
    }
    let heads: Vec<&str> = first.iter().filter_map(|line| line.split_once("): ")).map(|(head, _)| head).collect();
    assert_eq!(heads, HEADS, "what became of each request");
    for (name, other) in &told[1..] {
        for (number, (one, two)) in first.iter().zip(other).enumerate() {
            assert_eq!(one, two, "line {number} over {name} differs");
        }
        assert_eq!(first.len(), other.len());
    }
    let names: Vec<&str> = told.iter().map(|(name, _)| name.as_str()).collect();
    println!("proved: {} answers, {} databases ({}), 0 differ", first.len(), told.len(), names.join(", "));
}
