//! All entries of an archive together: their names, and that no two are one path somewhere (`E3`).

use std::collections::{HashMap, hash_map};

use caseless::default_case_fold_str;
use unicode_normalization::UnicodeNormalization;

use crate::{
    INDEX_FILE,
    archive::{Entry, Kind},
    name::{check_letters, check_shape},
    rule::{Refusal, Rule, quoted},
};

/// Judges the names of all entries, in this order: what each name means, how many are the index,
/// which of them are one path, and last their letters. So the gravest reason is named.
pub(crate) fn check(entries: &[Entry]) -> Result<(), Refusal> {
    let names: Vec<(&str, Kind)> = entries
        .iter()
        .map(|entry| check_shape(&entry.name, entry.kind).map(|name| (name, entry.kind)))
        .collect::<Result<_, _>>()?;
    let index = folded(INDEX_FILE);
    match names.iter().filter(|(name, _)| folded(name) == index).count() {
        1 => {}
        0 => return Err(Refusal::because(Rule::I1, format!("there is no {INDEX_FILE}"))),
        count => return Err(Refusal::because(Rule::I1, format!("there are {count} files named {INDEX_FILE}"))),
    }
    check_collisions(&names)?;
    let is_own = |name: &str| name == crate::SIGNATURE_FILE;
    names.iter().filter(|(name, _)| !is_own(name)).try_for_each(|(name, kind)| check_letters(name, *kind))
}

/// A path on the way: how it is spelled, whether it is a directory, and whether an entry says so.
struct Taken<'a> {
    name: &'a str,
    kind: Kind,
    listed: bool,
}

fn check_collisions(names: &[(&str, Kind)]) -> Result<(), Refusal> {
    let mut taken: HashMap<String, Taken<'_>> = HashMap::new();
    for (name, kind) in names {
        let parents =
            name.match_indices('/').map(|(at, _)| Taken { name: &name[..at], kind: Kind::Directory, listed: false });
        for one in parents.chain([Taken { name, kind: *kind, listed: true }]) {
            match taken.entry(folded(one.name)) {
                hash_map::Entry::Vacant(free) => {
                    free.insert(one);
                }
                hash_map::Entry::Occupied(mut other) => {
                    let other = other.get_mut();
                    let both = [other.kind, one.kind] == [Kind::Directory; 2];
                    if !both || other.name != one.name || (other.listed && one.listed) {
                        let (first, second) = (quoted(other.name.as_bytes()), quoted(one.name.as_bytes()));
                        return Err(Refusal::because(Rule::E3, format!("{first} and {second}")));
                    }
                    other.listed |= one.listed;
                }
            }
        }
    }
    Ok(())
}

/// A path as the most forgiving file system compares it: NFC, and full case folding.
fn folded(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let composed: String = name.nfc().collect();
    let folded: String = default_case_fold_str(&composed).nfd().collect();
    default_case_fold_str(&folded).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule_of(names: &[&str]) -> Option<Rule> {
        let entry = |name: &&str| Entry {
            name: name.as_bytes().to_vec(),
            kind: if name.ends_with('/') { Kind::Directory } else { Kind::File },
        };
        let entries: Vec<Entry> = names.iter().chain(&["bundle.json"]).map(entry).collect();
        check(&entries).err().map(|refusal| refusal.rule)
    }

    #[test]
    fn one_path_twice_is_refused_however_it_is_spelled() {
        for names in [
            &["a.md", "a.md"][..],
            &["a.md", "A.MD"],
            &["docs/é.md", "docs/e\u{301}.md"],
            &["docs/straße.md", "docs/STRASSE.md"],
            &["ﬁle.md", "file.md"],
            &["x", "x/y.md"],
            &["x/y.md", "X"],
            &["docs/", "docs/"],
            &["docs/a.md", "Docs/b.md"],
            &["docs/a.md/", "docs/a.md"],
            &["Σ.md", "ς.md"],
        ] {
            assert_eq!(rule_of(names), Some(Rule::E3), "{names:?}");
        }
        assert_eq!(rule_of(&["docs/", "docs/a.md", "docs/b.md", "docs/x/c.md"]), None);
        assert_eq!(rule_of(&["docs/a.md", "docs/"]), None, "a directory may come after its files");
    }

    #[test]
    fn there_is_one_index_however_it_is_spelled() {
        assert_eq!(rule_of(&["BUNDLE.json"]), Some(Rule::I1));
        assert_eq!(rule_of(&["bundle.json"]), Some(Rule::I1));
        assert_eq!(rule_of(&["docs/bundle.json"]), None, "below a folder it is a file like others");
        assert_eq!(check(&[]).err().map(|refusal| refusal.rule), Some(Rule::I1));
    }

    #[test]
    fn the_gravest_reason_is_named() {
        assert_eq!(rule_of(&["a.exe", "../a.md"]), Some(Rule::N2));
        assert_eq!(rule_of(&["a b?.md", "a.md", "A.md"]), Some(Rule::E3));
    }
}
