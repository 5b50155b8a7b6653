//! Neighbouring bars: how many reached each milestone, without giving small groups away by subtraction.

use std::collections::BTreeSet;

use super::{SMALLEST_GROUP, Share};
use crate::metrics::groups;

/// Shares of `(part, whole)` as they may be shown side by side (`metrics.md`, section 6; `ux.md`, section 8).
///
/// Whoever reached one milestone and not the next is a group too, so two exact numbers are never fewer than
/// five apart, except where they are equal for all: nobody and everybody are said. A bar that comes too
/// close to one before it is said to be about as long. Equal ones are "about" too, so that the word leaves
/// more than one number open.
pub(super) fn bars(counts: &[(u32, u32)]) -> Vec<Share> {
    let mut exact: BTreeSet<u32> = BTreeSet::new();
    counts
        .iter()
        .map(|(part, whole)| match groups::share(*part, *whole) {
            Share::Of { part, whole } if part != 0 && part != whole => {
                let from = (part + 1).saturating_sub(SMALLEST_GROUP);
                match exact.range(from..part + SMALLEST_GROUP).next() {
                    Some(near) => Share::Near { part: *near, whole },
                    None => {
                        exact.insert(part);
                        Share::Of { part, whole }
                    }
                }
            }
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn check(counts: &[u32], whole: u32) -> String {
        let shares = bars(&counts.iter().map(|part| (*part, whole)).collect::<Vec<_>>());
        let word = |share: &Share| groups::printed(*share).unwrap_or("–".into());
        shares.iter().map(word).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn neighbours_five_apart_are_numbers() {
        assert_eq!(check(&[28, 22, 17, 12, 7], 28), "100 %, 78.6 %, 60.7 %, 42.9 %, 25.0 %");
        assert_eq!(check(&[14, 11, 9, 6, 3], 14), "100 %, more than 9 of 14, 64 %, about 9 of 14, fewer than 5 of 14");
        assert_eq!(check(&[4, 2], 4), "–, –");
        assert_eq!(check(&[20, 0], 20), "100 %, 0 %");
    }

    #[test]
    fn no_bar_has_only_one_possible_length_even_for_who_knows_that_each_needs_the_one_before() {
        for whole in 5..=24u32 {
            let mut by_what_is_shown: BTreeMap<String, Vec<[u32; 3]>> = BTreeMap::new();
            for a in 0..=whole {
                for b in 0..=a {
                    for c in 0..=b {
                        by_what_is_shown.entry(check(&[a, b, c], whole)).or_default().push([a, b, c]);
                    }
                }
            }
            for (shown, tables) in by_what_is_shown {
                for (at, word) in shown.split(", ").enumerate() {
                    let values: BTreeSet<u32> = tables.iter().map(|table| table[at]).collect();
                    assert!(word.ends_with('%') || values.len() > 1, "{shown} is {tables:?}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn no_difference_of_two_numbers_is_a_small_group(counts in prop::collection::vec((0u32..40, 0u32..60), 0..9)) {
            let shown: Vec<u32> = bars(&counts).into_iter().filter_map(|share| match share {
                Share::Of { part, whole } if part != 0 && part != whole => Some(part),
                _ => None,
            }).collect();
            for (at, a) in shown.iter().enumerate() {
                prop_assert!(shown[at + 1..].iter().all(|b| a.abs_diff(*b) >= 5), "{shown:?}");
            }
        }
    }
}
