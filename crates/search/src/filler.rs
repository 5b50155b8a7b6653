//! Words that say how a sentence is built and not what it is about.

/// Of the languages that questions are most often asked in. They are left out of a query that has
/// other words: whoever types "how do I get access" looks for access.
const FILLERS: &[&str] = &[
    // English
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "could", "did", "do", "does", "for", "from", "has", "have",
    "how", "i", "in", "is", "it", "me", "my", "of", "on", "or", "our", "should", "that", "the", "their", "there",
    "this", "to", "was", "we", "what", "when", "where", "which", "who", "why", "will", "with", "would", "you", "your",
    // German
    "am", "auf", "aus", "bei", "das", "dem", "den", "der", "des", "die", "ein", "eine", "einem", "einen", "einer", "es",
    "fur", "ich", "im", "ist", "kann", "man", "mit", "oder", "sind", "und", "von", "wann", "warum", "was", "wer",
    "wie", "wir", "wo", "zu", "zum", "zur", // French
    "au", "avec", "ce", "comment", "dans", "de", "du", "elle", "en", "est", "et", "il", "je", "la", "le", "les", "ou",
    "par", "pour", "que", "qui", "sont", "sur", "un", "une", // Spanish
    "como", "con", "del", "donde", "el", "las", "lo", "los", "para", "por", "se", "son", "una", "y",
];

/// Whether a folded word is such a word.
pub(crate) fn is_filler(folded: &str) -> bool {
    FILLERS.contains(&folded)
}
