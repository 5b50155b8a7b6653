//! What may lie at the top of the repository. `decisions.md` names it; a quiet root is worth a rule.

use std::collections::BTreeSet;

use super::{Findings, files};

const ALLOWED: &[&str] = &[
    ".cargo",
    ".ci",
    ".clippy.toml",
    ".deny.toml",
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    ".rustfmt.toml",
    ".taurignore",
    ".typos.toml",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "SECURITY.md",
    "assets",
    "crates",
    "docs-content",
    "src-tauri",
    "src-ui",
    "tauri.conf.json",
    "tests",
];

pub(super) fn check(findings: &mut Findings) -> anyhow::Result<()> {
    let files = files::below(".")?;
    let top: BTreeSet<String> =
        files.iter().filter_map(|path| path.iter().next()).map(|name| name.to_string_lossy().into_owned()).collect();
    for name in top.iter().filter(|name| !ALLOWED.contains(&name.as_str())) {
        findings.error(
            name,
            "top level",
            "nothing else lies at the top; move it below one of the folders, or ignore it if a tool makes it",
        );
    }
    Ok(())
}
