//! The palette's search over steps, pages, headings and roadmap items.

use serde::{Deserialize, Serialize};

use super::journey::{Due, StepStatus};
use crate::request::requests;

requests! {
    /// Finds what the person types. Never fails for odd input.
    Search { /** As typed. */ query: String, /** At most this many hits a kind. */ limit: u32 } = "search" -> SearchResults;
}

/// Hits, best first inside each kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SearchResults {
    /// The query they answer; a reply to an older query is dropped.
    pub query: String,
    /// The hits: steps, pages, roadmap items, in this order of kinds.
    pub hits: Vec<Hit>,
    /// The query with mistyped words mended, where little was found and something near would find more.
    pub did_you_mean: Option<String>,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// What it is.
    pub kind: HitKind,
    /// Its title, cut where the query's words start and end.
    pub title: Vec<Segment>,
    /// Where it belongs: journey and phase, site and section, horizon.
    pub context: String,
    /// A line of its text with the query's words, possibly empty.
    pub snippet: Vec<Segment>,
    /// Route in the app.
    pub route: String,
    /// Of a step: where it stands.
    pub status: Option<StepStatus>,
    /// Of a step: when it is due.
    pub due: Option<Due>,
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HitKind {
    /// A step.
    Step,
    /// A page, or a heading of one.
    Page,
    /// A roadmap item.
    Item,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// The text.
    pub text: String,
    /// Whether the query's words matched it.
    pub marked: bool,
}
