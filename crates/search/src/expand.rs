//! From a typed word to the words of the index: itself, its stems, its completions, its typos.

use std::{collections::HashMap, io, sync::Arc};

use frostem::Stemmer;
use tantivy::{InvertedIndexReader, Searcher, Term as IndexTerm, query::FuzzyTermQuery};

use crate::{
    SearchError,
    fields::{BODY, CODE, Fields, HEADING, PATH, STEM, TITLE, stem},
    language::Language,
    query::Term,
};

/// At most this many completions or typos of a word are looked for in a field: those that are in
/// most sections.
const MOST_COMPLETIONS: usize = 24;
const MOST_TYPOS: usize = 12;

/// Completions of this many characters and more are looked for in texts as well as in titles: one
/// letter stands for a twentieth of all words, two for a hundredth.
const LONG_ENOUGH_FOR_TEXTS: usize = 3;

/// What a word of the index counts for that is not the word that was typed.
const OF_STEM: f32 = 0.7;
const OF_COMPLETION: f32 = 0.35;
const OF_TYPO: f32 = 0.25;
const OF_TWO_TYPOS: f32 = 0.12;

/// A word of the index in one of its fields.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Candidate {
    /// Place in [`Fields::text`].
    pub(crate) place: usize,
    pub(crate) text: String,
    /// 1 for the word that was typed, less for others.
    pub(crate) factor: f32,
}

/// The words of an index.
pub(crate) struct Dictionaries {
    segments: Vec<[Arc<InvertedIndexReader>; 5]>,
    stemmers: Vec<Stemmer>,
    fields: Fields,
}

impl Dictionaries {
    pub(crate) fn of(searcher: &Searcher, fields: &Fields) -> Result<Self, SearchError> {
        let mut segments = Vec::new();
        let mut stemmers: Vec<(&str, Stemmer)> = Vec::new();
        for segment in searcher.segment_readers() {
            let [title, heading, path, body, code] = fields.text.map(|field| segment.inverted_index(field));
            segments.push([title?, heading?, path?, body?, code?]);
            let languages = segment.inverted_index(fields.language)?;
            let mut codes = languages.terms().stream()?;
            while codes.advance() {
                let language = std::str::from_utf8(codes.key()).ok().and_then(Language::coded);
                if let Some(language) = language.filter(|new| stemmers.iter().all(|(code, _)| *code != new.code)) {
                    stemmers.push((language.code, language.stemmer()));
                }
            }
        }
        let stemmers = stemmers.into_iter().map(|(_, stemmer)| stemmer).collect();
        Ok(Self { segments, stemmers, fields: *fields })
    }

    /// The stemmers of the languages that texts are in.
    pub(crate) fn into_stemmers(self) -> Vec<Stemmer> {
        self.stemmers
    }

    /// The word itself, its stems and, for a `prefix`, its completions.
    pub(crate) fn matches(&self, term: &Term, prefix: bool) -> Result<Vec<Candidate>, SearchError> {
        let mut found = Vec::new();
        let mut texts = vec![(term.folded.clone(), 1.0)];
        for stemmed in self.stems(term) {
            // A word that is its own stem is in the index without the mark.
            texts.extend([(format!("{STEM}{stemmed}"), OF_STEM), (stemmed, OF_STEM)]);
        }
        let mut seen: Vec<String> = Vec::new();
        for (text, factor) in texts {
            if !seen.contains(&text) {
                self.in_fields(&text, factor, &mut found)?;
                seen.push(text);
            }
        }
        if prefix {
            for (place, text) in self.completions(&term.folded)? {
                if !found.iter().any(|known: &Candidate| known.place == place && known.text == text) {
                    found.push(Candidate { place, text, factor: OF_COMPLETION });
                }
            }
        }
        Ok(found)
    }

    /// Words that differ from this one by a letter or two.
    pub(crate) fn typos(&self, term: &Term, prefix: bool) -> Result<Vec<Candidate>, SearchError> {
        let mut found = Vec::new();
        let distances = distances(&term.folded);
        for (distance, factor) in distances.iter().zip([OF_TYPO, OF_TWO_TYPOS]) {
            for text in self.near(&term.folded, *distance, prefix)?.into_iter().map(|(text, _)| text) {
                if text != term.folded {
                    self.in_fields(&text, factor, &mut found)?;
                }
            }
            if !found.is_empty() {
                break;
            }
        }
        Ok(found)
    }

    /// Words at most `distance` letters from `word`, with the number of sections that they are in;
    /// those in most sections first.
    pub(crate) fn near(&self, word: &str, distance: u8, prefix: bool) -> Result<Vec<(String, u32)>, SearchError> {
        let mut counts: HashMap<String, u32> = HashMap::new();
        for place in [TITLE, HEADING, BODY, CODE] {
            let term = IndexTerm::from_field_text(self.fields.text[place], word);
            let query = match prefix {
                true => FuzzyTermQuery::new_prefix(term, distance, true),
                false => FuzzyTermQuery::new(term, distance, true),
            };
            for segment in &self.segments {
                let mut best = Best::new(MOST_TYPOS);
                let mut stream = segment[place].terms().search(query.automaton()?).into_stream()?;
                while stream.advance() {
                    best.offer(stream.value().doc_freq, stream.key());
                }
                for (count, text) in best.into_words() {
                    *counts.entry(text).or_default() += count;
                }
            }
        }
        let mut list: Vec<(String, u32)> = counts.into_iter().collect();
        list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        list.truncate(MOST_TYPOS);
        Ok(list)
    }

    /// In how many rows a word is, counted in titles, headings, texts and code.
    pub(crate) fn count(&self, word: &str) -> Result<u32, SearchError> {
        let mut count = 0;
        for place in [TITLE, HEADING, BODY, CODE] {
            count += self.count_in(place, word)?;
        }
        Ok(count)
    }

    fn stems(&self, term: &Term) -> Vec<String> {
        let Some(lower) = &term.lower else { return Vec::new() };
        let mut stems = Vec::new();
        for stemmer in &self.stemmers {
            // Accents may be there or not: stems differ by it.
            for form in [lower, &term.folded] {
                stems.extend(stem(stemmer, form));
            }
        }
        stems.sort_unstable();
        stems.dedup();
        stems
    }

    fn in_fields(&self, text: &str, factor: f32, found: &mut Vec<Candidate>) -> Result<(), SearchError> {
        for place in [TITLE, HEADING, PATH, BODY, CODE] {
            if self.count_in(place, text)? > 0 {
                found.push(Candidate { place, text: text.to_owned(), factor });
            }
        }
        Ok(())
    }

    fn count_in(&self, place: usize, text: &str) -> io::Result<u32> {
        self.segments.iter().try_fold(0, |count, segment| {
            Ok(count + segment[place].terms().get(text.as_bytes())?.map_or(0, |info| info.doc_freq))
        })
    }

    fn completions(&self, word: &str) -> Result<Vec<(usize, String)>, SearchError> {
        let texts_too = word.chars().nth(LONG_ENOUGH_FOR_TEXTS - 1).is_some() || !word.is_ascii();
        let places: &[usize] = if texts_too { &[TITLE, HEADING, BODY, CODE] } else { &[TITLE, HEADING] };
        // All that begins with a word lies between it and itself with the highest byte behind.
        let mut end = word.as_bytes().to_vec();
        end.push(0xff);
        let mut all = Vec::new();
        for &place in places {
            let mut counts: HashMap<String, u32> = HashMap::new();
            for segment in &self.segments {
                let mut best = Best::new(MOST_COMPLETIONS);
                let mut stream = segment[place].terms().range().gt(word.as_bytes()).lt(&end).into_stream()?;
                while stream.advance() {
                    best.offer(stream.value().doc_freq, stream.key());
                }
                for (count, text) in best.into_words() {
                    *counts.entry(text).or_default() += count;
                }
            }
            let mut list: Vec<(String, u32)> = counts.into_iter().collect();
            list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            for (text, _) in list.into_iter().take(MOST_COMPLETIONS) {
                // A title's words stand in the path of its other sections.
                if place != BODY
                    && place != CODE
                    && !all.contains(&(PATH, text.clone()))
                    && self.count_in(PATH, &text)? > 0
                {
                    all.push((PATH, text.clone()));
                }
                all.push((place, text));
            }
        }
        Ok(all)
    }
}

/// How many wrong letters are forgiven: none in short words, where another word is as near.
pub(crate) fn distances(word: &str) -> &'static [u8] {
    match word.chars().count() {
        0..=3 => &[],
        4..=7 => &[1],
        _ => &[1, 2],
    }
}

/// The most frequent of many words, kept without copying the others.
struct Best {
    most: usize,
    kept: Vec<(u32, Vec<u8>)>,
    /// What a word must exceed once there are enough.
    bar: u32,
}

impl Best {
    fn new(most: usize) -> Self {
        Self { most, kept: Vec::new(), bar: 0 }
    }

    fn offer(&mut self, count: u32, word: &[u8]) {
        if count <= self.bar || word.first() == Some(&(STEM as u8)) {
            return;
        }
        self.kept.push((count, word.to_vec()));
        if self.kept.len() >= self.most * 4 {
            self.shrink();
            self.bar = self.kept.last().map_or(0, |(count, _)| *count);
        }
    }

    fn shrink(&mut self) {
        // Equal counts keep the order of the dictionary.
        self.kept.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        self.kept.truncate(self.most);
    }

    fn into_words(mut self) -> impl Iterator<Item = (u32, String)> {
        self.shrink();
        self.kept.into_iter().filter_map(|(count, word)| Some((count, String::from_utf8(word).ok()?)))
    }
}
