//! Content that several tests set up: files of a test's own, and a real onboarding repository.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use tempfile::TempDir;
use waymark_bundle::{About, Format, PrivateKey, Signing, pack};

/// The repository of Waymark.
///
/// # Panics
///
/// Where the tests do not lie in it.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository").to_owned()
}

/// A folder of the corpora that are not part of the repository; says loudly where it is absent.
pub fn shared(folder: &str) -> Option<PathBuf> {
    let base = std::env::var_os("WAYMARK_SHARED").map_or_else(|| repository().join("../shared"), PathBuf::from);
    let path = base.join("corpus").join(folder);
    if !path.is_dir() {
        eprintln!("SKIPPED: {} is absent; set WAYMARK_SHARED to the folder with the corpora", path.display());
        return None;
    }
    Some(path)
}

/// Writes a file, and makes the folders around it.
///
/// # Errors
///
/// Where the disk refuses.
pub fn write(folder: &Path, path: &str, text: &str) -> anyhow::Result<()> {
    let path = folder.join(path);
    let around = path.parent().context("a file lies in a folder")?;
    fs::create_dir_all(around).with_context(|| format!("could not make {}", around.display()))?;
    fs::write(&path, text).with_context(|| format!("could not write {}", path.display()))
}

/// Writes version `1.{sequence}` of a bundle with these files, signed where there is a key. The file's name says in
/// which format.
///
/// # Errors
///
/// Where it is not the name of a bundle, or the disk refuses.
pub fn bundle(
    path: &Path,
    name: &str,
    sequence: u64,
    files: &[(&str, &str)],
    key: Option<&PrivateKey>,
) -> anyhow::Result<()> {
    let paths: Vec<String> = files.iter().map(|(path, _)| (*path).to_owned()).collect();
    let read = |wanted: &str| {
        let found = files.iter().find(|(path, _)| *path == wanted);
        found.map(|(_, text)| text.as_bytes().to_vec()).ok_or_else(|| std::io::Error::other("no such file"))
    };
    let about = About { name: name.to_owned(), version: format!("1.{sequence}"), sequence, expires: None };
    let signing = key.map(|key| Signing { key, older: &[] });
    let file_name = path.file_name().context("a bundle has a name")?.to_string_lossy();
    let format = Format::of_name(&file_name).with_context(|| format!("{file_name} is no bundle's name"))?;
    let archive = pack(&paths, read, &about, format, signing.as_ref())?;
    fs::write(path, archive).with_context(|| format!("could not write {}", path.display()))
}

/// The onboarding repository that the corpus was taken from, laid out as a checkout has it: templates and
/// docs in their places. `None`, said loudly, where the corpus is absent.
///
/// # Errors
///
/// Where the disk refuses.
pub fn onboarding_checkout() -> anyhow::Result<Option<TempDir>> {
    let Some(corpus) = shared("onboarding/hypothesis") else { return Ok(None) };
    let folder = TempDir::with_prefix("onboarding-")?;
    for file in fs::read_dir(&corpus)?.flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        let target = match name.as_str() {
            "docs_setting_up_dev_environment.md" => "docs/setting_up_your_development_environment.md".to_owned(),
            name if name.starts_with('0') => format!(".github/ISSUE_TEMPLATE/{name}"),
            _ => continue,
        };
        write(folder.path(), &target, &fs::read_to_string(file.path())?)?;
    }
    Ok(Some(folder))
}
