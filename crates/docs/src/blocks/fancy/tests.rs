use super::*;
use crate::blocks::Surroundings;
use crate::config::Dialect;

/// The text as Markdown gets to read it, and its lists by the markers' offsets.
fn check(text: &str) -> (String, Vec<(usize, &'static str, u32)>) {
    let dialect = Dialect { fancy_lists: Some(FancyLists::ALL), ..Dialect::default() };
    let chunk = crate::blocks::split(text, 1, "n", Surroundings { dialect: &dialect, files: None });
    let counting = chunk.counting.iter().map(|(at, c)| (*at, c.style.html_type(), c.start)).collect();
    (chunk.lines.text().to_owned(), counting)
}

#[test]
fn markers_become_numbers_and_texts_start_where_they_belong() {
    let (text, counting) = check("a. x\nb. y\n\n    more\n");
    assert_eq!(text, "1. x\n1. y\n\n    more\n");
    assert_eq!(counting[0], (0, "a", 1));
    let (text, _) = check("iii. x\n\n    more\n\nviii.    y");
    assert_eq!(text, "1.  x\n\n    more\n\n1.  y\n", "text is at most four columns in");
    let (text, counting) = check("a) b) x\n   c) y");
    assert_eq!(text, "1. 1. x\n   1. y\n");
    assert_eq!(counting[..2], [(0, "a", 1), (3, "a", 2)]);
}

#[test]
fn another_style_or_sign_is_another_list() {
    assert_eq!(check("a. x\nb. y\ni) z\n1. u\n2. v").0, "1. x\n1. y\n1) z\n1. u\n2. v\n");
    assert_eq!(check("1. x\na. y\nb. z").0, "1. x\n1) y\n1) z\n");
    assert_eq!(check("iv. x\n\nv. y").1, [(0, "i", 4), (7, "i", 5)], "a blank line changes nothing");
}

#[test]
fn text_and_code_stay_as_they_are() {
    for text in [
        "text\na. x",
        "see\n\n    a. code",
        "```\na. x\n```",
        "B. Russell",
        "<div>\na. x\n</div>",
        "- text\n\n  text\n  a. x",
        "# H\n\ntext a. x",
    ] {
        assert_eq!(check(text).0.trim_end(), text);
    }
    assert_eq!(check("> a. x").0, "<!--n/0-->\n", "a quote is read by itself");
    assert_eq!(check("a. x\n\ntext\n\ni. y").1[1], (12, "i", 1), "a paragraph ends the list");
}

#[test]
fn a_block_says_how_its_list_counts() {
    let lists = FancyLists::ALL;
    let read = |text: &str| Forced::read(text, lists);
    assert_eq!(read("type=a start=3"), Some(Forced { style: Style::Letters, start: Some(3) }));
    for text in ["", "type=j", "type", "start=x", "size=3"] {
        assert_eq!(read(text), None, "{text}");
    }
    let numerals = FancyLists { letters: false, ..lists };
    assert_eq!(Forced::read("type=a", numerals), None);
}
