//! What devices in the field hold: golden files of facts only grow, released migrations never change.

use std::path::Path;

use super::{Findings, files, read};

/// Part of the path of every golden file.
const GOLDEN: &str = "/golden/";
/// Part of the path of every migration.
const MIGRATIONS: &str = "/migrations/";

pub(super) fn check(findings: &mut Findings) -> anyhow::Result<()> {
    // Before the first release nobody holds anything, so a change is worth a look and no more.
    let release =
        files::git(&["describe", "--tags", "--abbrev=0", "--match", "v*"]).ok().map(|tag| tag.trim().to_owned());
    let base = release.as_deref().unwrap_or("HEAD");
    let Ok(listed) = files::git(&["ls-tree", "-r", "--name-only", "-z", base]) else { return Ok(()) };
    for path in
        listed.split('\0').filter(|path| path.contains(GOLDEN) || (path.contains(MIGRATIONS) && path.ends_with(".sql")))
    {
        let before = files::git(&["show", &format!("{base}:{path}")])?;
        let now = if Path::new(path).exists() { read(path)? } else { String::new() };
        let complaint = if path.contains(GOLDEN) {
            (!grew(&before, &now)).then_some((
                "facts",
                "a line was lost or changed; devices hold facts of that form, so add a new line and read both forms",
            ))
        } else {
            (before != now).then_some((
                "migrations",
                "it was changed or removed; libraries have run it already, so write a new migration",
            ))
        };
        match complaint {
            Some((rule, advice)) if release.is_some() => findings.error(path, rule, advice),
            Some((rule, advice)) => {
                findings.report(path, rule, &format!("{advice} (nothing is released yet, so this is a note)"))
            }
            None => {}
        }
    }
    Ok(())
}

/// Whether every line that was there is still there, in the same order.
fn grew(before: &str, now: &str) -> bool {
    let mut lines = now.lines();
    before.lines().all(|old| lines.any(|line| line == old))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_golden_file_only_grows() {
        assert!(grew("a\nb\n", "a\nnew\nb\nmore\n"));
        assert!(!grew("a\nb\n", "b\na\n"), "the order is part of it");
        assert!(!grew("a\nb\n", "a\n"), "a line was lost");
    }
}
