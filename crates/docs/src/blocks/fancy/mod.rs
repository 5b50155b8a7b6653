//! Lists that count in letters and Roman numerals (`pymdownx.fancylists`), for sites that turn them on.
//!
//! Markdown knows numbers only. So each marker is written as a number before Markdown reads the line, and
//! what the list counts in, and from where, is kept beside the text by the marker's offset. Two lists that
//! follow one another have different signs behind their numbers (`1.` and `1)`), so that Markdown keeps
//! them apart as well.

mod marker;

pub(crate) use marker::Style;
use marker::{Before, Marker};

use super::{
    context,
    lines::{self, Line},
};
use crate::config::FancyLists;

/// How an ordered list counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counting {
    /// What it counts in.
    pub(crate) style: Style,
    /// Its first number.
    pub(crate) start: u32,
}

/// What `/// fancylists` says about the list that stands first in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Forced {
    pub(super) style: Style,
    pub(super) start: Option<u32>,
}

impl Forced {
    /// Reads `type=a start=3`; all of it must have this form.
    pub(super) fn read(argument: &str, lists: FancyLists) -> Option<Self> {
        let mut forced = Self { style: Style::Decimal, start: None };
        for option in argument.split_whitespace() {
            match option.split_once('=')? {
                ("type", value) => forced.style = Style::named(value).filter(|style| style.is_on(lists))?,
                ("start", value) => forced.start = Some(value.parse().ok()?),
                _ => return None,
            }
        }
        (!argument.trim().is_empty()).then_some(forced)
    }
}

/// Whether `text` begins with a marker that Markdown does not know.
pub(super) fn begins(text: &str, lists: FancyLists) -> bool {
    Marker::read(text, lists).is_some_and(|(marker, _)| !marker.is_number())
}

/// An open list.
#[derive(Clone, Copy, Debug)]
struct Level {
    /// The column that its container's text starts at.
    base: usize,
    /// The column that its items' text starts at.
    content: usize,
    /// None for bullets.
    counting: Option<Before>,
    /// The sign behind its numbers, as Markdown gets to read it.
    sign: char,
    /// Whether no blank line was in the item yet.
    fresh: bool,
}

/// Follows the lines of a text and writes their markers as numbers.
#[derive(Debug)]
pub(super) struct Lists {
    lists: FancyLists,
    forced: Option<Forced>,
    levels: Vec<Level>,
    /// Whether the line before this one is text that this one may go on with.
    in_text: bool,
}

/// Lists in lists on one line; more than a person writes.
const MARKERS_A_LINE: usize = 8;
/// Columns of a letter or a numeral with what stands behind it, as Markdown gets to read them.
const MAX_WIDTH: usize = 4;

impl Lists {
    pub(super) fn new(lists: FancyLists, forced: Option<Forced>) -> Self {
        Self { lists, forced, levels: Vec::new(), in_text: false }
    }

    /// Takes note of a blank line.
    pub(super) fn blank(&mut self) {
        self.in_text = false;
        self.levels.iter_mut().for_each(|level| level.fresh = false);
    }

    /// Takes note of lines that are no text: a fence, or a container.
    pub(super) fn other(&mut self, line: &Line<'_>) {
        self.close(line.indent());
        self.in_text = false;
        self.forced = None;
    }

    /// How the lists that begin with the line's markers count, by the markers' offsets in it, and the line
    /// with numbers for markers, if it has others. `base` is the column that its container starts at.
    pub(super) fn enter<'a>(&mut self, line: &Line<'a>, base: usize) -> (Vec<(usize, Counting)>, Option<Line<'a>>) {
        let mut written = String::new();
        let mut found = Vec::new();
        let mut rest = line.text.trim_start_matches([' ', '\t']);
        let mut column = line.indent();
        let mut behind = false;
        for _ in 0..MARKERS_A_LINE {
            let Some(item) = self.item(rest, column, base, behind) else { break };
            if written.is_empty() {
                written.push_str(&" ".repeat(column));
            }
            if let Some(counting) = item.counting {
                found.push((written.len(), counting));
            }
            written.push_str(&item.marker);
            column = lines::columns(&written);
            rest = &rest[item.taken..];
            behind = true;
        }
        if !behind {
            if !self.in_text || ends_text(rest) {
                self.close(line.indent());
            }
            self.forced = None;
        }
        self.in_text = behind || !(rest.starts_with('#') || is_rule(rest));
        let start = line.text.len() - rest.len();
        let numbered = (behind && written != line.text[..start]).then(|| {
            // Markers are in ASCII; what stands behind them keeps its column.
            let mut at = line.at;
            at.column += start.saturating_sub(written.len()) as u32;
            Line { text: format!("{written}{rest}").into(), at }
        });
        (found, numbered)
    }

    /// Closes the lists that a block at this column stands outside of.
    fn close(&mut self, column: usize) {
        let open = self.levels.iter().take_while(|level| level.content <= column).count();
        self.levels.truncate(open);
    }

    /// The item that begins at `column` with `text`, if one does; `behind` another marker in its line.
    fn item(&mut self, text: &str, column: usize, base: usize, behind: bool) -> Option<Item> {
        let parents = self.levels.iter().take_while(|level| level.content <= column).count();
        let parent = parents.checked_sub(1).map(|index| self.levels[index]);
        let base = parent.map_or(base, |parent| parent.content.max(base));
        let beside = self.levels.get(parents).copied().filter(|level| level.base <= column && column <= level.base + 3);
        let Some((marker, length)) = Marker::read(text, self.lists) else {
            let length = context::bullet(text)?;
            let (gap, content) = gap_behind(text, length, column);
            self.forced = None;
            self.levels.truncate(parents);
            self.levels.push(Level { base, content, counting: None, sign: '.', fresh: true });
            return Some(Item {
                marker: format!("{}{gap}", &text[..length]),
                taken: length + gap.len(),
                counting: None,
            });
        };
        // A list begins behind a blank line or another marker, or under the first lines of an item.
        let may_begin = !self.in_text || behind || parent.is_some_and(|parent| parent.fresh);
        if beside.is_none() && !may_begin {
            return None;
        }
        let forced = self.forced.take();
        let before = beside.and_then(|level| level.counting);
        let (style, counting) = self.counting(marker, !self.in_text || before.is_none(), before, forced);
        let same = before.filter(|before| before.style == style && before.end == marker.end);
        let sign = match beside {
            Some(level) if same.is_some() => level.sign,
            Some(level) if before.is_some() && level.sign == '.' => ')',
            Some(_) if before.is_some() => '.',
            _ if marker.is_number() => marker.end,
            _ => '.',
        };
        let last = same.map_or(counting.start, |before| before.last.saturating_add(1));
        let (gap, mut content) = gap_behind(text, length, column);
        let mut written = format!("{}{sign}{gap}", &text[..length - 1]);
        if !marker.is_number() {
            // What goes on with an item is indented by four columns, so its text starts no further on.
            let width = (length + lines::columns(gap)).min(MAX_WIDTH);
            (written, content) = (format!("{:width$}", format!("1{sign}")), column + width);
        }
        self.levels.truncate(parents);
        let counted = Some(Before { style, end: marker.end, last });
        self.levels.push(Level { base, content, counting: counted, sign, fresh: true });
        Some(Item { marker: written, taken: length + gap.len(), counting: Some(counting) })
    }

    /// What the marker's list counts in by its markers, and how it is shown.
    fn counting(
        &self,
        marker: Marker<'_>,
        first: bool,
        before: Option<Before>,
        forced: Option<Forced>,
    ) -> (Style, Counting) {
        let style = match forced {
            Some(forced) if marker.fits(forced.style) => forced.style,
            _ => match marker.style(self.lists, first, before) {
                style if first || before.is_some_and(|b| b.style == style && b.end == marker.end) => style,
                // Another list begins here, so its marker is read as a first one.
                _ => marker.style(self.lists, true, before),
            },
        };
        let start = forced.and_then(|forced| forced.start).unwrap_or_else(|| marker.number(style));
        (style, Counting { style: forced.map_or(style, |forced| forced.style), start })
    }
}

/// The start of an item.
struct Item {
    /// The marker and the space behind it, as Markdown gets to read them.
    marker: String,
    /// The bytes that they take in the author's text.
    taken: usize,
    counting: Option<Counting>,
}

/// The white space behind a marker of `length` bytes, and the column that the item's text starts at.
fn gap_behind(text: &str, length: usize, column: usize) -> (&str, usize) {
    let rest = &text[length..];
    let gap = &rest[..rest.len() - rest.trim_start_matches([' ', '\t']).len()];
    // Behind a wider gap the text is code, which starts right behind the marker.
    let columns = Some(lines::columns(gap)).filter(|columns| (1..=4).contains(columns)).unwrap_or(1);
    (gap, column + length + columns)
}

/// Whether a line that begins so is no part of the paragraph before it.
fn ends_text(text: &str) -> bool {
    text.starts_with(['#', '<', '>']) || text.starts_with("```") || text.starts_with("~~~") || text.starts_with("---")
}

/// Whether a line is drawn across the page, or under a heading.
fn is_rule(text: &str) -> bool {
    let text = text.trim_end();
    text.len() >= 3 && text.bytes().all(|c| matches!(c, b'-' | b'*' | b'_' | b'=' | b' '))
}

#[cfg(test)]
mod tests;
