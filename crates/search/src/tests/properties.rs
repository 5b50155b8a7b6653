//! What holds for all texts and all queries.

use proptest::prelude::*;

use super::{Shelf, page, section};
use crate::{Document, Query, fields::terms, token::words};

/// Titles with letters of many scripts, names of code and odd signs.
fn title() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-z]{1,12}",
        "[A-Z][a-z]{2,8}([A-Z][a-z]{1,6})?",
        "[a-z]{2,6}[_.:-][a-z]{2,6}",
        "[äöüéñçß]{1,3}[a-z]{1,5}",
        "[ぁ-ん一-十]{1,6}",
        "\\PC{1,6}",
    ];
    prop::collection::vec(word, 1..5).prop_map(|words| words.join(" "))
}

fn shelf(titles: &[String]) -> Shelf {
    let documents: Vec<Document> =
        titles.iter().enumerate().map(|(n, title)| page(&n.to_string(), title, "Some text.")).collect();
    Shelf::of(&documents)
}

fn finds(shelf: &Shelf, query: &str, key: usize) -> bool {
    let found = shelf.index.search(&Query::parse(query), 100).expect("the index can be read");
    found.hits.iter().any(|hit| hit.key == key.to_string())
}

proptest! {
    // Each case writes an index to the disk.
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_word_of_a_title_finds_it(titles in prop::collection::vec(title(), 1..8)) {
        let shelf = shelf(&titles);
        for (key, title) in titles.iter().enumerate() {
            for word in words(title) {
                let word = &title[word.start..word.end];
                prop_assert!(finds(&shelf, &format!("{word} "), key), "{word:?} of {title:?}");
            }
            // A fraction such as `⅐` is a word, and the same in three characters is two.
            for part in terms(title, None).into_iter().filter(|part| words(part).len() == 1) {
                prop_assert!(finds(&shelf, &format!("{part} "), key), "{part:?} of {title:?}");
            }
        }
    }

    #[test]
    fn every_beginning_of_a_word_finds_it(titles in prop::collection::vec("[a-z]{1,10}( [a-z]{1,10}){0,2}", 1..8)) {
        let shelf = shelf(&titles);
        for (key, title) in titles.iter().enumerate() {
            for word in title.split(' ') {
                for end in 1..=word.len() {
                    prop_assert!(finds(&shelf, &word[..end], key), "{:?} of {title:?}", &word[..end]);
                }
            }
        }
    }

    #[test]
    fn one_wrong_letter_finds_a_word(
        words in prop::collection::btree_set("[a-z]{5,12}", 1..8),
        at in any::<prop::sample::Index>(),
        how in 0..4,
        letter in "[a-z]",
    ) {
        let titles: Vec<String> = words.into_iter().collect();
        let shelf = shelf(&titles);
        for (key, title) in titles.iter().enumerate() {
            let mut typed = title.clone();
            let at = at.index(title.len() - 1);
            match how {
                0 => { typed.remove(at); }
                1 => typed.insert_str(at, &letter),
                2 => typed.replace_range(at..=at, &letter),
                _ => { let moved = typed.remove(at); typed.insert(at + 1, moved); }
            }
            // A word that became another word means that one.
            prop_assume!(!titles.contains(&typed) && typed.len() >= 4);
            prop_assert!(finds(&shelf, &format!("{typed} "), key), "{typed:?} for {title:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_the_reading(text in "\\PC{0,80}|[\\x00-\\x7f]{0,80}|[a-z+#:.'_-]{0,40}") {
        for word in words(&text) {
            prop_assert!(word.start < word.end && text.get(word.start..word.end).is_some());
        }
        let query = Query::parse(&text);
        for word in &query.words {
            prop_assert!(text.get(word.start..word.end).is_some());
        }
    }
}

#[test]
fn no_query_panics() {
    let mut full = page("a", "Alpha: the first", "Text with kubectl_apply and 検索 in it. \u{1}stem");
    full.sections.push(section("Größe", "size", "e\u{301}clair ﬁle ｶﾞ"));
    let shelf = Shelf::of(&[full]);
    let empty = Shelf::of(&[]);
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let queries = "\\PC{0,30}|[a-zA-Z:\"'()*~^\\[\\]{}/\\\\!+-]{0,24}|(repo|kind|pack):\\PC{0,6} [a-z]{0,9}|[検索一-十ぁ-んa-z ]{0,9}";
    runner
        .run(&proptest::string::string_regex(queries).expect("a pattern"), |text| {
            for shelf in [&shelf, &empty] {
                let found = shelf.find(&text);
                let whole: String = found.marker.mark(&text).into_iter().map(|(piece, _)| piece).collect();
                prop_assert_eq!(whole, text.clone(), "marking loses nothing");
                shelf.meant(&text);
            }
            Ok(())
        })
        .expect("every query is answered");
    for odd in ["\u{0}", "\u{1}", "\u{ff}", &"x".repeat(100_000), &"é".repeat(300), &"a b".repeat(5_000), "\u{10ffff}"]
    {
        shelf.find(odd);
        shelf.meant(odd);
    }
}
