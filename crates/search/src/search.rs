//! Answering a query.

use tantivy::{
    DocAddress, Searcher, TantivyDocument, Term as IndexTerm,
    collector::TopDocs,
    query::{BooleanQuery, BoostQuery, Occur, Query as IndexQuery, TermQuery},
    schema::IndexRecordOption,
};

use crate::{
    Found, Index, Kind, Marker, Query, SearchError,
    expand::{Candidate, Dictionaries},
    fields::{BOOST, Fields, PATH},
    hit::hit,
    query::QueryWord,
    scope::{Clause, scope},
};

/// At most this many sections of one document are hits.
const SECTIONS_OF_ONE: usize = 3;

/// Below this many exact hits, near ones are looked for as well.
const ENOUGH: usize = 3;

/// What a name counts for as it was typed, and what its parts do somewhere in a section: whoever
/// writes a name as a name means it.
const AS_A_WHOLE: f32 = 3.0;
const IN_PARTS: f32 = 0.4;

/// How strictly words are taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// As typed; near words for those only that the index does not have.
    Typed,
    /// Near words beside all of them.
    Near,
}

impl Index {
    /// The sections that answer a query, best first, at most `limit`.
    ///
    /// All words must be there, each as it is, by its stem, the last by its beginning, and one that
    /// the index does not know by a near one. Where that finds little, near words count for all; where
    /// it finds nothing, some of the words are enough.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read; never for odd input.
    pub fn search(&self, query: &Query, limit: usize) -> Result<Found, SearchError> {
        self.answer(query, std::slice::from_ref(query), limit)
    }

    /// The same, with at most `limit` hits of each kind: all of one kind, then all of the next. How
    /// strictly words are taken is the same for all kinds, so a list is not filled with what is only
    /// near because its kind has nothing better.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read; never for odd input.
    pub fn search_each(&self, query: &Query, kinds: &[Kind], limit: usize) -> Result<Found, SearchError> {
        let asked = query.kinds();
        let kinds = kinds.iter().filter(|kind| asked.contains(kind));
        let each: Vec<Query> = kinds.map(|kind| query.only(*kind)).collect();
        self.answer(query, &each, limit)
    }

    /// Answers the words of `query` once for each scope in `scopes`.
    fn answer(&self, query: &Query, scopes: &[Query], limit: usize) -> Result<Found, SearchError> {
        let searcher = self.searcher();
        let fields = self.fields();
        let dictionaries = Dictionaries::of(&searcher, fields)?;
        let lists = scopes.iter().map(|asked| Ok(List { scope: scope(&searcher, fields, asked)?, places: Vec::new() }));
        let mut search = Search {
            fields,
            lists: lists.collect::<Result<_, SearchError>>()?,
            searcher: &searcher,
            dictionaries: &dictionaries,
            marked: vec![Vec::new(); query.words.len()],
            limit: limit.clamp(1, 1_000),
        };
        if !query.is_empty() {
            search.all_words(query, Reading::Typed)?;
            if search.found() < ENOUGH {
                search.all_words(query, Reading::Near)?;
            }
            if search.found() == 0 && query.words.len() > 1 {
                search.some_words(query)?;
            }
        }
        let Search { lists, marked, .. } = search;
        let marker = Marker::new(query, marked, dictionaries.into_stemmers());
        let shown = |(score, _, place): Place| match searcher.doc::<TantivyDocument>(place) {
            Ok(row) => hit(fields, &row, score, &marker).map(Ok),
            Err(error) => Some(Err(error)),
        };
        let places = lists.into_iter().flat_map(|list| list.places.into_iter().take(limit));
        Ok(Found { hits: places.filter_map(shown).collect::<Result<_, _>>()?, marker })
    }
}

/// Score, fingerprint of the document, row.
type Place = (f32, u64, DocAddress);

/// What is found in one scope.
struct List {
    scope: Vec<Clause>,
    places: Vec<Place>,
}

struct Search<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    dictionaries: &'a Dictionaries,
    lists: Vec<List>,
    /// For each word of the query, the index's words that it stands for.
    marked: Vec<Vec<String>>,
    limit: usize,
}

impl Search<'_> {
    fn all_words(&mut self, query: &Query, reading: Reading) -> Result<(), SearchError> {
        let mut clauses = Vec::new();
        for (index, word) in query.words.iter().enumerate() {
            let union = self.word(index, word, reading)?;
            if union.is_empty() {
                return Ok(());
            }
            clauses.push(union);
        }
        // Alone, a union of terms is searched by skipping what cannot be among the best.
        let query: Box<dyn IndexQuery> = match <[_; 1]>::try_from(clauses) {
            Ok([only]) => Box::new(BooleanQuery::union(only)),
            Err(clauses) => Box::new(BooleanQuery::intersection(
                clauses.into_iter().map(|union| Box::new(BooleanQuery::union(union)) as _).collect(),
            )),
        };
        self.collect(&*query)
    }

    /// All words but one, then any of them.
    fn some_words(&mut self, query: &Query) -> Result<(), SearchError> {
        let mut clauses: Vec<Clause> = Vec::new();
        for (index, word) in query.words.iter().enumerate() {
            let union = self.word(index, word, Reading::Typed)?;
            if !union.is_empty() {
                clauses.push((Occur::Should, Box::new(BooleanQuery::union(union))));
            }
        }
        let most = query.words.len().saturating_sub(1).min(clauses.len());
        for least in [most, 1] {
            if self.found() == 0 && least > 0 {
                let clauses = clauses.iter().map(|(occur, clause)| (*occur, clause.box_clone())).collect();
                self.collect(&BooleanQuery::with_minimum_required_clauses(clauses, least))?;
            }
        }
        Ok(())
    }

    /// Everything that a word of the query stands for; nothing where the index has none of it.
    fn word(
        &mut self,
        index: usize,
        word: &QueryWord,
        reading: Reading,
    ) -> Result<Vec<Box<dyn IndexQuery>>, SearchError> {
        let mut candidates = self.dictionaries.matches(&word.whole, word.prefix)?;
        let near = reading == Reading::Near || candidates.is_empty();
        if word.parts.is_empty() && near {
            candidates.extend(self.dictionaries.typos(&word.whole, word.prefix)?);
        }
        if !word.parts.is_empty() {
            candidates.iter_mut().for_each(|candidate| candidate.factor *= AS_A_WHOLE);
        }
        let mut union = self.queries(index, &candidates);
        let mut parts = Vec::new();
        for (number, part) in word.parts.iter().enumerate() {
            let prefix = word.prefix && number + 1 == word.parts.len();
            let mut candidates = self.dictionaries.matches(part, prefix)?;
            if candidates.is_empty() {
                candidates = self.dictionaries.typos(part, prefix)?;
            }
            if candidates.is_empty() {
                // Without this part the name is not there.
                return Ok(union);
            }
            let queries = self.queries(index, &candidates);
            parts.push(Box::new(BooleanQuery::union(queries)) as Box<dyn IndexQuery>);
        }
        if !parts.is_empty() {
            let parts = Box::new(BooleanQuery::intersection(parts));
            union.push(Box::new(BoostQuery::new(parts, IN_PARTS)));
        }
        Ok(union)
    }

    fn queries(&mut self, index: usize, candidates: &[Candidate]) -> Vec<Box<dyn IndexQuery>> {
        if let Some(marked) = self.marked.get_mut(index) {
            marked.extend(candidates.iter().map(|candidate| candidate.text.clone()));
        }
        let query = |candidate: &Candidate| {
            let term = IndexTerm::from_field_text(self.fields.text[candidate.place], &candidate.text);
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            let boost = BOOST[candidate.place] * candidate.factor;
            Box::new(BoostQuery::new(Box::new(query), boost)) as Box<dyn IndexQuery>
        };
        // A single word that only the page's title has is answered by the page's start.
        let alone = self.marked.len() == 1;
        candidates.iter().filter(|candidate| !alone || candidate.place != PATH).map(query).collect()
    }

    /// How many hits there are by now.
    fn found(&self) -> usize {
        self.lists.iter().map(|list| list.places.len()).sum()
    }

    /// Adds what a query finds behind what is there already.
    fn collect(&mut self, query: &dyn IndexQuery) -> Result<(), SearchError> {
        for List { scope, places } in &mut self.lists {
            let scoped = if scope.is_empty() {
                query.box_clone()
            } else {
                let scope = scope.iter().map(|(occur, scope)| (*occur, scope.box_clone()));
                Box::new(BooleanQuery::new(std::iter::once((Occur::Must, query.box_clone())).chain(scope).collect()))
            };
            // Several sections of one document may be among the best; some of them are left out.
            let top = TopDocs::with_limit(self.limit * 2 + 20);
            for (score, row) in self.searcher.search(&*scoped, &top.order_by_score())? {
                let segment = self.searcher.segment_reader(row.segment_ord);
                let document = segment.fast_fields().u64("document")?.first(row.doc_id).unwrap_or_default();
                let same = places.iter().filter(|(_, other, _)| *other == document).count();
                if same < SECTIONS_OF_ONE && places.iter().all(|(_, _, other)| *other != row) {
                    places.push((score, document, row));
                }
            }
        }
        Ok(())
    }
}
