//! A passphrase while it is typed, and what is said about where keys lie.

/// The shortest that seals a file; the device checks it again.
const SHORTEST: usize = 12;

/// What was typed.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Passphrase {
    /// The passphrase.
    pub(crate) first: String,
    /// The same once more, where a new one is made.
    pub(crate) again: String,
}

impl Passphrase {
    /// Whether it can be sent: an old one as it is, a new one long enough and twice the same.
    pub(crate) fn is_ready(&self, makes: bool) -> bool {
        if makes { self.is_long() && self.first == self.again } else { !self.first.is_empty() }
    }

    /// What a new one still lacks.
    pub(crate) fn hint(&self) -> String {
        if !self.is_long() {
            format!("At least {SHORTEST} characters; several words are best. Nobody can find it again for you.")
        } else if self.again.is_empty() {
            "Now once more below.".to_owned()
        } else if self.first == self.again {
            "Both are the same.".to_owned()
        } else {
            "The two are not the same yet.".to_owned()
        }
    }

    fn is_long(&self) -> bool {
        self.first.chars().count() >= SHORTEST
    }
}

/// Why a passphrase is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The sealed file is opened.
    Open,
    /// One is made, because there is no keyring.
    Make,
    /// One is made in place of another that nobody can open.
    MakeAnew,
}

impl Asked {
    /// The same for the person.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Open => "They lie in a file that your passphrase seals. Nothing is sent until it is open.",
            Self::Make => {
                "This system has no keyring that is open, so they are gone when Waymark is closed, and you would have to join again. A file that a passphrase seals keeps them."
            }
            Self::MakeAnew => "The new file keeps those that you get when you join again.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_passphrase_is_long_and_typed_twice() {
        let typed = |first: &str, again: &str| Passphrase { first: first.to_owned(), again: again.to_owned() };
        assert!(!typed("short", "short").is_ready(true));
        assert!(typed("short", "").is_ready(false), "an old one may be anything");
        assert!(!typed("", "").is_ready(false));
        let differs = typed("harbour lamp eleven", "harbour lamp");
        assert!(!differs.is_ready(true));
        assert_eq!(differs.hint(), "The two are not the same yet.");
        let same = typed("harbour lamp eleven", "harbour lamp eleven");
        assert_eq!((same.is_ready(true), same.hint().as_str()), (true, "Both are the same."));
        assert!(typed("short", "").hint().starts_with("At least 12"));
    }
}
