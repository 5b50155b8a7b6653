//! The rules that every archive must keep, and how a broken one is named.

use std::fmt;

/// A rule for archives. The letters group them: names, entries, limits, streams, index, trust.
///
/// There is no `E2` here: it says that the modes of entries are not taken over, and nothing is
/// refused for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Names are relative.
    N1,
    /// No parent segment, after `/` and after `\`, also percent-encoded.
    N2,
    /// No drive, UNC or device prefix of Windows.
    N3,
    /// No stream colon and no device name of Windows, with any extension.
    N4,
    /// No segment ends with a dot or a space.
    N5,
    /// No empty segment and no `.` segment.
    N6,
    /// UTF-8 of printable characters: no control, format or bidi character.
    N7,
    /// Each segment is of the closed alphabet.
    N8,
    /// At most 16 segments, 100 bytes a segment, 240 bytes in all.
    N9,
    /// No segment that some file system takes for `.git`.
    N10,
    /// The extension is in the closed list.
    N11,
    /// Regular files and directories only.
    E1,
    /// No two entries for one path, whatever the case or the Unicode form of their names.
    E3,
    /// Nested archives are never unpacked, and are no content.
    E4,
    /// The limits of [`crate::Limits`].
    L1,
    /// The whole stream is there: end marker, checksum, length.
    S1,
    /// Exactly one archive, with nothing before or after it.
    S2,
    /// The local headers of a zip say what its directory says; no encryption, no overlap.
    S3,
    /// Extension headers do not give an entry another name or size.
    S4,
    /// Exactly one well-formed index, which lists all files and only those.
    I1,
    /// A valid signature.
    T1,
    /// A publisher's key that is trusted here.
    T2,
    /// The sequence rises from one installed version to the next.
    T3,
}

impl Rule {
    /// The short name, as it is printed: `N2`.
    pub fn id(self) -> &'static str {
        self.text().0
    }

    /// What the rule asks for, in words.
    pub fn words(self) -> &'static str {
        self.text().1
    }

    fn text(self) -> (&'static str, &'static str) {
        match self {
            Self::N1 => ("N1", "relative names only"),
            Self::N2 => ("N2", "no parent segment"),
            Self::N3 => ("N3", "no drive, UNC or device prefix"),
            Self::N4 => ("N4", "no stream colon and no Windows device name"),
            Self::N5 => ("N5", "no trailing dot or space in a segment"),
            Self::N6 => ("N6", "no empty or \".\" segment"),
            Self::N7 => ("N7", "printable UTF-8 only"),
            Self::N8 => ("N8", "segments of letters, digits, space, dot, dash and underscore, a letter or digit first"),
            Self::N9 => ("N9", "at most 16 segments, 100 bytes a segment, 240 bytes in all"),
            Self::N10 => ("N10", "no .git-like segment"),
            Self::N11 => ("N11", "an extension of the closed list"),
            Self::E1 => ("E1", "regular files and directories only"),
            Self::E3 => ("E3", "no two entries for one path"),
            Self::E4 => ("E4", "nested archives are never unpacked"),
            Self::L1 => ("L1", "limits"),
            Self::S1 => ("S1", "the whole stream"),
            Self::S2 => ("S2", "exactly one archive, nothing before or after"),
            Self::S3 => ("S3", "local header equals directory, no encryption, no overlap"),
            Self::S4 => ("S4", "no other name or size by extension headers"),
            Self::I1 => ("I1", "exactly one well-formed index"),
            Self::T1 => ("T1", "a valid signature"),
            Self::T2 => ("T2", "a trusted publisher"),
            Self::T3 => ("T3", "the sequence rises"),
        }
    }
}

/// Why an archive is refused: the rule, and what broke it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The broken rule.
    pub rule: Rule,
    /// What broke it; safe to print, whatever the archive says.
    pub about: String,
}

impl Refusal {
    /// A refusal with its reason in our own words.
    pub(crate) fn because(rule: Rule, about: impl Into<String>) -> Self {
        Self { rule, about: about.into() }
    }

    /// A refusal for a name of the archive, which is quoted and cut.
    pub(crate) fn of_name(rule: Rule, name: &[u8]) -> Self {
        Self { rule, about: quoted(name) }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.rule.id(), self.rule.words(), self.about)
    }
}

impl std::error::Error for Refusal {}

/// Characters of a name that are shown.
const SHOWN: usize = 120;

/// A name as it can be printed anywhere: escaped, so that it cannot steer a terminal, and cut.
pub(crate) fn quoted(name: &[u8]) -> String {
    let text = String::from_utf8_lossy(name);
    let mut cut: String = text.chars().take(SHOWN).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    format!("{cut:?}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_rule_words_and_cause() {
        let refusal = Refusal::of_name(Rule::N2, b"../x");
        assert_eq!(refusal.to_string(), "N2: no parent segment: \"../x\"");
    }

    #[test]
    fn a_name_cannot_steer_the_terminal_or_fill_it() {
        let shown = quoted("a\u{1b}[31m\u{202e}\n".as_bytes());
        assert!(shown.is_ascii() && !shown.contains('\u{1b}'), "{shown}");
        assert!(quoted(&[b'd'; 5000]).chars().count() < 130);
        assert_eq!(quoted(b"\xff"), "\"\u{fffd}\"");
    }
}
