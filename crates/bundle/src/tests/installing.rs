//! Installing: all or nothing, in its place, from the right publisher, and never backwards.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use super::{
    OPEN,
    make::{INDEX, file, tar_gz},
    packing::{FORMATS, about, files, key, packed},
};
use crate::{Bundle, Format, InstallError, Installed, Outcome, PrivateKey, Rule, Signing, install};

fn version(sequence: u64, key: Option<&PrivateKey>, older: &[PrivateKey]) -> Bundle {
    let signing = key.map(|key| Signing { key, older });
    let archive = packed(&files(), &about(sequence), Format::TarGz, signing.as_ref());
    Bundle::open(archive, Format::TarGz, &OPEN).expect("it was packed by us")
}

fn put(folder: &Path, bundle: &Bundle) -> Result<Installed, Rule> {
    match install(bundle, folder, &[]) {
        Ok(done) => Ok(done),
        Err(InstallError::Refused(refusal)) => Err(refusal.rule),
        Err(other) => panic!("{other:?}"),
    }
}

/// All files below a folder, by path.
fn all(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(one) = folders.pop() {
        for entry in fs::read_dir(one).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => folders.push(path),
                false => {
                    let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
                    found.insert(name, fs::read(&path).expect("a file"));
                }
            }
        }
    }
    found
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn every_format_installs_the_same_files() {
    for format in FORMATS {
        let around = TempDir::new().expect("a folder");
        let folder = around.path().join("bundles");
        let key = key(1);
        let archive = packed(&files(), &about(1), format, Some(&Signing { key: &key, older: &[] }));
        let bundle = Bundle::open(archive, format, &OPEN).expect("it was packed by us");
        let done = put(&folder, &bundle).expect("nothing is in the way");
        assert_eq!((done.outcome, done.publisher), (Outcome::First, Some(key.public().id())));
        let mut found = all(&folder.join(&done.digest));
        assert_eq!(found.remove("bundle.json"), Some(bundle.index().canonical()));
        assert_eq!(found, files());
        assert_eq!(names(&folder), [".lock".to_owned(), done.digest, "handbook.json".to_owned()]);
        assert_eq!(names(around.path()), ["bundles"], "nothing was written outside");
    }
}

#[test]
fn newer_versions_take_the_place_and_older_ones_do_not() {
    let folder = TempDir::new().expect("a folder");
    let key = key(1);
    let first = put(folder.path(), &version(5, Some(&key), &[])).expect("the first");
    let again = put(folder.path(), &version(5, Some(&key), &[])).expect("the same");
    assert_eq!((again.outcome, &again.digest), (Outcome::Same, &first.digest));
    let newer = put(folder.path(), &version(6, Some(&key), &[])).expect("the next");
    assert_eq!(newer.outcome, Outcome::Newer);
    assert!(folder.path().join(&first.digest).is_dir(), "the old version stays until the next installation");
    assert_eq!(put(folder.path(), &version(5, Some(&key), &[])), Err(Rule::T3), "never backwards");
    assert!(!folder.path().join(&first.digest).exists(), "then it is swept");
    assert!(folder.path().join(&newer.digest).is_dir(), "what holds stays");
}

#[test]
fn only_the_known_publisher_follows() {
    let folder = TempDir::new().expect("a folder");
    let (own, new, other) = (key(1), key(2), key(3));
    put(folder.path(), &version(1, Some(&own), &[])).expect("the first is trusted");
    let before = all(folder.path());
    assert_eq!(put(folder.path(), &version(2, Some(&other), &[])), Err(Rule::T2), "a stranger");
    assert_eq!(put(folder.path(), &version(2, None, &[])), Err(Rule::T1), "nobody");
    assert_eq!(all(folder.path()), before, "and nothing changed");
    put(folder.path(), &version(2, Some(&new), std::slice::from_ref(&own)))
        .expect("the old key speaks for the new one");
    assert_eq!(put(folder.path(), &version(3, Some(&own), &[])), Err(Rule::T2), "from then on the new key holds");
    let named = install(&version(3, Some(&other), &[]), folder.path(), &[other.public()]);
    assert!(named.is_ok_and(|done| done.outcome == Outcome::Newer), "a person may name another publisher");
}

#[test]
fn what_an_interruption_left_is_swept_and_nothing_else() {
    let folder = TempDir::new().expect("a folder");
    let make = |path: PathBuf| {
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, "x").expect("a file");
    };
    let orphan = "0".repeat(64);
    make(folder.path().join(".tmp-1/docs/a.md"));
    make(folder.path().join(".tmp-2"));
    make(folder.path().join(&orphan).join("a.md"));
    make(folder.path().join("mine/a.md"));
    put(folder.path(), &version(1, None, &[])).expect("it is let in");
    let left = names(folder.path());
    assert!(!left.iter().any(|name| name.starts_with(".tmp") || *name == orphan), "{left:?}");
    assert!(folder.path().join("mine/a.md").is_file(), "what is not ours stays");
}

#[test]
fn a_minimal_bundle_is_installed_with_a_whole_index() {
    let folder = TempDir::new().expect("a folder");
    let archive = tar_gz(&[file("docs/a.md", b"# A")]);
    let bundle = Bundle::open(archive, Format::TarGz, &OPEN).expect("it is let in");
    let done = put(folder.path(), &bundle).expect("nothing is in the way");
    let index = fs::read(folder.path().join(&done.digest).join("bundle.json")).expect("the index");
    assert_ne!(index, INDEX);
    assert_eq!(crate::Index::parse(&index), Ok(bundle.index().clone()));
}

#[test]
fn two_installations_do_not_meet() {
    let folder = TempDir::new().expect("a folder");
    put(folder.path(), &version(1, None, &[])).expect("the first");
    let lock = fs::File::options().write(true).open(folder.path().join(".lock")).expect("the lock");
    lock.lock().expect("nobody has it");
    let busy = install(&version(2, None, &[]), folder.path(), &[]);
    assert!(matches!(busy, Err(InstallError::Busy)), "{busy:?}");
    drop(lock);
    assert!(put(folder.path(), &version(2, None, &[])).is_ok());
}

#[test]
fn a_damaged_pointer_forgets_no_publisher() {
    let folder = TempDir::new().expect("a folder");
    put(folder.path(), &version(1, Some(&key(1)), &[])).expect("the first");
    fs::write(folder.path().join("handbook.json"), "{").expect("a file");
    let failed = install(&version(2, Some(&key(3)), &[]), folder.path(), &[]);
    assert!(matches!(failed, Err(InstallError::Disk { .. })), "{failed:?}");
}

#[cfg(unix)]
#[test]
fn no_link_is_followed_and_no_mode_taken_over() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let around = TempDir::new().expect("a folder");
    let outside = around.path().join("outside");
    fs::create_dir(&outside).expect("a folder");
    let folder = around.path().join("bundles");
    fs::create_dir(&folder).expect("a folder");
    symlink(&outside, folder.join(".tmp-evil")).expect("a link");
    fs::write(outside.join("kept.md"), "x").expect("a file");
    let done = put(&folder, &version(1, None, &[])).expect("it is let in");
    assert!(outside.join("kept.md").is_file(), "a link is removed, not what it leads to");
    assert!(!folder.join(".tmp-evil").exists());
    let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o7777;
    let place = folder.join(done.digest);
    assert_eq!(mode(&place), 0o700, "only this account may enter");
    assert_eq!(mode(&place.join("mkdocs.yml")) & 0o7111, 0, "nothing can be run");
}
