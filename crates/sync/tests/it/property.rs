//! Any tree of folders, files and links: no path leaves the root, and nothing from outside is read.

use std::{fs, path::Path};

use proptest::prelude::*;
use waymark_sync::folder::{Limits, read, sites};

#[derive(Clone, Debug)]
enum Entry {
    File(&'static str),
    Folder,
    Link(String),
}

fn segment() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["a", "b", "docs", "x.md", "y.yml", "mkdocs.yml", "ä b", "..c"])
}

fn target() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(vec!["..", "..", ".", "a", "b", "docs", "x.md", "outside"]), 1..6)
        .prop_map(|segments| segments.join("/"))
}

fn tree() -> impl Strategy<Value = Vec<(Vec<&'static str>, Entry)>> {
    let entry = prop_oneof![
        prop::sample::select(vec!["docs_dir: ../..", "docs_dir: ../outside", "# Page", "docs_dir: a/../.."])
            .prop_map(Entry::File),
        Just(Entry::Folder),
        target().prop_map(Entry::Link),
        target().prop_map(Entry::Link),
    ];
    prop::collection::vec((prop::collection::vec(segment(), 1..4), entry), 1..24)
}

#[cfg(unix)]
fn make(root: &Path, tree: &[(Vec<&str>, Entry)]) {
    for (segments, entry) in tree {
        let path: std::path::PathBuf = root.iter().chain(segments.iter().map(AsRef::as_ref)).collect();
        // A segment may be taken by a file or by a link that leads out; such a draw makes nothing.
        let parent = path.parent().expect("the path has the root above it");
        if fs::create_dir_all(parent).is_err() || !parent.canonicalize().is_ok_and(|real| real.starts_with(root)) {
            continue;
        }
        let _ = match entry {
            Entry::File(text) if path.symlink_metadata().is_err() => fs::write(&path, text),
            Entry::File(_) => Ok(()),
            Entry::Folder => fs::create_dir_all(&path),
            Entry::Link(target) => std::os::unix::fs::symlink(target, &path),
        };
    }
}

fn stays_inside(path: &str) -> bool {
    !path.starts_with('/') && path.split('/').all(|segment| segment != ".." && segment != ".")
}

#[cfg(unix)]
#[test]
fn no_path_leaves_the_root() {
    proptest!(ProptestConfig::with_cases(256), |(tree in tree())| {
        let place = tempfile::tempdir().expect("a temporary folder");
        let base = place.path().canonicalize().expect("it is there");
        let root = base.join("one/two/root");
        for outside in ["outside", "one/outside", "one/two/outside"] {
            fs::create_dir_all(base.join(outside)).expect("made");
            fs::write(base.join(outside).join("x.md"), "SECRET").expect("made");
        }
        fs::create_dir_all(&root).expect("made");
        make(&root, &tree);
        let got = read(&root, &Limits::default(), &mut |_| {}).expect("the root is there");
        for file in &got.files {
            prop_assert!(stays_inside(&file.path), "{}", file.path);
            prop_assert!(root.join(&file.path).canonicalize().expect("read just now").starts_with(&root));
            prop_assert!(file.text() != Some("SECRET"), "{} came from outside", file.path);
        }
        prop_assert!(got.files.is_sorted_by(|a, b| a.path < b.path), "sorted, each path once");
        for site in sites(&got.files) {
            prop_assert!(site.docs_dir.is_empty() || stays_inside(&site.docs_dir), "{}", site.docs_dir);
        }
    });
}
