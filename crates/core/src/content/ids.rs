//! Ids that differ.

use std::collections::{BTreeMap, BTreeSet};

/// Hands out ids of which no two are equal. The same sequence of wishes gives the same ids.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    taken: BTreeSet<String>,
    /// The next number to try behind a stem, so that many equal titles stay cheap.
    next: BTreeMap<String, u32>,
}

impl Ids {
    /// `wanted`, or the first of `wanted-2`, `wanted-3` … that is free.
    pub(crate) fn unique(&mut self, wanted: &str) -> String {
        if self.taken.insert(wanted.to_owned()) {
            return wanted.to_owned();
        }
        // A long id loses its end, so that the number still fits.
        let stem: String = wanted.chars().take(56).collect();
        let number = self.next.entry(stem.clone()).or_insert(2);
        loop {
            let id = format!("{stem}-{number}");
            *number += 1;
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_wishes_get_numbers_that_nobody_has() {
        let mut ids = Ids::default();
        let given: Vec<String> = ["a", "a-2", "a", "a", "b"].iter().map(|wish| ids.unique(wish)).collect();
        assert_eq!(given, ["a", "a-2", "a-3", "a-4", "b"]);
        let long = "x".repeat(64);
        ids.unique(&long);
        assert!(crate::id::is_slug(&ids.unique(&long)));
    }
}
