//! `waymark-server bench …` over each database: `cargo bench -p waymark-server --bench databases -- ingest`.
//!
//! PostgreSQL is this run's own, in a temporary cluster with its usual settings: a commit is on disk when it
//! returns.

#![allow(clippy::unwrap_used, missing_docs, reason = "a bench fails by panicking")]

#[path = "../tests/support/database.rs"]
#[allow(unreachable_pub, reason = "tests use the same file")]
mod database;

use std::process::Command;

use database::{Database, databases};
use tempfile::TempDir;

fn main() {
    // Cargo adds `--bench`.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    assert!(!words.is_empty(), "say what to measure: ingest or overview, and its options");
    for database in databases() {
        let folder = TempDir::new().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_waymark-server"));
        command.arg("bench").args(&words).arg("--data").arg(folder.path());
        if let Database::Postgres(url) = &database {
            command.args(["--database", url]);
        }
        let status = command.status().unwrap();
        assert!(status.success(), "over {database} it ended with {status}");
    }
}
