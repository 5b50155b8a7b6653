//! `pymdownx.fancylists`: which markers of ordered lists there are beside numbers.

use serde::{Deserialize, Serialize};

use super::yaml::Node;

/// Which markers of ordered lists there are beside numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FancyLists {
    /// `i.`, `II)`.
    pub roman: bool,
    /// `a.`, `B)`.
    pub letters: bool,
    /// `#.`, whatever the list counts in.
    pub generic: bool,
}

impl FancyLists {
    /// All of them, as where a site turns the extension on and says nothing else.
    pub const ALL: Self = Self { roman: true, letters: true, generic: true };
}

impl Default for FancyLists {
    fn default() -> Self {
        Self::ALL
    }
}

/// Reads the extension's settings.
pub(super) fn read(options: &Node) -> FancyLists {
    let Some(styles) = options.get("additional_ordered_styles") else { return FancyLists::ALL };
    let has = |name: &str| styles.items().iter().any(|item| item.text() == Some(name));
    FancyLists { roman: has("roman"), letters: has("alpha"), generic: has("generic") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::yaml::parse;

    #[test]
    fn styles_that_are_listed_are_the_only_ones() {
        let check = |text: &str| read(&parse(text).expect("it is YAML"));
        assert_eq!(check("inject_style: true"), FancyLists::ALL);
        let roman = FancyLists { roman: true, letters: false, generic: true };
        assert_eq!(check("additional_ordered_styles: [roman, generic]"), roman);
        assert_eq!(check("additional_ordered_styles: []"), FancyLists { roman: false, letters: false, generic: false });
    }
}
