//! The folder of installed bundles, as an open directory: no path that is used here can lead out of it.

use std::{
    collections::BTreeSet,
    io::{self, Read as _, Write as _},
    path::Path,
};

use cap_std::{
    ambient_authority,
    fs::{Dir, DirBuilder, OpenOptions},
};

use super::InstallError;
use crate::{index::hex, version::Version};

const TEMPORARY: &str = ".tmp-";
const LOCK: &str = ".lock";

/// The folder, locked for as long as this lives.
pub(super) struct Disk {
    root: Dir,
    _lock: std::fs::File,
}

impl Disk {
    /// Opens the folder, or makes it, and locks it.
    pub(super) fn open(folder: &Path) -> Result<Self, InstallError> {
        let failed = |source| InstallError::Disk { attempt: "open the folder of bundles", source };
        std::fs::create_dir_all(folder).map_err(failed)?;
        let root = Dir::open_ambient_dir(folder, ambient_authority()).map_err(failed)?;
        let lock = root.open_with(LOCK, OpenOptions::new().create(true).write(true)).map_err(failed)?.into_std();
        match lock.try_lock() {
            Ok(()) => Ok(Self { root, _lock: lock }),
            Err(std::fs::TryLockError::WouldBlock) => Err(InstallError::Busy),
            Err(std::fs::TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// The names of all entries.
    pub(super) fn names(&self) -> Result<Vec<String>, InstallError> {
        let failed = |source| InstallError::Disk { attempt: "list the folder of bundles", source };
        let mut names = Vec::new();
        for entry in self.root.entries().map_err(failed)? {
            // A name that is no text is none of ours.
            names.extend(entry.map_err(failed)?.file_name().to_str().map(str::to_owned));
        }
        names.sort();
        Ok(names)
    }

    /// Reads a small file.
    pub(super) fn read(&self, name: &str, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.root.open(name)?.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Removes what an interrupted installation left, and versions that no pointer leads to.
    pub(super) fn sweep(&self, pointers: &[Version]) -> Result<(), InstallError> {
        let kept: BTreeSet<&str> = pointers.iter().map(|pointer| pointer.digest.as_str()).collect();
        let is_version = |name: &str| name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        for name in self.names()? {
            if name.starts_with(TEMPORARY) || (is_version(&name) && !kept.contains(name.as_str())) {
                let remove = || match self.root.symlink_metadata(&name)?.is_dir() {
                    true => self.root.remove_dir_all(&name),
                    false => self.root.remove_file(&name),
                };
                remove().map_err(|source| InstallError::Disk { attempt: "sweep what was left over", source })?;
            }
        }
        Ok(())
    }

    /// Makes a temporary folder for a new version.
    pub(super) fn begin(&self) -> Result<Place<'_>, InstallError> {
        let make = || {
            let name = temporary_name()?;
            self.root.create_dir_with(&name, &private())?;
            Ok((self.root.open_dir(&name)?, name))
        };
        let (dir, name) = make().map_err(|source| InstallError::Disk { attempt: "make a temporary folder", source })?;
        Ok(Place { root: &self.root, dir, name, folders: BTreeSet::new() })
    }

    /// Puts a file in place of another of the same name, so that a reader sees the one or the other.
    pub(super) fn replace(&self, name: &str, bytes: &[u8]) -> Result<(), InstallError> {
        let replace = || {
            let temporary = temporary_name()?;
            write_new(&self.root, &temporary, bytes)?;
            rename(&self.root, &temporary, name)?;
            sync(&self.root)
        };
        replace().map_err(|source| InstallError::Disk { attempt: "flip to the new version", source })
    }
}

/// A version that is being written.
pub(super) struct Place<'a> {
    root: &'a Dir,
    dir: Dir,
    name: String,
    folders: BTreeSet<String>,
}

impl Place<'_> {
    /// Writes a file of the version; its path was checked.
    pub(super) fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), InstallError> {
        let mut write = || {
            for (at, _) in path.match_indices('/') {
                if self.folders.insert(path[..at].to_owned()) {
                    self.dir.create_dir_with(&path[..at], &private())?;
                }
            }
            write_new(&self.dir, path, bytes)
        };
        write().map_err(|source| InstallError::Disk { attempt: "write a file of the bundle", source })
    }

    /// Makes sure that all is on the disk, and gives the version its name.
    pub(super) fn settle(self, digest: &str) -> Result<(), InstallError> {
        let settle = || {
            for folder in &self.folders {
                sync(&self.dir.open_dir(folder)?)?;
            }
            sync(&self.dir)?;
            rename(self.root, &self.name, digest)?;
            sync(self.root)
        };
        settle().map_err(|source| InstallError::Disk { attempt: "put the bundle in its place", source })
    }
}

/// Writes a file that must not exist yet, a link included, and waits for the disk.
fn write_new(dir: &Dir, path: &str, bytes: &[u8]) -> io::Result<()> {
    let mut file = dir.open_with(path, OpenOptions::new().write(true).create_new(true))?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A folder that only this account may enter.
fn private() -> DirBuilder {
    #[allow(unused_mut, reason = "only Unix has modes")]
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    cap_std::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

fn temporary_name() -> io::Result<String> {
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(io::Error::other)?;
    Ok(format!("{TEMPORARY}{}", hex(&random)))
}

#[cfg(unix)]
fn rename(dir: &Dir, from: &str, to: &str) -> io::Result<()> {
    dir.rename(from, dir, to)
}

/// On Windows a virus scanner may hold what was just written for a moment.
#[cfg(not(unix))]
fn rename(dir: &Dir, from: &str, to: &str) -> io::Result<()> {
    for _ in 0..9 {
        match dir.rename(from, dir, to) {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            other => return other,
        }
    }
    dir.rename(from, dir, to)
}

/// Makes a folder's entries last; Windows does so by itself. The folder is opened anew, since the
/// handle that leads to its entries may not be readable.
#[cfg(unix)]
fn sync(dir: &Dir) -> io::Result<()> {
    dir.open(".")?.sync_all()
}

#[cfg(not(unix))]
fn sync(_: &Dir) -> io::Result<()> {
    Ok(())
}
