//! Inline text: plain words for titles, and what is lost when only the words are kept.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

/// An inline event with its place in the file.
pub(crate) type Inline<'a> = (Event<'a>, Range<usize>);

/// What an inline text has besides words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Traits {
    /// A link, an image, a footnote mark or HTML.
    pub links: bool,
    /// A code span.
    pub code: bool,
}

impl Traits {
    pub(crate) fn of(inline: &[Inline<'_>]) -> Self {
        let mut traits = Self::default();
        for (event, _) in inline {
            match event {
                Event::Start(Tag::Link { .. } | Tag::Image { .. })
                | Event::FootnoteReference(_)
                | Event::Html(_)
                | Event::InlineHtml(_) => traits.links = true,
                Event::Code(_) => traits.code = true,
                _ => {}
            }
        }
        traits
    }

    pub(crate) fn any(self) -> bool {
        self.links || self.code
    }
}

/// The words, without markup, with single spaces.
pub(crate) fn plain(inline: &[Inline<'_>]) -> String {
    let mut text = String::new();
    for (event, _) in inline {
        push_plain(&mut text, event);
    }
    collapse(&text)
}

/// Adds an event's words to `text`.
pub(crate) fn push_plain(text: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(words) | Event::Code(words) => text.push_str(words),
        Event::SoftBreak | Event::HardBreak => text.push(' '),
        Event::InlineHtml(tag) if tag.starts_with("<br") => text.push(' '),
        _ => {}
    }
}

/// Single spaces between words, none at the ends.
pub(crate) fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of text outside code spans, for looking at how something was written.
pub(crate) fn without_code(inline: &[Inline<'_>]) -> String {
    let mut text = String::new();
    for (event, _) in inline {
        match event {
            // A gap keeps the words on both sides apart.
            Event::Code(_) => text.push_str(" \u{fffc} "),
            other => push_plain(&mut text, other),
        }
    }
    text
}

/// Whether everything is strong: the way authors write a heading that is none.
pub(crate) fn all_strong(inline: &[Inline<'_>]) -> bool {
    let mut depth = 0usize;
    let mut some = false;
    for (event, _) in inline {
        match event {
            Event::Start(Tag::Strong) => depth += 1,
            Event::End(pulldown_cmark::TagEnd::Strong) => depth = depth.saturating_sub(1),
            Event::Text(words) if depth == 0 && !words.trim_matches([':', ' ', '.']).is_empty() => return false,
            Event::Text(_) | Event::Code(_) => some = true,
            _ => {}
        }
    }
    some
}

/// The words that stand before byte `end` of the file.
pub(crate) fn plain_before(inline: &[Inline<'_>], source: &str, end: usize) -> String {
    let mut text = String::new();
    for (event, range) in inline.iter().take_while(|(_, range)| range.start < end) {
        match event {
            // Only text that stands in the file as it is can be cut at a byte of the file.
            Event::Text(words) if range.end > end && source.get(range.clone()) == Some(words) => {
                text.push_str(words.get(..end - range.start).unwrap_or(words));
            }
            event => push_plain(&mut text, event),
        }
    }
    collapse(&text)
}
