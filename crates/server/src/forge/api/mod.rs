//! Reading a forge's API, where a token is configured.

mod client;
pub(super) mod github;
pub(super) mod gitlab;

pub(super) use client::Api;
pub(crate) use client::ApiFailure;

use std::collections::BTreeSet;

use jiff::Timestamp;

/// What to look for of one account.
#[derive(Clone, Debug)]
pub(super) struct Wanted<'a> {
    /// Login name.
    pub login: &'a str,
    /// Nothing before this moment counts.
    pub since: Timestamp,
    /// Owners whose repositories count.
    pub owners: &'a [String],
    /// References of changes of which the opening is known: their history needs not be asked for.
    pub opened: &'a BTreeSet<String>,
    /// References of changes of which a review is known.
    pub reviewed: &'a BTreeSet<String>,
}

/// Changes whose reviews are asked for in one round.
const MOST_REVIEWS: usize = 30;
