//! `cargo xtask tidy`: the repository's own rules.
//!
//! It stops only at what is certainly wrong, and reports what a person should judge. A check that
//! stops good code is changed, not worked around.

mod arrows;
mod assets;
mod commands;
mod files;
mod frozen;
mod habits;
mod lock;
mod styles;
mod top;

use std::{fs, path::Path};

use anyhow::Context as _;

/// One check: looks at the repository and adds what it finds.
type Check = fn(&mut Findings) -> anyhow::Result<()>;

/// What the checks found, each line naming file, rule and what to do.
#[derive(Default)]
pub(crate) struct Findings {
    errors: Vec<String>,
    reports: Vec<String>,
}

impl Findings {
    /// Something certainly wrong.
    fn error(&mut self, file: impl AsRef<Path>, rule: &str, what_to_do: &str) {
        self.errors.push(format!("{}: {rule}: {what_to_do}", file.as_ref().display()));
    }

    /// Something to look at.
    fn report(&mut self, file: impl AsRef<Path>, rule: &str, what_to_do: &str) {
        self.reports.push(format!("{}: {rule}: {what_to_do}", file.as_ref().display()));
    }
}

/// Runs every check, prints what they found, and fails on errors.
pub(crate) fn run() -> anyhow::Result<()> {
    let mut findings = Findings::default();
    let checks: [(&str, Check); 8] = [
        ("arrows", arrows::check),
        ("top level", top::check),
        ("commands and access", commands::check),
        ("assets", assets::check),
        ("facts and migrations", frozen::check),
        ("lock file", lock::check),
        ("styles", styles::check),
        ("habits", habits::check),
    ];
    for (name, check) in checks {
        check(&mut findings).with_context(|| format!("tidy could not check the {name}"))?;
    }
    findings.reports.iter().for_each(|report| println!("  note   {report}"));
    findings.errors.iter().for_each(|error| println!("  error  {error}"));
    println!("tidy: {} errors, {} notes", findings.errors.len(), findings.reports.len());
    anyhow::ensure!(
        findings.errors.is_empty(),
        "tidy found {} errors; each line above says what to do",
        findings.errors.len()
    );
    Ok(())
}

/// The content of a file, with its name in the error.
fn read(path: impl AsRef<Path>) -> anyhow::Result<String> {
    let path = path.as_ref();
    fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))
}
