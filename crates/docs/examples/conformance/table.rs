//! What came out, by extension.

use std::collections::BTreeMap;

use crate::cases::Case;

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Passed,
    /// It differs, and is meant to.
    Intended(&'static str),
    Failed,
}

#[derive(Default)]
struct Counts {
    passed: usize,
    intended: usize,
    failed: usize,
}

/// Counts by extension and in all.
#[derive(Default)]
pub(crate) struct Table {
    groups: BTreeMap<String, Counts>,
    all: Counts,
    reasons: BTreeMap<&'static str, usize>,
}

impl Table {
    /// Adds a case; it counts once for each of its extensions.
    pub(crate) fn add(&mut self, case: &Case, outcome: Outcome) {
        self.all.add(outcome);
        case.groups.iter().for_each(|group| self.groups.entry(group.clone()).or_default().add(outcome));
        if let Outcome::Intended(reason) = outcome {
            *self.reasons.entry(reason).or_default() += 1;
        }
    }

    /// Prints everything, the line that others read last; says whether nothing failed.
    pub(crate) fn print(&self) -> bool {
        for (group, counts) in &self.groups {
            let total = counts.passed + counts.intended + counts.failed;
            println!(
                "{group:24} {:4} of {total:4} passed  {:5.1} %  intended {:3}  failed {:3}",
                counts.passed,
                100.0 * counts.passed as f64 / total.max(1) as f64,
                counts.intended,
                counts.failed
            );
        }
        self.reasons.iter().for_each(|(reason, count)| println!("intended {count:4}: {reason}"));
        println!("{} passed, {} failed", self.all.passed, self.all.failed);
        self.all.failed == 0
    }
}

impl Counts {
    fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Passed => self.passed += 1,
            Outcome::Intended(_) => self.intended += 1,
            Outcome::Failed => self.failed += 1,
        }
    }
}
