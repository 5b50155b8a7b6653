//! Folders as wholes: listing, copying, mirroring.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

/// Every file below a folder, relative to it, in order. A path that is a file is its own only entry.
pub(crate) fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fn walk(folder: &Path, below: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
        for entry in fs::read_dir(folder.join(below))? {
            let entry = entry?;
            let path = below.join(entry.file_name());
            if entry.file_type()?.is_dir() { walk(folder, &path, found)? } else { found.push(path) }
        }
        Ok(())
    }
    let mut found = Vec::new();
    if folder.is_file() {
        found.push(PathBuf::new());
    } else {
        walk(folder, Path::new(""), &mut found)?;
    }
    found.sort();
    Ok(found)
}

/// Leaves an empty folder, whatever was there.
pub(super) fn recreate(folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("could not empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("could not make {}", folder.display()))
}

/// Copies every file of one folder into another.
pub(super) fn copy_all(from: &Path, to: &Path) -> anyhow::Result<()> {
    for file in list(from).with_context(|| format!("could not list {}", from.display()))? {
        write(&to.join(&file), &fs::read(from.join(&file))?)?;
    }
    Ok(())
}

/// Makes `to` equal to `from`, touching only what differs.
///
/// The shell is built again whenever a file in `dist` is newer than the shell, so a file that has
/// not changed keeps its time.
pub(super) fn mirror(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    let (wanted, present): (BTreeSet<_>, BTreeSet<_>) =
        (list(from)?.into_iter().collect(), list(to)?.into_iter().collect());
    for file in present.difference(&wanted) {
        fs::remove_file(to.join(file))?;
    }
    for file in &wanted {
        let content = fs::read(from.join(file))?;
        if !fs::read(to.join(file)).is_ok_and(|old| old == content) {
            write(&to.join(file), &content)?;
        }
    }
    Ok(())
}

fn write(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, content).with_context(|| format!("could not write {}", path.display()))
}
