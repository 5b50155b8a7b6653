//! Knows when there is nothing to build: a hash over everything that goes in.

use std::{
    fs,
    hash::{DefaultHasher, Hasher as _},
    path::Path,
    process::Command,
};

use anyhow::Context as _;

use super::{Interface, files};

const FILE: &str = "stamp";

/// The stamp of a build: how it is done, with which tools, from which bytes.
pub(super) fn of(interface: &Interface, fast: bool) -> anyhow::Result<String> {
    let mut hasher = DefaultHasher::new();
    hasher.write_u8(u8::from(fast));
    for tool in ["rustc", "wasm-opt"] {
        let version = Command::new(tool).arg("--version").output().map(|output| output.stdout).unwrap_or_default();
        hasher.write(&version);
    }
    for place in std::iter::once(&interface.page).chain(interface.code) {
        let place = Path::new(place);
        for file in files::list(place).with_context(|| format!("could not list {}", place.display()))? {
            if file.starts_with("dist") {
                continue;
            }
            let path = if file.as_os_str().is_empty() { place.to_path_buf() } else { place.join(&file) };
            hasher.write(path.to_string_lossy().as_bytes());
            hasher.write(&fs::read(&path).with_context(|| format!("could not read {}", path.display()))?);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Whether `dist` is what this stamp's build would make.
pub(super) fn is_current(work: &Path, dist: &Path, module: &str, stamp: &str) -> bool {
    let page = fs::read_to_string(dist.join("index.html")).unwrap_or_default();
    let whole =
        dist.join(format!("{module}_bg.wasm")).exists() && !page.is_empty() && !page.contains("<!-- placeholder -->");
    whole && fs::read_to_string(work.join(FILE)).is_ok_and(|last| last == stamp)
}

/// Remembers the stamp of the build that has just been finished.
pub(super) fn write(work: &Path, stamp: &str) -> anyhow::Result<()> {
    fs::write(work.join(FILE), stamp).context("could not remember what was built")
}
