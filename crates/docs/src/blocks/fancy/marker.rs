//! Markers of ordered lists: `a.`, `iv)`, `#.`, and what they count.

use crate::{blocks::lines::columns, config::FancyLists};

/// What a list counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// 1, 2, 3.
    Decimal,
    /// a, b, c.
    Letters,
    /// A, B, C.
    CapitalLetters,
    /// i, ii, iii.
    Roman,
    /// I, II, III.
    CapitalRoman,
}

impl Style {
    /// The value of HTML's `type` attribute.
    pub(crate) fn html_type(self) -> &'static str {
        match self {
            Self::Decimal => "1",
            Self::Letters => "a",
            Self::CapitalLetters => "A",
            Self::Roman => "i",
            Self::CapitalRoman => "I",
        }
    }

    /// The style that such an attribute names.
    pub(super) fn named(html_type: &str) -> Option<Self> {
        let all = [Self::Decimal, Self::Letters, Self::CapitalLetters, Self::Roman, Self::CapitalRoman];
        all.into_iter().find(|style| style.html_type() == html_type)
    }

    fn is_letters(self) -> bool {
        matches!(self, Self::Letters | Self::CapitalLetters)
    }

    fn is_roman(self) -> bool {
        matches!(self, Self::Roman | Self::CapitalRoman)
    }

    /// Whether a site has this style turned on.
    pub(super) fn is_on(self, lists: FancyLists) -> bool {
        self == Self::Decimal || self.is_letters() && lists.letters || self.is_roman() && lists.roman
    }
}

/// A marker as its author wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker<'t> {
    /// What stands before the dot or the parenthesis.
    value: &'t str,
    /// The dot or the parenthesis.
    pub(super) end: char,
}

/// The list that a marker may belong to: the one right before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Before {
    pub(super) style: Style,
    pub(super) end: char,
    /// The number of its last item.
    pub(super) last: u32,
}

/// Characters of a marker's value; more than a person counts to.
const MAX_VALUE: usize = 24;

impl<'t> Marker<'t> {
    /// The marker at the start of `text` and the bytes that it takes, if a list of this site may have it.
    pub(super) fn read(text: &'t str, lists: FancyLists) -> Option<(Self, usize)> {
        let length = text.bytes().take(MAX_VALUE).take_while(|c| !matches!(c, b'.' | b')')).count();
        let value = &text[..length];
        let end = text[length..].chars().next().filter(|c| matches!(c, '.' | ')'))?;
        let rest = &text[length + 1..];
        let white = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let gap = columns(&text[..length + 1 + white]) - length - 1;
        if gap == 0 || white == rest.len() || value.is_empty() {
            return None;
        }
        let capital = value.len() == 1 && value.starts_with(|c: char| c.is_ascii_uppercase());
        let known = match value {
            "#" => lists.generic,
            _ if value.bytes().all(|c| c.is_ascii_digit()) => value.len() <= 9,
            // One capital letter and a dot begin a name more often than a list.
            _ if capital && end == '.' && gap < 2 => false,
            _ => {
                lists.letters && value.len() == 1 && value.starts_with(|c: char| c.is_ascii_alphabetic())
                    || lists.roman && roman(value).is_some()
            }
        };
        known.then_some((Self { value, end }, length + 1))
    }

    /// Whether it is a number, as in any Markdown.
    pub(super) fn is_number(self) -> bool {
        self.value.starts_with(|c: char| c.is_ascii_digit())
    }

    /// What the list with this marker counts in: `first` when a blank line stands before it.
    ///
    /// As in pymdown-extensions a letter alone begins a list of letters, but for `i`; the one addition is
    /// that `i` goes on with a list whose last item is `h`, also behind a blank line.
    pub(super) fn style(self, lists: FancyLists, first: bool, before: Option<Before>) -> Style {
        if self.is_number() {
            return Style::Decimal;
        }
        if self.value == "#" {
            return before.map_or(Style::Decimal, |before| before.style);
        }
        let small = self.value.starts_with(|c: char| c.is_ascii_lowercase());
        let (letters, roman) = match small {
            true => (Style::Letters, Style::Roman),
            false => (Style::CapitalLetters, Style::CapitalRoman),
        };
        let goes_on = |style: Style| before.is_some_and(|before| before.style == style && before.end == self.end);
        let is_turn = before.is_some_and(|before| letter(self.value) == Some(before.last + 1));
        if self.value.len() > 1 || !lists.letters {
            return roman;
        }
        let is_i = self.value.eq_ignore_ascii_case("i");
        let is_letter = if !lists.roman || self::roman(self.value).is_none() {
            true
        } else if first {
            if is_i { goes_on(letters) && is_turn } else { !goes_on(roman) }
        } else {
            goes_on(letters)
        };
        if is_letter { letters } else { roman }
    }

    /// The number of an item with this marker in a list that counts in `style`.
    pub(super) fn number(self, style: Style) -> u32 {
        let number = match style {
            _ if self.is_number() => self.value.parse().ok(),
            Style::Roman | Style::CapitalRoman => roman(self.value),
            Style::Letters | Style::CapitalLetters => letter(self.value),
            Style::Decimal => None,
        };
        number.unwrap_or(1)
    }

    /// Whether a list that is said to count in `style` may have it.
    pub(super) fn fits(self, style: Style) -> bool {
        match style {
            _ if self.value == "#" => true,
            Style::Decimal => self.is_number(),
            Style::Roman | Style::CapitalRoman => roman(self.value).is_some(),
            Style::Letters | Style::CapitalLetters => letter(self.value).is_some(),
        }
    }
}

/// The place of a letter alone in the alphabet, from 1.
fn letter(value: &str) -> Option<u32> {
    match value.as_bytes() {
        [c] if c.is_ascii_alphabetic() => Some(u32::from(c.to_ascii_lowercase() - b'a') + 1),
        _ => None,
    }
}

/// The number that a Roman numeral means; all its letters are small, or all are capital.
///
/// The rules are those of pymdown-extensions: pairs such as `IX` and `CD` subtract, `V`, `L` and `D` stand
/// once, and a run may be as long as the next unit, so that `IIIII` at the end is a five.
fn roman(value: &str) -> Option<u32> {
    let small = value.bytes().all(|c| b"ivxlcdm".contains(&c));
    if value.is_empty() || !(small || value.bytes().all(|c| b"IVXLCDM".contains(&c))) {
        return None;
    }
    let upper = value.to_ascii_uppercase();
    let thousands = upper.bytes().take_while(|c| *c == b'M').count();
    let mut number = thousands as u32 * 1000;
    let mut rest = &upper[thousands..];
    for (one, five, ten, unit) in [('C', 'D', 'M', 100), ('X', 'L', 'C', 10), ('I', 'V', 'X', 1)] {
        let Some(tail) = rest.strip_prefix(one) else {
            if let Some(tail) = rest.strip_prefix(five) {
                let ones = tail.chars().take_while(|c| *c == one).count();
                rest = run(tail, ones, 5)?;
                number += (5 + ones as u32) * unit;
            }
            continue;
        };
        if let Some(tail) = tail.strip_prefix(ten) {
            number += 9 * unit;
            rest = tail;
        } else if let Some(tail) = tail.strip_prefix(five) {
            number += 4 * unit;
            rest = tail;
        } else {
            let ones = rest.chars().take_while(|c| *c == one).count();
            rest = run(rest, ones, 10)?;
            number += ones as u32 * unit;
        }
    }
    rest.is_empty().then_some(number)
}

/// What follows a run of `ones` equal letters; a run as long as the next unit ends the numeral.
fn run(text: &str, ones: usize, unit: usize) -> Option<&str> {
    let rest = &text[ones..];
    (ones < unit || ones == unit && rest.is_empty()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: FancyLists = FancyLists::ALL;

    #[test]
    fn numerals_mean_numbers() {
        let known = [("i", 1), ("iv", 4), ("MCMXCIX", 1999), ("iiii", 4), ("MCCCCCCVI", 1606), ("VIIIII", 10)];
        for (text, number) in known.into_iter().chain([("DCCCCC", 1000), ("LXXXXX", 100), ("mix", 1009)]) {
            assert_eq!(roman(text), Some(number), "{text}");
        }
        for text in ["", "IXI", "vv", "iiv", "Iv", "DCCCCCX", "VIIIIII", "abc", "IC"] {
            assert_eq!(roman(text), None, "{text}");
        }
    }

    #[test]
    fn markers_are_told_from_text() {
        let read = |text: &str| Marker::read(text, ALL).map(|(marker, length)| (marker.value.to_owned(), length));
        for (text, value) in
            [("a. x", "a"), ("iv) x", "iv"), ("#. x", "#"), ("B.  x", "B"), ("B) x", "B"), ("12. x", "12")]
        {
            assert_eq!(read(text), Some((value.to_owned(), value.len() + 1)), "{text}");
        }
        for text in ["B. Russell", "a.x", "e.g. x", "ab. x", "a", "a.", "(a) x", "ä. x", ". x"] {
            assert_eq!(read(text), None, "{text}");
        }
        let numbers = FancyLists { roman: false, letters: false, generic: false };
        assert_eq!(Marker::read("a. x", numbers), None);
        assert_eq!(Marker::read("#. x", numbers), None);
    }

    #[test]
    fn a_letter_is_a_numeral_where_a_list_counts_in_numerals() {
        let style = |text: &str, first: bool, before: Option<(Style, char, u32)>| {
            let before = before.map(|(style, end, last)| Before { style, end, last });
            Marker::read(text, ALL).map(|(marker, _)| marker.style(ALL, first, before))
        };
        assert_eq!(style("i. x", true, None), Some(Style::Roman));
        assert_eq!(style("v. x", true, None), Some(Style::Letters));
        assert_eq!(style("v. x", true, Some((Style::Roman, '.', 4))), Some(Style::Roman));
        assert_eq!(style("v. x", false, Some((Style::Roman, '.', 4))), Some(Style::Roman));
        assert_eq!(style("i. x", false, Some((Style::Letters, '.', 8))), Some(Style::Letters));
        assert_eq!(style("i. x", true, Some((Style::Letters, '.', 8))), Some(Style::Letters), "its turn");
        assert_eq!(style("i. x", true, Some((Style::Letters, '.', 2))), Some(Style::Roman));
        assert_eq!(style("#. x", false, Some((Style::CapitalRoman, '.', 2))), Some(Style::CapitalRoman));
        assert_eq!(style("C)  x", false, Some((Style::CapitalRoman, ')', 99))), Some(Style::CapitalRoman));
    }
}
