//! A file that takes up room, so that there is some when the disk is full.
//!
//! On a full disk SQLite cannot even delete. The ballast is given up at the first such failure: the
//! person's next tick can then be saved while the app asks for room.

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

/// The ballast beside the library at `path`.
pub(crate) fn path_beside(path: &Path) -> PathBuf {
    path.with_extension("ballast")
}

/// Makes the ballast where it is missing. Best effort: a disk without room for it is no reason not to start.
pub(crate) fn provide(path: &Path, bytes: u64) {
    if bytes == 0 || fs::metadata(path).is_ok_and(|found| found.len() == bytes) {
        return;
    }
    if let Err(error) = write(path, bytes) {
        tracing::warn!(path = %path.display(), %error, "no room for the ballast");
        let _ = fs::remove_file(path);
    }
}

/// Writes real blocks: a file made of holes would free nothing.
fn write(path: &Path, bytes: u64) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    let block = [0xb5_u8; 64 * 1024];
    let mut left = bytes;
    while left > 0 {
        let part = left.min(block.len() as u64);
        file.write_all(&block[..part as usize])?;
        left -= part;
    }
    file.sync_all()
}

/// Gives the room up. Says whether there was any.
pub(crate) fn release(path: &Path) -> bool {
    let released = fs::remove_file(path).is_ok();
    if released {
        tracing::warn!(path = %path.display(), "the disk is full; the ballast was given up");
    }
    released
}
