//! `waymark-server demo` where something is missing.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use std::{
    path::Path,
    process::{Command, Output},
};

fn server(words: &[&str], data: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_waymark-server")).args(words).arg("--data").arg(data).output().unwrap()
}

#[test]
fn without_its_content_the_demo_leaves_nobody_behind() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let demo = ["demo", "--listen", "127.0.0.1:0", "--content", "/nowhere"];
    let said = server(&demo, &data);
    assert!(!said.status.success());
    assert!(String::from_utf8_lossy(&said.stderr).contains("/nowhere"), "it says what is missing");
    let people = String::from_utf8(server(&["org", "list"], &data).stdout).unwrap();
    assert!(!people.contains("@corvane.example"), "{people}");
}

#[test]
fn half_a_history_is_not_served_as_a_whole_one() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let table = folder.path().join("people.csv");
    std::fs::write(&table, "key,name\npetra.novotna@corvane.example,Petra Novotna\n").unwrap();
    assert!(server(&["org", "import", table.to_str().unwrap()], &data).status.success());
    let content = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs-content");
    let said = server(&["demo", "--listen", "127.0.0.1:0", "--content", content], &data);
    assert!(!said.status.success());
    assert!(String::from_utf8_lossy(&said.stderr).contains("not told to its end"));
}
