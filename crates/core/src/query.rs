//! What a person types into the palette, and how well a title answers it.

/// A query, split into folded words. Odd input is never an error: it is just words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    words: Vec<String>,
}

/// Lower case without diacritics for Latin letters, so that `gdansk` finds `Gdańsk`.
pub fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(fold_char).collect()
}

fn fold_char(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ī' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' => 's',
        'ť' | 'ţ' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

impl Query {
    /// Splits `text` at white space and folds case and diacritics.
    pub fn parse(text: &str) -> Self {
        Self { words: text.split_whitespace().map(fold).collect() }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How well `text` answers the query; `None` when a word is missing. Higher is better.
    ///
    /// A word counts most at the start of the text, less at the start of a word, least inside one.
    /// Shorter texts win ties, so the exact title comes first.
    pub fn score(&self, text: &str) -> Option<u32> {
        let folded = fold(text);
        let mut total = 0;
        for word in &self.words {
            total += word_score(&folded, word)?;
        }
        Some(total * 100 + 100u32.saturating_sub(folded.chars().count() as u32))
    }

    /// Byte ranges of `text` that the query's words match, merged and in order, for marking.
    pub fn ranges(&self, text: &str) -> Vec<(usize, usize)> {
        // Folding maps each character to exactly one (apart from rare lower-case expansions), so
        // positions are taken by character and not by byte.
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let folded: Vec<char> = chars.iter().map(|&(_, c)| fold_char(c.to_lowercase().next().unwrap_or(c))).collect();
        let mut ranges = Vec::new();
        for word in &self.words {
            let word: Vec<char> = word.chars().collect();
            if word.is_empty() || word.len() > folded.len() {
                continue;
            }
            let mut at = 0;
            while at + word.len() <= folded.len() {
                if folded[at..at + word.len()] == word[..] {
                    let end = chars.get(at + word.len()).map_or(text.len(), |&(byte, _)| byte);
                    ranges.push((chars[at].0, end));
                    at += word.len();
                } else {
                    at += 1;
                }
            }
        }
        ranges.sort_unstable();
        let mut merged: Vec<(usize, usize)> = Vec::new();
        for (start, end) in ranges {
            match merged.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => merged.push((start, end)),
            }
        }
        merged
    }
}

fn word_score(folded: &str, word: &str) -> Option<u32> {
    let mut best = None;
    for (at, _) in folded.match_indices(word) {
        let starts_word = folded[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let score = if at == 0 {
            3
        } else if starts_word {
            2
        } else {
            1
        };
        best = best.max(Some(score));
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_must_be_there_and_the_start_counts_most() {
        let query = Query::parse("vpn set");
        assert!(query.score("Set up the VPN").is_some());
        assert_eq!(query.score("Set up the laptop"), None);
        let vpn = Query::parse("vpn");
        assert!(vpn.score("VPN guide") > vpn.score("Set up the VPN"));
        assert!(vpn.score("The VPN") > vpn.score("OpenVPN"));
    }

    #[test]
    fn diacritics_do_not_hide_a_place() {
        assert_eq!(Query::parse("gdansk").ranges("in Gdańsk, now"), vec![(3, 10)]);
    }

    #[test]
    fn overlapping_matches_are_marked_once() {
        assert_eq!(Query::parse("ab abc").ranges("xabcx"), vec![(1, 4)]);
        assert!(Query::parse("   ").is_empty());
    }
}
