//! Ordered lists that say what they count in.

use pulldown_cmark::Tag;

use crate::blocks::Chunk;

/// The start of the list that begins at byte `at` of the chunk's text, with white space before its first
/// marker where it stands in another one.
pub(super) fn start(chunk: &Chunk, at: usize, tag: &Tag<'_>) -> String {
    let written = if let Tag::List(Some(number)) = tag { *number } else { 1 };
    let text = chunk.lines.text();
    let marker = text.len() - text[at..].trim_start().len();
    let (html_type, number) = match chunk.counting.get(&marker) {
        Some(counting) => (counting.style.html_type(), u64::from(counting.start)),
        None => ("1", written),
    };
    let first = if number == 1 { String::new() } else { format!(" start=\"{number}\"") };
    format!("<ol type=\"{html_type}\"{first}>\n")
}
