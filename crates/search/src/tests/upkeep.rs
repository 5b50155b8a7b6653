//! Rebuilds, changes of single documents, and who sees them when.

use super::{Shelf, fill, page, section};
use crate::{Index, Opening, Query, Why};

#[test]
fn an_empty_folder_asks_for_a_rebuild() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(Index::open(folder.path()), Opening::Rebuild(Why::Missing)));
    assert!(matches!(Index::open(&folder.path().join("none")), Opening::Rebuild(Why::Missing)));
}

#[test]
fn a_filled_index_opens_again() {
    let shelf = Shelf::of(&[page("a", "Alpha", "one"), page("b", "Beta", "two")]);
    let (_folder, opening) = shelf.reopened();
    let Opening::Ready(index) = opening else { panic!("{opening:?}") };
    assert_eq!(index.search(&Query::parse("alpha"), 5).unwrap().hits.len(), 1);
    assert_eq!(index.stamps().unwrap().into_iter().collect::<Vec<_>>(), [("a".to_owned(), 1), ("b".to_owned(), 1)]);
}

#[test]
fn a_document_is_replaced_with_all_its_sections() {
    let mut long = page("a", "Alpha", "one");
    long.sections.push(section("Second", "second", "walrus"));
    let shelf = Shelf::of(&[long, page("b", "Beta", "two")]);
    let clone = shelf.index.clone();
    let mut writer = shelf.index.writer().unwrap();
    let mut new = page("a", "Gamma", "three");
    new.stamp = 7;
    writer.replace(&new).unwrap();
    writer.replace(&page("c", "Delta", "four")).unwrap();
    writer.remove("b");
    assert_eq!(shelf.hits("walrus"), ["a#second"], "nothing is seen before the commit");
    assert!(shelf.index.writer().is_err(), "one writer at a time");
    writer.commit().unwrap();
    for (query, expected) in [("walrus", &[][..]), ("alpha", &[]), ("beta", &[]), ("gamma", &["a"]), ("delta", &["c"])]
    {
        assert_eq!(shelf.hits(query), expected, "{query}");
    }
    assert_eq!(clone.len(), 2, "clones see it as well");
    assert_eq!(clone.stamps().unwrap()["a"], 7);
    let (_folder, opening) = shelf.reopened();
    assert!(matches!(opening, Opening::Ready(index) if index.len() == 2));
}

#[test]
fn a_dropped_change_leaves_no_trace() {
    let shelf = Shelf::of(&[page("a", "Alpha", "one")]);
    let mut writer = shelf.index.writer().unwrap();
    writer.remove("a");
    drop(writer);
    assert_eq!(shelf.hits("alpha"), ["a"]);
    shelf.index.writer().unwrap().commit().unwrap();
    assert_eq!(shelf.hits("alpha"), ["a"]);
}

#[test]
fn the_old_index_answers_until_the_new_one_is_there() {
    let shelf = Shelf::of(&[page("a", "Alpha", "one")]);
    let mut rebuild = Index::rebuild(shelf.folder.path()).unwrap();
    rebuild.add(&page("b", "Beta", "two")).unwrap();
    assert_eq!(shelf.hits("alpha"), ["a"]);
    assert!(matches!(Index::open(shelf.folder.path()), Opening::Ready(index) if index.len() == 1));
    let new = rebuild.finish().unwrap();
    assert_eq!(shelf.hits("alpha"), ["a"], "whoever reads the old one goes on");
    assert!(new.search(&Query::parse("alpha"), 5).unwrap().hits.is_empty());
    assert_eq!(new.search(&Query::parse("beta"), 5).unwrap().hits.len(), 1);
    assert!(matches!(Index::open(shelf.folder.path()), Opening::Ready(index) if index.len() == 1));
}

#[test]
fn a_rebuild_that_was_cut_off_leaves_the_old_index() {
    let shelf = Shelf::of(&[page("a", "Alpha", "one")]);
    let mut rebuild = Index::rebuild(shelf.folder.path()).unwrap();
    rebuild.add(&page("b", "Beta", "two")).unwrap();
    drop(rebuild);
    let (folder, opening) = shelf.reopened();
    assert!(matches!(opening, Opening::Ready(_)));
    drop(opening);
    fill(folder.path(), &[page("c", "Gamma", "three")]);
    let generations = std::fs::read_dir(folder.path()).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir());
    assert_eq!(generations.count(), 1, "what nobody reads is cleared away");
}

#[test]
fn documents_without_text_are_found_by_title() {
    let mut bare = page("a", "Alpha", "");
    bare.sections.clear();
    let shelf = Shelf::of(&[bare]);
    assert_eq!(shelf.hits("alp"), ["a"]);
    assert!(shelf.find("alpha").hits[0].snippet.is_empty());
}
