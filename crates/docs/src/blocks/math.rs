//! Formulas, as `pymdownx.arithmatex` finds them: `$x$` and `\(x\)` in a line of text; `$$`, `\[` and
//! `\begin{…}` as blocks.

use std::borrow::Cow;

use super::{Chunk, Container, Found, Kind, Pass, lines::Line, placeholder::word};
use crate::{config::MathSyntax, figures::Formula};

/// A formula may be this long, in bytes, and this many lines.
const MAX_LENGTH: usize = 8 * 1024;
const MAX_LINES: usize = 200;
/// Lines of one paragraph that are looked at together, and their bytes.
const MAX_PARAGRAPH: usize = 64;
const MAX_TEXT: usize = 64 * 1024;

/// The block that starts at the first of `lines`: it ends with its closing mark, at the end of a line and
/// before any blank one.
pub(super) fn recognise(syntax: MathSyntax, lines: &[Line<'_>]) -> Option<Found> {
    let first = lines[0].text.trim_start();
    let (open, close) = if first.starts_with("$$") && syntax.dollar_block {
        ("$$", Cow::Borrowed("$$"))
    } else if first.starts_with("\\[") && syntax.square_block {
        ("\\[", Cow::Borrowed("\\]"))
    } else if syntax.begin_block {
        let name = first.strip_prefix("\\begin{")?.split_once('}')?.0;
        let is_name = !name.is_empty() && name.trim_end_matches('*').bytes().all(|c| c.is_ascii_lowercase());
        ("", Cow::Owned(is_name.then(|| format!("\\end{{{name}}}"))?))
    } else {
        return None;
    };
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate().take(MAX_LINES) {
        if line.is_blank() {
            return None;
        }
        let part = if index == 0 { first } else { &*line.text };
        // The opening mark of the first line is not its end.
        let from = text.len() + if index == 0 { open.len() } else { 0 };
        text.push_str(part);
        let end = text.trim_end().len();
        let closes = end >= from + close.len() && text[..end].ends_with(&*close);
        if closes && is_unescaped(&text, end - close.len()) {
            let inside = text[open.len()..end - if open.is_empty() { 0 } else { close.len() }].to_owned();
            let formula = Formula { source: inside, display: true, at: lines[0].at };
            let kind = Kind::Math(formula);
            return Some(Found { kind, lines: index + 1, rest: None });
        }
        if text.len() > MAX_LENGTH {
            return None;
        }
        text.push('\n');
    }
    None
}

/// Whether an even number of backslashes stands before byte `at`.
fn is_unescaped(text: &str, at: usize) -> bool {
    text[..at].bytes().rev().take_while(|c| *c == b'\\').count() % 2 == 0
}

impl Pass<'_> {
    /// The first of `lines` with its formulas taken out, and how many further lines went into it because a
    /// formula reaches over them. `None` when there are no formulas on it.
    pub(super) fn formulas(self, lines: &[Line<'_>], chunk: &mut Chunk) -> Option<(String, usize)> {
        let syntax = self.dialect.math?;
        if !lines[0].text.contains(['$', '\\']) || lines[0].text.len() > MAX_TEXT {
            return None;
        }
        let mut text = lines[0].text.to_string();
        let first = text.len();
        for line in lines[1..].iter().take(MAX_PARAGRAPH).take_while(|line| !line.is_blank() && !opens_block(line)) {
            if text.len() + line.text.len() > MAX_TEXT {
                break;
            }
            text.push('\n');
            text.push_str(&line.text);
        }
        let found = find(&text, first, syntax);
        let end = found.last()?.end;
        let mut out = String::new();
        let mut copied = 0;
        for formula in &found {
            out.push_str(&text[copied..formula.start]);
            out.push_str(&word(self.nonce, chunk.containers.len()));
            let column = text[..formula.start].chars().count() as u32;
            let mut at = lines[0].at;
            at.column += column;
            let source = text[formula.start..formula.end].to_owned();
            let inside = formula.inside.clone();
            let kind = Kind::Math(Formula { source: text[inside].to_owned(), display: false, at });
            chunk.containers.push(Container { kind, source });
            copied = formula.end;
        }
        // The last formula's last line goes on behind it.
        let more = text[..end].matches('\n').count();
        let line_end = text[end..].find('\n').map_or(text.len(), |length| end + length);
        out.push_str(&text[end..line_end]);
        Some((out, more))
    }
}

/// Whether a line may begin something else than the paragraph that it follows.
fn opens_block(line: &Line<'_>) -> bool {
    let text = line.text.trim_start();
    super::context::markers(text) > 0 || text.starts_with(['#', '>', '`', '~', '|', '<', '!', '?', '='])
}

/// A formula in a text.
struct Inline {
    start: usize,
    end: usize,
    inside: std::ops::Range<usize>,
}

/// The formulas that start before byte `first`, outside code, tags and targets of links.
fn find(text: &str, first: usize, syntax: MathSyntax) -> Vec<Inline> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut closed = Closed::default();
    let mut at = 0;
    while at < first {
        at = match bytes[at] {
            b'`' => behind_code(bytes, at),
            b'<' if bytes.get(at + 1).is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, b'/' | b'!')) => {
                closed.behind(text, at, '>').unwrap_or(at + 1)
            }
            b']' if bytes.get(at + 1) == Some(&b'(') => closed.behind(text, at + 2, ')').unwrap_or(at + 2),
            b'\\' if bytes.get(at + 1) == Some(&b'(') && syntax.round => match round_end(bytes, at + 2, &mut closed) {
                Some(end) => {
                    out.push(Inline { start: at, end: end + 2, inside: at + 2..end });
                    end + 2
                }
                None => at + 2,
            },
            b'\\' => at + 2,
            b'$' if syntax.dollar => match dollar_end(bytes, at + 1, syntax.smart_dollar) {
                Ok(end) => {
                    out.push(Inline { start: at, end: end + 1, inside: at + 1..end });
                    end + 1
                }
                Err(next) => next,
            },
            _ => at + 1,
        };
    }
    // Without what is on the first line alone there is nothing to take out.
    out.retain(|formula| formula.end - formula.start <= MAX_LENGTH);
    out
}

/// Searches that found nothing once are not made again.
#[derive(Default)]
struct Closed {
    no_round: bool,
    no_angle: bool,
    no_paren: bool,
}

impl Closed {
    /// The byte behind the next `mark`.
    fn behind(&mut self, text: &str, from: usize, mark: char) -> Option<usize> {
        let none = if mark == '>' { &mut self.no_angle } else { &mut self.no_paren };
        if *none {
            return None;
        }
        let found = text.get(from..)?.find(mark);
        *none = found.is_none();
        found.map(|length| from + length + 1)
    }
}

/// Where `\)` stands, with something before it.
fn round_end(bytes: &[u8], from: usize, closed: &mut Closed) -> Option<usize> {
    let mut at = from;
    while !closed.no_round && at + 1 < bytes.len() {
        match bytes[at] {
            b'\\' if bytes[at + 1] == b')' => return (at > from).then_some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    closed.no_round = true;
    None
}

/// Where the closing `$` stands; without one, where to look on.
fn dollar_end(bytes: &[u8], from: usize, smart: bool) -> Result<usize, usize> {
    let space = |at: usize| bytes.get(at).is_none_or(u8::is_ascii_whitespace);
    if smart && space(from) {
        return Err(from);
    }
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'$' if at == from => return Err(from),
            // What cannot close one may open the next.
            b'$' if smart && space(at - 1) => return Err(at),
            b'$' => return Ok(at),
            _ => at += 1,
        }
    }
    Err(at.min(bytes.len()))
}

/// The byte behind the code span that starts at `at`, or behind its marks when it has no end.
pub(super) fn behind_code(bytes: &[u8], at: usize) -> usize {
    let run = bytes[at..].iter().take_while(|c| **c == b'`').count();
    let inside = at + run;
    super::pipes::closing_run(bytes, inside, run).map_or(inside, |end| end + run)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: MathSyntax = MathSyntax::ALL;

    fn inline(text: &str) -> String {
        let found = find(text, text.len(), ALL);
        found.iter().map(|formula| format!("<{}>", &text[formula.inside.clone()])).collect()
    }

    #[test]
    fn formulas_are_told_from_prices_and_code() {
        for (text, expected) in [
            ("a $x$ b \\(y z\\) c", "<x><y z>"),
            ("costs $5 and $6", ""),
            ("\\$5 and $a_1$", "<a_1>"),
            ("`$x$` and `` $y$ ` `` $z$", "<z>"),
            ("[a]($x$) <b title=\"$y$\"> $z$", "<z>"),
            ("$$x$$", "<x>"),
            ("$a\\$b$", "<a\\$b>"),
            ("\\\\(x\\\\) \\(", ""),
            ("$ x $", ""),
            ("$over\ntwo$", "<over\ntwo>"),
        ] {
            assert_eq!(inline(text), expected, "{text}");
        }
    }

    #[test]
    fn blocks_end_with_their_own_mark() {
        let check = |text: &str| match recognise(ALL, &Line::split(text, 1)) {
            Some(Found { kind: Kind::Math(formula), lines, .. }) => format!("{lines} {}", formula.source),
            _ => "none".to_owned(),
        };
        assert_eq!(check("$$x$$\nb"), "1 x");
        assert_eq!(check("$$\nx\n$$ "), "3 \nx\n");
        assert_eq!(check("\\[3+2\\\\\\]"), "1 3+2\\\\");
        assert_eq!(check("\\begin{align*}\na\n\\end{align*}"), "3 \\begin{align*}\na\n\\end{align*}");
        for text in ["$$x$$ and", "$$\n\nx$$", "\\[3+2\\\\]", "$$3+2\\$\\$", "\\begin{A}\\end{A}", "$$", "$$$"] {
            assert_eq!(check(text), "none", "{text}");
        }
    }
}
