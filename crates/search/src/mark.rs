//! Marking in a text what a query found.

use std::{collections::HashSet, fmt, ops::Range};

use frostem::Stemmer;

use crate::{
    Query,
    fields::{STEM, stem},
    token::{Form, Part, pairs, words},
};

/// A text in pieces: each with whether the query found it.
pub type Marked = Vec<(String, bool)>;

/// Marks the words of a query in any text: as typed, by their stems, their beginnings, and near ones
/// where the index was searched for those.
pub struct Marker {
    words: Vec<MarkedWord>,
    stemmers: Vec<Stemmer>,
}

struct MarkedWord {
    /// Words and stems of the index.
    texts: HashSet<String>,
    /// What a word may begin with.
    beginning: Option<String>,
    /// First letters of the stems: hardly any word has to be stemmed to see that it is none of them.
    stem_letters: Vec<char>,
}

impl fmt::Debug for Marker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Marker").field("words", &self.words.len()).finish_non_exhaustive()
    }
}

impl Marker {
    pub(crate) fn new(query: &Query, found: Vec<Vec<String>>, stemmers: Vec<Stemmer>) -> Self {
        let words = query.words.iter().zip(found).map(|(word, texts)| {
            let last = word.parts.last().unwrap_or(&word.whole);
            let beginning = word.prefix.then(|| last.folded.clone());
            let letter = |text: &String| text.strip_prefix(STEM)?.chars().next();
            let mut stem_letters: Vec<char> = texts.iter().filter_map(letter).collect();
            stem_letters.sort_unstable();
            stem_letters.dedup();
            let typed = std::iter::once(&word.whole).chain(&word.parts).map(|term| term.folded.clone());
            MarkedWord { texts: texts.into_iter().chain(typed).collect(), beginning, stem_letters }
        });
        Self { words: words.collect(), stemmers }
    }

    /// The text, cut where the query's words start and end.
    pub fn mark(&self, text: &str) -> Marked {
        let mut pieces = Vec::new();
        let mut at = 0;
        for (range, _) in self.ranges(text) {
            if range.start > at {
                pieces.push((text[at..range.start].to_owned(), false));
            }
            pieces.push((text[range.clone()].to_owned(), true));
            at = range.end;
        }
        if at < text.len() {
            pieces.push((text[at..].to_owned(), false));
        }
        pieces
    }

    /// What is marked, in order and without overlaps, and which word of the query it is.
    pub(crate) fn ranges(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let mut ranges: Vec<(Range<usize>, usize)> = Vec::new();
        let mut push = |range: Range<usize>, word: usize| match ranges.last_mut() {
            Some((last, _)) if range.start < last.end => last.end = last.end.max(range.end),
            _ => ranges.push((range, word)),
        };
        for word in words(text) {
            match word.form {
                Form::Plain(part) => {
                    if let Some(index) = self.part(&part) {
                        push(part.start..part.end, index);
                    }
                }
                Form::Name { whole, parts } => {
                    if let Some(index) = self.plain(&whole) {
                        push(word.start..word.end, index);
                    } else {
                        for part in parts {
                            if let Some(index) = self.part(&part) {
                                push(part.start..part.end, index);
                            }
                        }
                    }
                }
                Form::Run(run) => self.run(text, word.start..word.end, &run, &mut push),
            }
        }
        ranges
    }

    fn part(&self, part: &Part) -> Option<usize> {
        let hump = || part.humps.iter().find_map(|hump| self.plain(hump));
        self.plain(&part.folded).or_else(|| self.stemmed(part)).or_else(hump)
    }

    fn plain(&self, folded: &str) -> Option<usize> {
        let begins =
            |word: &MarkedWord| word.beginning.as_ref().is_some_and(|start| folded.starts_with(start.as_str()));
        self.words.iter().position(|word| word.texts.contains(folded) || begins(word))
    }

    fn stemmed(&self, part: &Part) -> Option<usize> {
        let first = part.folded.chars().next()?;
        if !self.words.iter().any(|word| word.stem_letters.contains(&first)) {
            return None;
        }
        self.stemmers.iter().find_map(|stemmer| {
            let stemmed = format!("{STEM}{}", stem(stemmer, &part.lower)?);
            self.words.iter().position(|word| word.texts.contains(&stemmed))
        })
    }

    /// Marks the pairs of a run. Where folding changed the number of characters, the run is marked
    /// as a whole.
    fn run(&self, text: &str, range: Range<usize>, run: &[char], push: &mut impl FnMut(Range<usize>, usize)) {
        let mut starts: Vec<usize> = text[range.clone()].char_indices().map(|(at, _)| range.start + at).collect();
        starts.push(range.end);
        let same_length = starts.len() == run.len() + 1;
        let all = pairs(run);
        let singles = run.iter().map(char::to_string);
        for (at, pair) in all.iter().enumerate() {
            if let Some(index) = self.words.iter().position(|word| word.texts.contains(pair)) {
                let end = (at + 2).min(run.len());
                push(if same_length { starts[at]..starts[end] } else { range.clone() }, index);
            }
        }
        if all.len() > 1 || run.len() > 1 {
            for (at, single) in singles.enumerate() {
                let typed = |word: &MarkedWord| {
                    word.beginning.as_deref() == Some(single.as_str()) || word.texts.contains(&single)
                };
                if let Some(index) = self.words.iter().position(typed) {
                    push(if same_length { starts[at]..starts[at + 1] } else { range.clone() }, index);
                }
            }
        }
    }
}
