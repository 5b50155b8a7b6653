//! "Did you mean".

use crate::{
    Index, Query, SearchError,
    expand::{Dictionaries, distances},
    query::QueryWord,
};

/// A word that is in this many times as many sections is what was meant, even where the typed one is
/// somewhere: other people mistype as well.
const FAR_MORE: u32 = 100;

/// A typed word in more sections than this is meant.
const RARE: u32 = 20;

impl Index {
    /// The query with its unknown words replaced by near ones that the index has; nothing where
    /// every word is known or none is near.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn did_you_mean(&self, query: &Query) -> Result<Option<String>, SearchError> {
        let searcher = self.searcher();
        let dictionaries = Dictionaries::of(&searcher, self.fields())?;
        let mut text = query.text.clone();
        let mut changed = false;
        // From the end, so that places before stay right.
        for word in query.words.iter().rev() {
            if let Some(better) = better(&dictionaries, word)? {
                text.replace_range(word.start..word.end, &better);
                changed = true;
            }
        }
        Ok(changed.then_some(text))
    }
}

fn better(dictionaries: &Dictionaries, word: &QueryWord) -> Result<Option<String>, SearchError> {
    let typed = &word.whole.folded;
    let known = dictionaries.count(typed)?;
    if known > RARE {
        return Ok(None);
    }
    // By stem, by beginning or by parts it is known all the same.
    if known == 0 && !dictionaries.matches(&word.whole, word.prefix)?.is_empty() {
        return Ok(None);
    }
    if known == 0 && !word.parts.is_empty() {
        let mut all = true;
        for part in &word.parts {
            all &= !dictionaries.matches(part, word.prefix)?.is_empty();
        }
        if all {
            return Ok(None);
        }
    }
    for distance in distances(typed) {
        let near = dictionaries.near(typed, *distance, false)?;
        let better = near
            .into_iter()
            .find(|(text, count)| text != typed && *count >= known.max(1) * if known == 0 { 1 } else { FAR_MORE });
        if let Some((text, _)) = better {
            return Ok(Some(text));
        }
    }
    Ok(None)
}
