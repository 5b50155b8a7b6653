//! What a search gives.

use tantivy::{TantivyDocument, schema::Value};

use crate::{
    Kind, Marked, Marker,
    fields::{Fields, JOINT, Shown},
    snippet::snippet,
};

/// A section that answers a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The document's key.
    pub key: String,
    /// What it is.
    pub kind: Kind,
    /// Where it belongs.
    pub source: String,
    /// The document's title.
    pub title: String,
    /// The headings that the section stands under, outermost first; empty at the document's start.
    pub headings: Vec<String>,
    /// The id of the heading to jump to.
    pub anchor: Option<String>,
    /// A line of the section's text around the query's words; possibly empty.
    pub snippet: Marked,
    /// How well it answers; comparable with other hits of the same search only.
    pub score: f32,
}

/// The answer to a query.
#[derive(Debug)]
pub struct Found {
    /// The hits, best first.
    pub hits: Vec<Hit>,
    /// Marks in any text what the query found.
    pub marker: Marker,
}

/// The hit that a row is.
pub(crate) fn hit(fields: &Fields, row: &TantivyDocument, score: f32, marker: &Marker) -> Option<Hit> {
    let text = |field| row.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
    let shown = |what: Shown| text(fields.shown[what as usize]);
    let headings = shown(Shown::Headings);
    Some(Hit {
        key: text(fields.key).to_owned(),
        kind: Kind::named(text(fields.kind))?,
        source: shown(Shown::Source).to_owned(),
        title: shown(Shown::Title).to_owned(),
        headings: headings.split(JOINT).filter(|heading| !heading.is_empty()).map(str::to_owned).collect(),
        anchor: Some(shown(Shown::Anchor).to_owned()).filter(|anchor| !anchor.is_empty()),
        snippet: snippet(shown(Shown::Text), marker),
        score,
    })
}
