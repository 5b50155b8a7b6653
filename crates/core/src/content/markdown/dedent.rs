//! Takes an item's text out of its list: the same lines without the columns that the list gave them.

use std::borrow::Cow;

/// How far the lines of a block are indented.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Indent {
    /// Columns in front of the text, quote marks included.
    pub columns: usize,
    /// Quotes around it; as many `>` may be taken off a line.
    pub quotes: usize,
}

/// Takes up to `indent` columns of white space and quote marks off a line. A tab that reaches over
/// the edge leaves the columns behind it as spaces.
pub(crate) fn dedent(line: &str, indent: Indent) -> Cow<'_, str> {
    let mut column = 0;
    let mut quotes = indent.quotes;
    for (at, c) in line.char_indices() {
        if column >= indent.columns {
            let over = column - indent.columns;
            return if over == 0 {
                Cow::Borrowed(&line[at..])
            } else {
                format!("{}{}", " ".repeat(over), &line[at..]).into()
            };
        }
        match c {
            ' ' => column += 1,
            '\t' => column += 4 - column % 4,
            '>' if quotes > 0 => {
                quotes -= 1;
                column += 1;
            }
            // A lazy continuation line has fewer columns than its item.
            _ => return Cow::Borrowed(&line[at..]),
        }
    }
    Cow::Borrowed("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_lists_own_columns_go() {
        let two = Indent { columns: 2, quotes: 0 };
        assert_eq!(dedent("    code", two), "  code");
        assert_eq!(dedent("lazy", two), "lazy");
        assert_eq!(dedent("\tcode", two), "  code");
        assert_eq!(dedent("", two), "");
        assert_eq!(dedent(">   x", Indent { columns: 4, quotes: 1 }), "x");
        assert_eq!(dedent("> quoted", two), "> quoted", "a quote inside the item stays");
    }
}
