//! Where a query looks.

use tantivy::{
    Searcher, Term as IndexTerm,
    query::{BooleanQuery, ConstScoreQuery, Occur, Query as IndexQuery, TermQuery},
    schema::IndexRecordOption,
};

use crate::{Query, SearchError, fields::Fields};

/// A part of a query, and whether it must be there.
pub(crate) type Clause = (Occur, Box<dyn IndexQuery>);

/// What every hit must be in.
pub(crate) fn scope(searcher: &Searcher, fields: &Fields, query: &Query) -> Result<Vec<Clause>, SearchError> {
    let any_of = |terms: Vec<IndexTerm>| {
        let terms = terms.into_iter().map(|term| Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as _);
        let union = BooleanQuery::union(terms.collect());
        // Where a hit belongs says nothing about how well it answers.
        (Occur::Must, Box::new(ConstScoreQuery::new(Box::new(union), 0.0)) as Box<dyn IndexQuery>)
    };
    let mut scopes = Vec::new();
    if !query.kinds.is_empty() {
        let kinds = query.kinds.iter().map(|kind| IndexTerm::from_field_text(fields.kind, kind.word()));
        scopes.push(any_of(kinds.collect()));
    }
    if !query.sources.is_empty() {
        let mut terms = Vec::new();
        for segment in searcher.segment_readers() {
            let words = segment.inverted_index(fields.source)?;
            let mut stream = words.terms().stream()?;
            while stream.advance() {
                let Ok(word) = std::str::from_utf8(stream.key()) else { continue };
                if query.sources.iter().any(|source| word.starts_with(source)) {
                    terms.push(IndexTerm::from_field_text(fields.source, word));
                }
            }
        }
        terms.sort();
        terms.dedup();
        scopes.push(any_of(terms));
    }
    Ok(scopes)
}
