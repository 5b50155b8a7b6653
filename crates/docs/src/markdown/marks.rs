//! Marks in a line of text that plain Markdown does not know: `==marked==`, `^^inserted^^`, `x^2^`,
//! `H~2~O` and `++ctrl+c++`.
//!
//! Only runs of plain text are marked: what has another mark inside that Markdown reads is left alone.
//! Marks of this kind may stand in one another: `^^new ^and\ high^^^`.

use super::keys;

/// A mark in a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Mark<'t> {
    /// An element around a text.
    Element(&'static str, &'t str),
    /// Keys to press together, by what stands on them.
    Keys(Vec<String>),
}

/// A mark and where it stands.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found<'t> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) mark: Mark<'t>,
}

/// Text between two marks may be this long, in bytes; a line of marks is not searched over and over.
const MAX_INSIDE: usize = 1024;

/// The first mark in `text`.
pub(crate) fn next(text: &str) -> Option<Found<'_>> {
    let bytes = text.as_bytes();
    let starts = bytes.iter().enumerate().filter(|(_, c)| matches!(c, b'=' | b'^' | b'~' | b'+') || c.is_ascii_digit());
    let starts = starts.map(|(at, _)| at);
    let mut skip = 0;
    for at in starts {
        if at < skip {
            continue;
        }
        if bytes[at].is_ascii_digit() {
            let digits = bytes[at..].iter().take_while(|c| c.is_ascii_digit()).count();
            skip = at + digits;
            if let Some((inside, end)) = ordinal(text, at, digits) {
                return Some(Found { start: at + digits, end, mark: Mark::Element("sup", inside) });
            }
            continue;
        }
        let run = bytes[at..].iter().take_while(|c| **c == bytes[at]).count();
        skip = at + run;
        let found = match (bytes[at], run) {
            (b'=', 2) => wide(text, at, "==").map(|(inside, end)| (Mark::Element("mark", inside), end)),
            (b'^', 2) => wide(text, at, "^^").map(|(inside, end)| (Mark::Element("ins", inside), end)),
            (b'^', 1) => narrow(text, at).map(|(inside, end)| (Mark::Element("sup", inside), end)),
            (b'^', 3) => both(text, at),
            (b'~', 1) => narrow(text, at).map(|(inside, end)| (Mark::Element("sub", inside), end)),
            (b'+', 2) => keys(text, at).map(|(names, end)| (Mark::Keys(names), end)),
            _ => None,
        };
        if let Some((mark, end)) = found {
            return Some(Found { start: at, end, mark });
        }
    }
    None
}

/// `text` without its marks, as headings are shown in an outline.
pub(crate) fn without(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(found) = next(rest) {
        out.push_str(&rest[..found.start]);
        match found.mark {
            Mark::Element(_, inside) => out.push_str(&without(inside).replace("\\ ", " ")),
            Mark::Keys(names) => out.push_str(&names.join("+")),
        }
        rest = &rest[found.end..];
    }
    out + rest
}

/// What stands between the two characters at `at` and their like; both stand at the edge of a word.
fn wide<'t>(text: &'t str, at: usize, mark: &str) -> Option<(&'t str, usize)> {
    let inside = &text[at + 2..];
    let reach = inside.floor_char_boundary(MAX_INSIDE);
    let word_before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    if word_before || inside.starts_with(char::is_whitespace) {
        return None;
    }
    let length = closing(&inside[..reach], inside, mark.as_bytes()[0])?;
    Some((&inside[..length], at + 2 + length + 2))
}

/// Where the pair of marks stands that ends what `inside` begins with, looked for in `reach`.
fn closing(reach: &str, inside: &str, mark: u8) -> Option<usize> {
    // A single mark that is open in it ends with the first of three.
    let mut single = false;
    let mut at = 0;
    while let Some(found) = reach.as_bytes()[at..].iter().position(|c| *c == mark) {
        let start = at + found;
        let run = inside.as_bytes()[start..].iter().take_while(|c| **c == mark).count();
        at = (start + run).min(reach.len());
        let after = &inside[start + run..];
        // Marks that stand free, or begin another word, are none that end this one.
        let free = start == 0 || inside[..start].ends_with(char::is_whitespace);
        let ends = !free && !after.starts_with(char::is_alphanumeric);
        match run {
            1 if mark == b'^' => single = !single && !after.starts_with(char::is_whitespace),
            2 if ends => return Some(start),
            3 if ends && single => return Some(start + 1),
            _ => {}
        }
    }
    None
}

/// An element in an element: `^^^a^ b^^` or `^^^a^^ b^`, or one around the same words as the other.
fn both(text: &str, at: usize) -> Option<(Mark<'_>, usize)> {
    let inside = &text[at + 3..];
    let first = inside.find('^').filter(|length| *length > 0)?;
    if inside.starts_with(char::is_whitespace) || inside[..first].ends_with(char::is_whitespace) {
        return None;
    }
    match inside.as_bytes()[first..].iter().take_while(|c| **c == b'^').count() {
        2 => narrow(text, at).map(|(inside, end)| (Mark::Element("sup", inside), end)),
        _ => wide(text, at, "^^").map(|(inside, end)| (Mark::Element("ins", inside), end)),
    }
}

/// The letters behind an ordinal number of so many digits: `1st`, `22nd`, `11th`.
fn ordinal(text: &str, at: usize, digits: usize) -> Option<(&str, usize)> {
    let before = text[..at].chars().next_back();
    let (number, rest) = (&text[at..at + digits], &text[at + digits..]);
    let letters = rest.get(..2)?;
    let after = rest[2..].chars().next();
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let teen = number.ends_with("11") || number.ends_with("12") || number.ends_with("13");
    let expected = match number.as_bytes()[digits - 1] {
        _ if teen => "th",
        b'1' => "st",
        b'2' => "nd",
        b'3' => "rd",
        _ => "th",
    };
    let ok = letters == expected && !joins(before) && !joins(after) && before != Some('.') && digits <= 6;
    ok.then_some((letters, at + digits + 2))
}

/// What stands between the character at `at` and its like, without any space.
fn narrow(text: &str, at: usize) -> Option<(&str, usize)> {
    let mark = text.as_bytes()[at];
    let inside = &text[at + 1..];
    let bytes = inside.as_bytes();
    // A pair of marks that is open in it ends with the first two of three.
    let mut pair = false;
    let mut length = 0;
    while length < bytes.len().min(MAX_INSIDE) {
        match bytes[length] {
            // An escaped space is one of the text inside.
            b'\\' if bytes.get(length + 1) == Some(&b' ') => length += 2,
            c if c.is_ascii_whitespace() => return None,
            c if c == mark => {
                let run = bytes[length..].iter().take_while(|c| **c == mark).count();
                let end = match run {
                    1 => Some(length),
                    3 if pair => Some(length + 2),
                    _ => None,
                };
                if let Some(end) = end {
                    return (end > 0).then(|| (&inside[..end], at + 1 + end + 1));
                }
                // Only signs of insertion hold others.
                pair = run == 2 && mark == b'^' && !pair;
                if run != 2 || mark != b'^' {
                    return None;
                }
                length += run;
            }
            _ => length += 1,
        }
    }
    None
}

fn keys(text: &str, at: usize) -> Option<(Vec<String>, usize)> {
    let inside = &text[at + 2..];
    let reach = inside.floor_char_boundary(64);
    let length = inside[..reach].find("++")?;
    let names = inside[..length].split('+').map(key).collect::<Option<Vec<_>>>()?;
    Some((names, at + 2 + length + 2))
}

fn key(name: &str) -> Option<String> {
    let quoted = |quote: char| name.strip_prefix(quote)?.strip_suffix(quote);
    match quoted('"').or_else(|| quoted('\'')) {
        Some(own) => Some(own.to_owned()).filter(|own| !own.is_empty()),
        None => keys::label(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        match next(text) {
            Some(found) => format!("{} {:?} {}", &text[..found.start], found.mark, &text[found.end..]),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn marks_are_told_from_signs() {
        assert_eq!(check("a ==b c== d"), "a  Element(\"mark\", \"b c\")  d");
        assert_eq!(check("^^new^^"), " Element(\"ins\", \"new\") ");
        assert_eq!(check("x^2^"), "x Element(\"sup\", \"2\") ");
        assert_eq!(check("H~2~O"), "H Element(\"sub\", \"2\") O");
        assert_eq!(check("the 22nd time"), "the 22 Element(\"sup\", \"nd\")  time");
        assert_eq!(check("111th"), "111 Element(\"sup\", \"th\") ");
        assert_eq!((check("22th").as_str(), check("a1st").as_str(), check("1sty").as_str()), ("none", "none", "none"));
        assert_eq!(check("++ctrl+c++"), " Keys([\"Ctrl\", \"C\"]) ");
        assert_eq!(check("++f5+'own'++"), " Keys([\"F5\", \"own\"]) ");
        assert_eq!(check("^^^a^ b^^ c"), " Element(\"ins\", \"^a^ b\")  c");
        assert_eq!(check("^^^a^^\\ b^ c"), " Element(\"sup\", \"^^a^^\\\\ b\")  c");
        assert_eq!(check("^a^^b^^^ c"), " Element(\"sup\", \"a^^b^^\")  c");
        assert_eq!(check("^^a ^b^^^ ^^c^^"), " Element(\"ins\", \"a ^b^\")  ^^c^^");
        for text in ["a == b == c", "a==b==c", "2^10 and 3^4", "~/a ~/b", "i++ + j++", "x ^^^ y", "====", "C++ and D++"]
        {
            assert_eq!(check(text), "none", "{text}");
        }
        assert_eq!(without("H~2~O and ++ctrl+c++"), "H2O and Ctrl+C");
        assert_eq!(without("^^a ^b\\ c^^^"), "a b c");
    }
}
