//! Folders that are not as they were written.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use super::{Shelf, fill, page};
use crate::{Document, Index, Opening, Query, Why};

fn documents() -> Vec<Document> {
    (0..40)
        .map(|n| page(&format!("p{n}"), &format!("Page {n} of clusters"), "Nodes, pods and volumes of a cluster."))
        .collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut list = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            list.extend(files(&path));
        } else if fs::metadata(&path).unwrap().len() > 0 {
            list.push(path);
        }
    }
    list.sort();
    list
}

fn filled() -> TempDir {
    let Shelf { folder, index } = Shelf::of(&documents());
    drop(index);
    folder
}

/// Whatever the folder holds, it is found to be unusable, or searched without harm; then filled again.
fn survives(folder: &Path, what: &str) -> bool {
    let damaged = match Index::open(folder) {
        Opening::Ready(index) => {
            let found = index.search(&Query::parse("clustr pod"), 10);
            assert!(found.is_ok_and(|found| !found.hits.is_empty()), "{what}: opened, so it answers");
            false
        }
        Opening::Rebuild(_) => true,
    };
    let index = fill(folder, &documents());
    assert_eq!(index.len(), 40, "{what}: it can be filled again");
    drop(index);
    assert!(matches!(Index::open(folder), Opening::Ready(_)), "{what}: and opens");
    damaged
}

#[test]
fn every_file_may_be_flipped_cut_or_gone() {
    let folder = filled();
    let names = files(folder.path()).len();
    let mut noticed = 0;
    for file in 0..names {
        for damage in ["flipped", "cut", "emptied", "gone"] {
            // The last rebuild gave the files new names.
            let path = files(folder.path()).swap_remove(file);
            let mut bytes = fs::read(&path).unwrap();
            let middle = bytes.len() / 2;
            match damage {
                "flipped" => bytes[middle] ^= 0x55,
                "cut" => bytes.truncate(middle),
                _ => bytes.clear(),
            }
            if damage == "gone" {
                fs::remove_file(&path).unwrap()
            } else {
                fs::write(&path, bytes).unwrap()
            }
            noticed += usize::from(survives(folder.path(), &format!("{} {damage}", path.display())));
        }
    }
    assert!(noticed * 10 > names * 4 * 5, "most damage is noticed at once: {noticed} of {}", names * 4);
}

#[test]
fn other_versions_are_told_from_damage() {
    let folder = filled();
    let current = folder.path().join("CURRENT");
    for (text, why) in [
        ("waymark-search 9999 g1\n", Why::OtherVersion),
        ("waymark-search 0 g1\n", Why::OtherVersion),
        ("waymark-search x g1\n", Why::Damaged),
        ("waymark-search 1 ../../etc\n", Why::Damaged),
        ("something else\n", Why::Damaged),
        ("", Why::Damaged),
    ] {
        fs::write(&current, text).unwrap();
        match Index::open(folder.path()) {
            Opening::Rebuild(found) => assert_eq!(found, why, "{text:?}"),
            Opening::Ready(_) => panic!("{text:?} was opened"),
        }
    }
    fs::write(&current, [0xff, 0xfe]).unwrap();
    assert!(matches!(Index::open(folder.path()), Opening::Rebuild(Why::Damaged)));
}

#[test]
fn a_file_in_the_folders_place_is_an_error_of_the_rebuild() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index");
    fs::write(&path, "in the way").unwrap();
    assert!(matches!(Index::open(&path), Opening::Rebuild(_)));
    assert!(Index::rebuild(&path).is_err());
}
