//! Critic markup: `{++added++}`, `{--deleted--}`, `{~~old~>new~~}`, `{==marked==}` and `{>>remark<<}`.
//!
//! What a paragraph holds of it becomes raw HTML, so that the Markdown inside is still read; whole blocks
//! stand between two lines with nothing but the marks.

use super::{Found, Kind, Pass, context::Verbatim, lines::Line, math::behind_code};
use crate::config::Critic;

/// Lines of one paragraph that are looked at together, and their bytes.
const MAX_PARAGRAPH: usize = 64;
const MAX_TEXT: usize = 64 * 1024;

/// The marks: how each begins and ends, and the element that it becomes.
const MARKS: [(&str, &str, &str); 5] =
    [("{++", "++}", "ins"), ("{--", "--}", "del"), ("{==", "==}", "mark"), ("{>>", "<<}", "span"), ("{~~", "~~}", "")];

/// A block between a line `{++` and a line `++}`.
pub(super) fn recognise(pass: Pass<'_>, lines: &[Line<'_>], search: &mut super::html::Search) -> Option<Found> {
    let (_, close, name) = MARKS[..2].iter().find(|(open, ..)| lines[0].text.trim() == *open)?;
    let mut verbatim: Option<Verbatim> = None;
    let mut last = None;
    for (index, line) in lines.iter().enumerate().skip(1) {
        search.step()?;
        if let Some(region) = &verbatim {
            if region.end(line).is_some() {
                verbatim = None;
            }
        } else if line.text.trim() == *close {
            last = Some(index);
            break;
        } else {
            verbatim = Verbatim::open(line, lines[0].indent());
        }
    }
    let last = last?;
    let kept =
        matches!((pass.dialect.critic, *name), (Critic::View, _) | (Critic::Accept, "ins") | (Critic::Reject, "del"));
    let body = pass.inside(if kept { &lines[1..last] } else { &[] });
    let open = match pass.dialect.critic {
        Critic::View => format!("<{name} class=\"critic block\">"),
        _ => "<div>".to_owned(),
    };
    let tag = if pass.dialect.critic == Critic::View { (*name).to_owned() } else { "div".to_owned() };
    Some(Found { kind: Kind::Html { open, tag, span: false, body }, lines: last + 1, rest: None })
}

/// The first of `lines` with its marks as HTML, and how many further lines went into it because a mark
/// reaches over them. `None` when no mark begins on it.
pub(super) fn replaced(mode: Critic, lines: &[Line<'_>]) -> Option<(String, usize)> {
    if !lines[0].text.contains('{') || lines[0].text.len() > MAX_TEXT {
        return None;
    }
    // Where the line ends that is being read: a mark that reaches over it goes on to the end of its last one.
    let mut first = lines[0].text.len();
    let mut text = lines[0].text.to_string();
    for line in lines[1..].iter().take(MAX_PARAGRAPH).take_while(|line| !line.is_blank()) {
        if text.len() + line.text.len() > MAX_TEXT {
            break;
        }
        text.push('\n');
        text.push_str(&line.text);
    }
    let bytes = text.as_bytes();
    let mut out = String::new();
    let (mut copied, mut at) = (0, 0);
    // Ends that were not found once are not looked for again.
    let mut missing = [false; MARKS.len()];
    while at < first {
        if bytes[at] == b'`' {
            at = behind_code(bytes, at);
            continue;
        }
        let found = MARKS.iter().position(|(open, ..)| bytes[at] == b'{' && text[at..].starts_with(open));
        let Some(kind) = found.filter(|kind| !missing[*kind]) else {
            at += if bytes[at] == b'\\' { 2 } else { 1 };
            continue;
        };
        let (_, close, name) = MARKS[kind];
        let Some(length) = text[at + 3..].find(close) else {
            missing[kind] = true;
            at += 3;
            continue;
        };
        out.push_str(&text[copied..at]);
        write(&mut out, mode, name, &text[at + 3..at + 3 + length]);
        at += 3 + length + 3;
        copied = at;
        first = first.max(text[at..].find('\n').map_or(text.len(), |length| at + length));
    }
    if copied == 0 {
        return None;
    }
    let more = text[..copied].matches('\n').count();
    let line_end = text[copied..].find('\n').map_or(text.len(), |length| copied + length);
    out.push_str(&text[copied..line_end]);
    Some((out, more))
}

/// Writes one mark.
fn write(out: &mut String, mode: Critic, name: &str, inside: &str) {
    let mut element = |name: &str, class: &str, inside: &str| {
        let kept = match (mode, name) {
            (Critic::View, _) => return out.push_str(&format!("<{name} class=\"{class}\">{inside}</{name}>")),
            (Critic::Accept, "del") | (Critic::Reject, "ins") | (_, "span") => "",
            _ => inside,
        };
        out.push_str(kept);
    };
    match name {
        "" => {
            let (old, new) = inside.split_once("~>").unwrap_or((inside, ""));
            element("del", "critic", old);
            element("ins", "critic", new);
        }
        "span" => element("span", "critic comment", &crate::markdown::escape(inside)),
        name => element(name, "critic", inside),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(mode: Critic, text: &str) -> String {
        let lines = Line::split(text, 1);
        replaced(mode, &lines).map_or_else(|| "none".to_owned(), |(text, more)| format!("{more} {text}"))
    }

    #[test]
    fn marks_become_elements() {
        assert_eq!(
            check(Critic::View, "a {++b++} {--c--} {~~d~>e~~} {==f==}{>>g <<} h"),
            "0 a <ins class=\"critic\">b</ins> <del class=\"critic\">c</del> <del class=\"critic\">d</del><ins \
             class=\"critic\">e</ins> <mark class=\"critic\">f</mark><span class=\"critic comment\">g </span> h"
        );
        assert_eq!(check(Critic::View, "{--a\nb--} c\nd"), "1 <del class=\"critic\">a\nb</del> c");
        assert_eq!(
            check(Critic::Accept, "{--a\nb--} c {++d\ne++} f\ng {++h++}"),
            "2  c d\ne f",
            "marks may follow one that reaches over a line"
        );
        assert_eq!(check(Critic::Accept, "a {++b++} {--c--} {~~d~>e~~} {==f==}{>>g<<}"), "0 a b  e f");
        assert_eq!(check(Critic::Reject, "a {++b++} {--c--} {~~d~>e~~} {==f==}{>>g<<}"), "0 a  c d f");
        for text in ["`{++a++}`", "{++a", "{{ a }}", "{% a %}", "\\{++a++}", "{++a\n\nb++}"] {
            assert_eq!(check(Critic::View, text), "none", "{text}");
        }
    }
}
