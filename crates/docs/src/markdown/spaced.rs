//! `[text] [label]`: a link by reference with white space between its parts, as Python-Markdown reads it.
//! CommonMark sees text in brackets and a link with the label as its text, which no author means.

use pulldown_cmark::{CowStr, Event, LinkType, Tag};

use super::parse::{Spanned, end_of};

/// The text of a link may be so many events long, so that a page of brackets is not searched over and over.
const MAX_INSIDE: usize = 64;

/// The events with such links put together.
pub(crate) fn joined(events: Vec<Spanned<'_>>) -> Vec<Spanned<'_>> {
    let mut out: Vec<Spanned<'_>> = Vec::with_capacity(events.len());
    let mut skip = 0;
    for at in 0..events.len() {
        if at < skip {
            continue;
        }
        if matches!(&events[at].0, Event::Start(tag) if is_shortcut(tag))
            && let Some((open, byte)) = text_before(&out)
        {
            let end = end_of(&events, at);
            wrap(&mut out, open, byte, events[at].clone(), events[end].clone());
            skip = end + 1;
            continue;
        }
        out.push(events[at].clone());
    }
    out
}

/// Whether any link might be written so: a quick look, because most texts have none.
pub(crate) fn may_have(text: &str) -> bool {
    text.contains("] [") || text.contains("]\n")
}

fn is_shortcut(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Link { link_type: LinkType::Shortcut | LinkType::ShortcutUnknown, .. })
}

/// The event and the byte of the bracket that opens the text which ends `events`.
fn text_before(events: &[Spanned<'_>]) -> Option<(usize, usize)> {
    let (last, _) = events.last()?;
    let (close, mut end) = match last {
        Event::SoftBreak => (events.len().checked_sub(2)?, usize::MAX),
        Event::Text(text) => (events.len() - 1, text.strip_suffix(' ')?.len()),
        _ => return None,
    };
    let Event::Text(text) = &events[close].0 else { return None };
    end = end.min(text.len());
    if !text[..end].ends_with(']') {
        return None;
    }
    let mut depth = 0_usize;
    for index in (0..=close).rev().take(MAX_INSIDE) {
        let text = match &events[index].0 {
            Event::Text(text) => text,
            Event::Code(_) | Event::SoftBreak | Event::InlineMath(_) => continue,
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => continue,
            Event::End(tag) if !matches!(tag, pulldown_cmark::TagEnd::Link | pulldown_cmark::TagEnd::Image) => continue,
            _ => return None,
        };
        let reach = if index == close { end } else { text.len() };
        for (byte, c) in text[..reach].bytes().enumerate().rev() {
            match c {
                b']' => depth += 1,
                b'[' => {
                    depth -= 1;
                    if depth == 0 {
                        let picture = text[..byte].ends_with('!');
                        let empty = index == close && byte + 2 == reach;
                        return (!picture && !empty).then_some((index, byte));
                    }
                }
                _ => {}
            }
        }
    }
    None
}

/// Puts everything from the bracket on into the link.
fn wrap<'a>(out: &mut Vec<Spanned<'a>>, open: usize, byte: usize, start: Spanned<'a>, end: Spanned<'a>) {
    if matches!(out.last(), Some((Event::SoftBreak, _))) {
        out.pop();
    }
    let cut = |text: &str| -> CowStr<'a> { text.to_owned().into() };
    if let Some((Event::Text(text), _)) = out.last_mut() {
        *text = cut(text.trim_end_matches(' ').strip_suffix(']').unwrap_or(text));
    }
    let mut inside = out.split_off(open);
    if let Some((Event::Text(text), range)) = inside.first_mut() {
        let before = cut(&text[..byte]);
        *text = cut(&text[byte + 1..]);
        if !before.is_empty() {
            out.push((Event::Text(before), range.clone()));
        }
    }
    out.push(start);
    out.append(&mut inside);
    out.push(end);
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Parser, html::push_html};

    use super::*;

    fn check(text: &str) -> String {
        let text = format!("{text}\n\n[l]: /l\n[m]: /m\n");
        let events = Parser::new(&text).into_offset_iter().collect();
        let events = pulldown_cmark::TextMergeWithOffset::new(Vec::into_iter(events)).collect();
        let mut html = String::new();
        push_html(&mut html, joined(events).into_iter().map(|(event, _)| event));
        html.trim().to_owned()
    }

    #[test]
    fn the_parts_may_stand_apart() {
        assert_eq!(check("see [the text] [l]."), "<p>see <a href=\"/l\">the text</a>.</p>");
        assert_eq!(check("in[`a` *b*]\n[l]"), "<p>in<a href=\"/l\"><code>a</code> <em>b</em></a></p>");
        assert_eq!(check("[a [b] c] [l]"), "<p><a href=\"/l\">a [b] c</a></p>");
        for (text, same) in [
            ("[l] [m]", "<p><a href=\"/l\">l</a> <a href=\"/m\">m</a></p>"),
            ("a] [l]", "<p>a] <a href=\"/l\">l</a></p>"),
            ("![a] [l]", "<p>![a] <a href=\"/l\">l</a></p>"),
            ("[] [l]", "<p>[] <a href=\"/l\">l</a></p>"),
            ("[a]  [l]", "<p>[a]  <a href=\"/l\">l</a></p>"),
        ] {
            assert_eq!(check(text), same, "{text}");
        }
    }
}
