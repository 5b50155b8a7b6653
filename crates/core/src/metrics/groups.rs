//! Small groups: what may be shown as a number (`metrics.md`, section 6).
//!
//! A group of fewer than five people shows no figure, and neither does one that could be computed from
//! what is shown beside it.

use crate::team::{Figure, SMALLEST_GROUP, Share};

/// A size of a group (rule 1).
pub fn figure(people: u32) -> Figure<u32> {
    if people >= SMALLEST_GROUP { Figure::Shown(people) } else { Figure::UnderFive }
}

/// A share of a group (rule 3). The part is taken to be at most the whole.
pub fn share(part: u32, whole: u32) -> Share {
    let part = part.min(whole);
    if whole < SMALLEST_GROUP {
        Share::UnderFive
    } else if (1..SMALLEST_GROUP).contains(&part) {
        Share::Few { whole }
    } else if (1..SMALLEST_GROUP).contains(&(whole - part)) {
        Share::NearlyAll { whole }
    } else {
        Share::Of { part, whole }
    }
}

/// Cells of one total, as they may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cells {
    /// In the order in which they came.
    pub cells: Vec<Figure<u32>>,
    /// Their sum.
    pub total: Figure<u32>,
}

/// Hides cells of fewer than five, and as many others as it takes so that none can be computed (rule 2):
/// at least two are hidden, and together they are at least five. Ties go to the earlier cell.
pub fn cells(counts: &[u32]) -> Cells {
    let total = counts.iter().sum();
    let mut hidden: Vec<bool> = counts.iter().map(|count| *count < SMALLEST_GROUP).collect();
    if figure(total) == Figure::UnderFive {
        hidden.fill(true);
    }
    while !safe(counts, &hidden) {
        let shown = (0..counts.len()).filter(|at| !hidden[*at]);
        // Where nothing is left to hide, only the total is shown.
        let Some(smallest) = shown.min_by_key(|at| counts[*at]) else { break };
        hidden[smallest] = true;
    }
    let cells = counts.iter().zip(hidden);
    Cells {
        cells: cells.map(|(count, hidden)| if hidden { Figure::UnderFive } else { Figure::Shown(*count) }).collect(),
        total: figure(total),
    }
}

/// Whether the hidden cells of one total are at least two and at least five people, or none.
pub(super) fn safe(counts: &[u32], hidden: &[bool]) -> bool {
    let (mut cells, mut people) = (0, 0);
    for (count, _) in counts.iter().zip(hidden).filter(|(_, hidden)| **hidden) {
        cells += 1;
        people += count;
    }
    cells == 0 || (cells >= 2 && people >= SMALLEST_GROUP)
}

/// Whether a filter's result may be shown: it and its complement in every parent are empty or large
/// enough (rule 6).
pub fn may_filter(result: u32, parents: &[u32]) -> bool {
    let fine = |people: u32| people == 0 || people >= SMALLEST_GROUP;
    result >= SMALLEST_GROUP && parents.iter().all(|parent| parent.checked_sub(result).is_some_and(fine))
}

/// A share of a group as it is printed; `None` where even the group is too small. Work facts may be 0 % or
/// 100 %: what nobody or everybody did says nothing about one of them.
pub fn printed(share: Share) -> Option<String> {
    match share {
        Share::Of { part, whole } => {
            let decimals = if part == 0 || part == whole { 0 } else { usize::from(whole >= 20) };
            super::percent(part, whole).map(|percent| format!("{percent:.decimals$} %"))
        }
        Share::Few { whole } => Some(format!("fewer than {SMALLEST_GROUP} of {whole}")),
        Share::NearlyAll { whole } => Some(format!("more than {} of {whole}", whole - SMALLEST_GROUP)),
        Share::Near { part, whole } => Some(format!("about {part} of {whole}")),
        Share::UnderFive => None,
    }
}

/// A share of answers as it is printed. What everybody or nobody answered would say what each of a few
/// people said, so below 20 answers it is "under 10 %" and "over 90 %".
pub fn printed_survey(part: u32, answers: u32) -> Option<String> {
    match share(part, answers) {
        Share::Of { part: 0, whole } if whole < 20 => Some("under 10 %".to_owned()),
        Share::Of { part, whole } if part == whole && whole < 20 => Some("over 90 %".to_owned()),
        share => printed(share),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// `9 8 – –; 23`.
    fn check(counts: &[u32]) -> String {
        let shown = cells(counts);
        let word = |figure: &Figure<u32>| figure.shown().map_or("–".to_owned(), |count| count.to_string());
        format!("{}; {}", shown.cells.iter().map(word).collect::<Vec<_>>().join(" "), word(&shown.total))
    }

    #[test]
    fn s1_to_s4_cells_of_a_total() {
        assert_eq!(check(&[9, 8, 4, 2]), "9 8 – –; 23");
        assert_eq!(check(&[9, 11, 3]), "– 11 –; 23", "A is the complement");
        assert_eq!(check(&[12, 3, 1]), "– – –; 16", "total only");
        assert_eq!(check(&[3, 1]), "– –; –", "nothing");
        assert_eq!(check(&[9, 9, 3, 12]), "– 9 – 12; 33", "ties: the earlier one");
        assert_eq!(check(&[]), "; –");
    }

    #[test]
    fn s5_to_s8_shares() {
        let print = |part, whole| printed(share(part, whole));
        assert_eq!(print(3, 20).as_deref(), Some("fewer than 5 of 20"));
        assert_eq!(print(18, 20).as_deref(), Some("more than 15 of 20"));
        assert_eq!(print(7, 20).as_deref(), Some("35.0 %"));
        assert_eq!(print(0, 20).as_deref(), Some("0 %"));
        assert_eq!(print(20, 20).as_deref(), Some("100 %"));
        assert_eq!(print(2, 4), None);
        assert_eq!(print(6, 14).as_deref(), Some("43 %"), "whole below 20");
        assert_eq!(printed_survey(0, 19).as_deref(), Some("under 10 %"));
        assert_eq!(printed_survey(19, 19).as_deref(), Some("over 90 %"));
        assert_eq!(printed_survey(0, 20).as_deref(), Some("0 %"));
        assert_eq!(printed_survey(7, 20).as_deref(), Some("35.0 %"));
    }

    #[test]
    fn filters_keep_their_complements_large_enough() {
        assert!(may_filter(8, &[20, 13]));
        assert!(may_filter(20, &[20]), "an empty complement says nothing");
        assert!(!may_filter(8, &[20, 11]), "three are left over");
        assert!(!may_filter(4, &[20]));
    }

    #[test]
    fn no_hidden_cell_has_only_one_possible_value_even_for_who_knows_the_rule() {
        for width in 1..=4usize {
            let mut by_what_is_shown: BTreeMap<String, Vec<Vec<u32>>> = BTreeMap::new();
            for code in 0..13u32.pow(width as u32) {
                let counts: Vec<u32> = (0..width).map(|at| code / 13u32.pow(at as u32) % 13).collect();
                by_what_is_shown.entry(check(&counts)).or_default().push(counts);
            }
            for (shown, tables) in by_what_is_shown.iter().filter(|(shown, _)| !shown.ends_with('–')) {
                // Sums at the edge of what is tried have fewer alternatives here than in the world.
                let total: u32 = tables[0].iter().sum();
                for at in 0..width {
                    let values: BTreeSet<u32> = tables.iter().map(|counts| counts[at]).collect();
                    let hidden = shown.split([';', ' ']).nth(at) == Some("–");
                    assert!(!hidden || values.len() > 1 || width == 1 || total > 12, "{shown} {tables:?}");
                }
            }
        }
    }
}
