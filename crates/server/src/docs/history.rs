//! When the pages of a site were made and changed, by the git history of the folder they lie in.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Command, Stdio},
};

use waymark_docs::PageDates;

/// A longer history is read up to here, in bytes: paths of all commits.
const MAX_LOG: u64 = 256 * 1024 * 1024;

/// The days of the files below `folder`, by path relative to it; empty where there is no history or no git.
///
/// It takes one walk over the history. Nothing that the checkout's own settings name is started: no pager,
/// no signature check, no fetch of objects that are not there.
pub(super) fn days(folder: &Path) -> BTreeMap<String, PageDates> {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(["--no-pager", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false"]);
    git.args(["log", "--no-show-signature", "--no-ext-diff", "--no-textconv", "--no-renames", "--relative"]);
    git.args(["--name-only", "--format=format:%x01%as", "--", "."]);
    git.env("GIT_NO_LAZY_FETCH", "1").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0");
    git.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let Ok(mut child) = git.spawn() else { return BTreeMap::new() };
    let days = child.stdout.take().map(|out| read(out.take(MAX_LOG))).unwrap_or_default();
    // A history that is longer than what is read must not keep git waiting.
    let _ = child.kill();
    let _ = child.wait();
    days
}

/// Reads a log, newest commit first: a line with the day for each, then the paths it touched.
fn read(log: impl Read) -> BTreeMap<String, PageDates> {
    let mut days: BTreeMap<String, PageDates> = BTreeMap::new();
    let mut day = String::new();
    for line in BufReader::new(log).lines().map_while(Result::ok) {
        match line.strip_prefix('\u{1}') {
            Some(next) => day = next.to_owned(),
            None if line.is_empty() => {}
            None => match days.get_mut(&line) {
                Some(known) => known.created.clone_from(&day),
                None => {
                    days.insert(line, PageDates { revised: day.clone(), created: day.clone() });
                }
            },
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_day_is_the_revision_and_the_oldest_the_creation() {
        let days = read("\u{1}2026-03-01\na.md\n\n\u{1}2026-02-01\na.md\nb c.md\n\n\u{1}2026-01-01\na.md\n".as_bytes());
        let of = |path: &str| days.get(path).map(|days| format!("{} {}", days.revised, days.created));
        assert_eq!(of("a.md").as_deref(), Some("2026-03-01 2026-01-01"));
        assert_eq!(of("b c.md").as_deref(), Some("2026-02-01 2026-02-01"));
    }

    #[test]
    fn a_checkout_gives_the_days_of_its_files_and_another_folder_none() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert!(days(folder.path()).is_empty());
        let git = |arguments: &[&str]| {
            let mut git = Command::new("git");
            git.arg("-C").arg(folder.path()).args(["-c", "user.name=a", "-c", "user.email=a@b.example"]);
            git.args(arguments).env("GIT_AUTHOR_DATE", "2026-05-04T12:00:00Z");
            assert!(git.output().expect("git is installed").status.success(), "{arguments:?}");
        };
        git(&["init", "-q"]);
        std::fs::create_dir(folder.path().join("docs")).expect("a folder");
        std::fs::write(folder.path().join("docs/ä.md"), "x").expect("a page");
        git(&["add", "."]);
        git(&["commit", "-qm", "one"]);
        let found = days(&folder.path().join("docs"));
        assert_eq!(found.get("ä.md").map(|days| days.revised.as_str()), Some("2026-05-04"));
    }
}
