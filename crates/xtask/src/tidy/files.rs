//! Which files the repository has: those that git knows or would add.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;

/// Every file below a folder that is neither ignored nor deleted.
pub(super) fn below(folder: &str) -> anyhow::Result<Vec<PathBuf>> {
    let listed = git(&["ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", folder])?;
    let mut files: Vec<PathBuf> =
        listed.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from).filter(|path| path.is_file()).collect();
    files.sort();
    files.dedup();
    Ok(files)
}

/// The files below a folder with this ending.
pub(super) fn with_extension(folder: &str, extension: &str) -> anyhow::Result<Vec<PathBuf>> {
    let has = |path: &Path| path.extension().is_some_and(|found| found == extension);
    Ok(below(folder)?.into_iter().filter(|path| has(path)).collect())
}

/// What git answers.
pub(super) fn git(arguments: &[&str]) -> anyhow::Result<String> {
    let output = Command::new("git").args(arguments).output().context("could not start git")?;
    anyhow::ensure!(
        output.status.success(),
        "git {}: {}",
        arguments.join(" "),
        String::from_utf8_lossy(&output.stderr).trim()
    );
    String::from_utf8(output.stdout).context("git answered with something else than text")
}
