//! What was fetched of a site before the fetching was cut off, kept until the rest is there.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{Build, EntityRef};

/// Files of a site that are on their way. They lie under hashes of their names, so that nothing that a
/// server says becomes a name on this machine.
#[derive(Clone, Debug)]
pub struct Partial {
    folder: PathBuf,
}

impl Partial {
    /// Opens the place for one build of a site below `root`, and drops what is there of other builds.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be made.
    pub fn open(root: &Path, site: &EntityRef, build: &Build) -> io::Result<Self> {
        let site = root.join(hashed(&site.key()));
        let folder = site.join(hashed(&build.version()));
        for other in fs::read_dir(&site).into_iter().flatten().flatten().filter(|other| other.path() != folder) {
            fs::remove_dir_all(other.path())?;
        }
        fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// A file that is here already, with its version.
    pub(super) fn get(&self, path: &str) -> Option<(Option<String>, Vec<u8>)> {
        let bytes = fs::read(self.folder.join(hashed(path))).ok()?;
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        let etag = std::str::from_utf8(&bytes[..end]).ok()?.to_owned();
        Some((Some(etag).filter(|etag| !etag.is_empty()), bytes[end + 1..].to_vec()))
    }

    /// Keeps a file; it has its name only when it is whole.
    pub(super) fn put(&self, path: &str, etag: Option<&str>, bytes: &[u8]) -> io::Result<()> {
        let to = self.folder.join(hashed(path));
        let part = to.with_extension("part");
        let head = etag.filter(|etag| !etag.contains('\n')).unwrap_or_default();
        fs::write(&part, [head.as_bytes(), b"\n", bytes].concat())?;
        fs::rename(part, to)
    }

    /// Drops everything, once it is where it belongs.
    pub fn clear(self) {
        // The site's own folder goes as well where nothing else is in it.
        drop(fs::remove_dir_all(&self.folder));
        if let Some(site) = self.folder.parent() {
            drop(fs::remove_dir(site));
        }
    }
}

fn hashed(name: &str) -> String {
    blake3::hash(name.as_bytes()).to_hex()[..32].to_owned()
}
