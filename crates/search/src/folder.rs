//! The index's folder: generations beside each other, and a small file that names the current one.
//!
//! A rebuild fills a generation of its own and then changes that file in one step, so that whoever
//! reads, reads the old index or the new one. Files in use need not be moved, which not every system
//! allows.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{Index, WriteError};

/// Raised whenever the same document gives other rows: other fields, other words, other stems.
const VERSION: u32 = 1;

const CURRENT: &str = "CURRENT";
const NAME: &str = "waymark-search";

/// What opening a folder comes to.
#[derive(Debug)]
pub enum Opening {
    /// The index is in order.
    Ready(Index),
    /// It is not, and must be filled again.
    Rebuild(Why),
}

/// Why an index must be filled again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// There is none.
    Missing,
    /// Another version of Waymark made it.
    OtherVersion,
    /// Its files are not as they were written.
    Damaged,
}

/// The folder of the current generation.
pub(crate) fn current(root: &Path) -> Result<PathBuf, Why> {
    let text = match fs::read(root.join(CURRENT)) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| Why::Damaged)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Why::Missing),
        Err(_) => return Err(Why::Damaged),
    };
    let mut words = text.split_whitespace();
    let (Some(NAME), Some(version)) = (words.next(), words.next()) else { return Err(Why::Damaged) };
    if version != VERSION.to_string() {
        return Err(if version.parse::<u32>().is_ok() { Why::OtherVersion } else { Why::Damaged });
    }
    let generation = words.next().filter(|name| number(name).is_some()).ok_or(Why::Damaged)?;
    let folder = root.join(generation);
    if folder.is_dir() { Ok(folder) } else { Err(Why::Missing) }
}

/// Makes an empty folder for the next generation and clears away what nobody reads any more.
pub(crate) fn next(root: &Path) -> Result<PathBuf, WriteError> {
    fs::create_dir_all(root).map_err(|source| WriteError::Folder { path: root.to_owned(), source })?;
    let current = current(root).ok();
    let mut last = 0;
    for (number, folder) in generations(root) {
        last = last.max(number);
        if current.as_ref() != Some(&folder) {
            remove(&folder);
        }
    }
    let folder = root.join(format!("g{}", last.wrapping_add(1)));
    fs::create_dir(&folder).map_err(|source| WriteError::Folder { path: folder.clone(), source })?;
    Ok(folder)
}

/// Makes `generation` the current one. What was before is removed where the system allows it now.
pub(crate) fn switch(root: &Path, generation: &Path) -> Result<(), WriteError> {
    let path = root.join(CURRENT);
    let part = root.join(format!("{CURRENT}.part"));
    let name = generation.file_name().unwrap_or_default().to_string_lossy();
    let written = (|| {
        use io::Write;
        let mut file = fs::File::create(&part)?;
        writeln!(file, "{NAME} {VERSION} {name}")?;
        file.sync_all()?;
        fs::rename(&part, &path)
    })();
    written.map_err(|source| WriteError::Folder { path, source })?;
    generations(root).into_iter().filter(|(_, folder)| folder != generation).for_each(|(_, folder)| remove(&folder));
    Ok(())
}

/// Removes a generation, or leaves it for the next time: somebody may still read it.
pub(crate) fn remove(folder: &Path) {
    // Nothing depends on it, so a failure costs space and nothing else.
    let _ = fs::remove_dir_all(folder);
}

fn generations(root: &Path) -> Vec<(u64, PathBuf)> {
    let Ok(entries) = fs::read_dir(root) else { return Vec::new() };
    entries.flatten().filter_map(|entry| Some((number(entry.file_name().to_str()?)?, entry.path()))).collect()
}

fn number(name: &str) -> Option<u64> {
    name.strip_prefix('g').filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()))?.parse().ok()
}
