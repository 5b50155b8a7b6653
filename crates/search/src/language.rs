//! Which language a text is in, and the stems of its words.

use frostem::{Algorithm, Stemmer};
use whatlang::{Detector, Lang};

/// A language whose words have stems here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Language {
    /// ISO 639-3.
    pub(crate) code: &'static str,
    lang: Lang,
    algorithm: Algorithm,
}

const fn language(code: &'static str, lang: Lang, algorithm: Algorithm) -> Language {
    Language { code, lang, algorithm }
}

const LANGUAGES: [Language; 18] = [
    language("eng", Lang::Eng, Algorithm::English),
    language("deu", Lang::Deu, Algorithm::German),
    language("fra", Lang::Fra, Algorithm::French),
    language("spa", Lang::Spa, Algorithm::Spanish),
    language("por", Lang::Por, Algorithm::Portuguese),
    language("ita", Lang::Ita, Algorithm::Italian),
    language("nld", Lang::Nld, Algorithm::Dutch),
    language("dan", Lang::Dan, Algorithm::Danish),
    language("swe", Lang::Swe, Algorithm::Swedish),
    language("nob", Lang::Nob, Algorithm::Norwegian),
    language("fin", Lang::Fin, Algorithm::Finnish),
    language("pol", Lang::Pol, Algorithm::Polish),
    language("hun", Lang::Hun, Algorithm::Hungarian),
    language("ron", Lang::Ron, Algorithm::Romanian),
    language("rus", Lang::Rus, Algorithm::Russian),
    language("ell", Lang::Ell, Algorithm::Greek),
    language("tur", Lang::Tur, Algorithm::Turkish),
    language("ara", Lang::Ara, Algorithm::Arabic),
];

/// As many bytes of a text tell its language.
const SAMPLE: usize = 2_000;

impl Language {
    /// What most technical texts are written in; the guess where a text is too short to tell.
    pub(crate) const ENGLISH: Self = LANGUAGES[0];

    /// The language of a text.
    pub(crate) fn of(text: &str) -> Self {
        let sample = &text[..text.floor_char_boundary(SAMPLE)];
        let detector = Detector::with_allowlist(LANGUAGES.iter().map(|language| language.lang).collect());
        let info = detector.detect(sample).filter(whatlang::Info::is_reliable);
        let lang = info.map_or(Lang::Eng, |info| info.lang());
        LANGUAGES.into_iter().find(|language| language.lang == lang).unwrap_or(Self::ENGLISH)
    }

    /// The language of an ISO 639-3 code.
    pub(crate) fn coded(code: &str) -> Option<Self> {
        LANGUAGES.into_iter().find(|language| language.code == code)
    }

    /// What takes the endings off this language's words.
    pub(crate) fn stemmer(self) -> Stemmer {
        Stemmer::new(self.algorithm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_tells_its_language() {
        for (code, text) in [
            ("eng", "Every new member of the team asks for access to the cluster on the first day of the week."),
            ("deu", "Jedes neue Mitglied der Mannschaft bittet am ersten Tag der Woche um Zugang zu den Rechnern."),
            ("fra", "Chaque nouveau membre de l'équipe demande un accès à la plateforme dès le premier jour."),
            ("eng", "x"),
            ("eng", ""),
        ] {
            assert_eq!(Language::of(text).code, code, "{text}");
        }
        assert_eq!(Language::coded("deu").map(|language| language.code), Some("deu"));
        assert!(Language::coded("xxx").is_none());
    }
}
