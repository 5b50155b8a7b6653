//! The line of a text that shows best why it was found.

use std::ops::Range;

use crate::{Marked, Marker};

/// How long a line is, in characters, and how much of it stands before the first marked word.
const LENGTH: usize = 140;
const BEFORE: usize = 40;

/// Texts beyond this many bytes are not looked through: a hit must come within the time of a key.
const LOOKED_THROUGH: usize = 16 * 1024;

/// The stretch of the text with the most of the query's words; the text's beginning where it has none.
pub(crate) fn snippet(text: &str, marker: &Marker) -> Marked {
    let text = &text[..text.floor_char_boundary(LOOKED_THROUGH)];
    let ranges = marker.ranges(text);
    let start = ranges.get(best(&ranges)).map_or(0, |(range, _)| begin(text, range.start));
    let end = forward(text, start, LENGTH);
    let mut line = one_line(&text[start..end], start, &ranges);
    if start > 0 {
        line.insert(0, ("…".to_owned(), false));
    }
    if end < text.len() {
        line.push(("…".to_owned(), false));
    }
    merge(line)
}

/// The range from which a line reaches the most different words of the query; the first of equals.
fn best(ranges: &[(Range<usize>, usize)]) -> usize {
    let mut best = (0, 0);
    for (index, (range, _)) in ranges.iter().enumerate() {
        let reached = ranges[index..].iter().take_while(|(other, _)| other.end <= range.start + LENGTH - BEFORE);
        let mut words: Vec<usize> = reached.map(|(_, word)| *word).collect();
        words.sort_unstable();
        words.dedup();
        if words.len() > best.0 {
            best = (words.len(), index);
        }
    }
    best.1
}

/// A place a little before `at` where a word begins.
fn begin(text: &str, at: usize) -> usize {
    let start = at - text[..at].chars().rev().take(BEFORE).map(char::len_utf8).sum::<usize>();
    if start == 0 {
        return 0;
    }
    start
        + text[start..at]
            .find(char::is_whitespace)
            .map_or(0, |space| space + text[start + space..].chars().next().map_or(0, char::len_utf8))
}

/// The place `length` characters behind `start`, at the end of a word where one ends soon before.
fn forward(text: &str, start: usize, length: usize) -> usize {
    let end = start + text[start..].chars().take(length).map(char::len_utf8).sum::<usize>();
    if end == text.len() {
        return end;
    }
    let cut = text[start..end].rfind(char::is_whitespace).map_or(end, |space| start + space);
    if end - cut > length / 2 { end } else { cut }
}

/// The pieces of a stretch that begins at `offset`, with each white space a single blank.
fn one_line(stretch: &str, offset: usize, ranges: &[(Range<usize>, usize)]) -> Marked {
    let end = offset + stretch.len();
    let mut line = Marked::new();
    let mut at = offset;
    let inside = ranges.iter().map(|(range, _)| range).filter(|range| range.start >= offset && range.end <= end);
    for range in inside {
        line.push((blanks(&stretch[at - offset..range.start - offset]), false));
        line.push((stretch[range.start - offset..range.end - offset].to_owned(), true));
        at = range.end;
    }
    line.push((blanks(&stretch[at - offset..]), false));
    if let Some((first, false)) = line.first_mut() {
        *first = first.trim_start().to_owned();
    }
    if let Some((last, false)) = line.last_mut() {
        *last = last.trim_end().to_owned();
    }
    line
}

fn blanks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if !c.is_whitespace() => out.push(c),
            _ if out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    out
}

/// Neighbours of the same sort become one piece; empty ones vanish.
fn merge(line: Marked) -> Marked {
    let mut merged = Marked::new();
    for (text, marked) in line {
        match merged.last_mut() {
            _ if text.is_empty() => {}
            Some((last, same)) if *same == marked => last.push_str(&text),
            _ => merged.push((text, marked)),
        }
    }
    merged
}
