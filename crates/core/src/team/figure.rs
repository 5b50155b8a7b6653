//! Numbers about groups, which are shown from five people on (`metrics.md`, section 6).

use serde::{Deserialize, Serialize};

/// The smallest group that is shown as a number.
pub const SMALLEST_GROUP: u32 = 5;

/// A number about a group, or the word that stands in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Figure<T> {
    /// The group is large enough.
    Shown(T),
    /// "under 5": the number itself never leaves the place where it was counted.
    UnderFive,
}

impl<T> Figure<T> {
    /// The number, where it is shown.
    pub fn shown(self) -> Option<T> {
        match self {
            Self::Shown(value) => Some(value),
            Self::UnderFive => None,
        }
    }
}

/// A share of a group.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Share {
    /// This many of so many.
    Of {
        /// The part.
        part: u32,
        /// The whole.
        whole: u32,
    },
    /// "fewer than 5 of n".
    Few {
        /// The whole.
        whole: u32,
    },
    /// "more than n − 5 of n".
    NearlyAll {
        /// The whole.
        whole: u32,
    },
    /// About as many as in a bar beside it: the exact number would give a group of fewer than five away by
    /// subtraction. It is fewer than five away from `part`.
    Near {
        /// The number of the bar beside it.
        part: u32,
        /// The whole.
        whole: u32,
    },
    /// The group itself is under five.
    UnderFive,
}
