//! Snippets: `--8<-- "file"` and its block form bring in lines of other files, also inside fences.
//!
//! `file:2:5` takes lines, `file:name` takes what stands between `--8<-- [start:name]` and `[end:name]`.
//! A semicolon in front shows the marker itself. What is brought in keeps the place of its marker, so
//! that findings name a line that the page's author can see.

use std::collections::BTreeMap;

use waymark_core::diagnostic::Position;

use super::lines::Line;
use crate::{
    config::Dialect,
    links::path::{name_of, normalise},
};

/// Files inside files.
const MAX_DEPTH: usize = 8;
/// Lines that one page may bring in.
const MAX_LINES: usize = 50_000;

/// What snippets can be found in.
#[derive(Clone, Copy)]
pub(super) struct Snippets<'a> {
    pub(super) files: &'a BTreeMap<String, String>,
    pub(super) dialect: &'a Dialect,
}

/// The page's lines with everything brought in, and what was not found.
pub(super) fn expand<'a>(lines: Vec<Line<'a>>, from: Snippets<'a>) -> (Vec<Line<'a>>, Vec<(Position, String)>) {
    let has_marker = |line: &Line<'_>| line.text.contains("-8<-");
    if from.dialect.appended.is_empty() && !lines.iter().any(has_marker) {
        return (lines, Vec::new());
    }
    let end = lines.last().map_or(Position::START, |line| line.at);
    let mut expander = Expander { from, out: Vec::with_capacity(lines.len()), missing: Vec::new(), stack: Vec::new() };
    expander.lines(&lines, "");
    for name in &from.dialect.appended {
        expander.push("", "", end);
        expander.file(name, "", end);
    }
    (expander.out, expander.missing)
}

struct Expander<'a> {
    from: Snippets<'a>,
    out: Vec<Line<'a>>,
    missing: Vec<(Position, String)>,
    stack: Vec<String>,
}

/// A line that speaks of snippets.
enum Marker<'t> {
    /// `;--8<-- …`: to be shown.
    Escaped,
    /// `--8<-- "name"`.
    Inline(&'t str),
    /// `--8<--` alone: a list begins or ends.
    Block,
    /// `--8<-- [start:name]` or `[end:name]`.
    Section,
}

impl<'a> Expander<'a> {
    fn push(&mut self, space: &str, text: &str, at: Position) {
        if self.out.len() < MAX_LINES * 4 {
            self.out.push(Line { text: format!("{space}{text}").into(), at });
        }
    }

    fn lines(&mut self, lines: &[Line<'_>], space: &str) {
        let mut in_block = false;
        for line in lines {
            let text: &str = &line.text;
            let indent = &text[..text.len() - text.trim_start().len()];
            let inner = format!("{space}{indent}");
            match marker(text) {
                Some(Marker::Escaped) => {
                    let mark = text.find("-8<-").map_or("", |at| text[..at].trim_end_matches('-')).len();
                    let shown = format!("{}{}", &text[..mark.saturating_sub(1)], &text[mark..]);
                    self.push(space, &shown, line.at);
                }
                Some(Marker::Block) => in_block = !in_block,
                Some(Marker::Inline(name)) if !in_block => self.file(name, &inner, line.at),
                Some(Marker::Inline(_)) => {}
                Some(Marker::Section) if !self.stack.is_empty() => {}
                _ if in_block && text.trim().is_empty() => self.push(space, "", line.at),
                _ if in_block && text.trim().starts_with("; ") => {}
                _ if in_block => self.file(text.trim(), &inner, line.at),
                _ => self.push(space, text, line.at),
            }
        }
    }

    /// Brings in what `name` asks for, each line behind `space`.
    fn file(&mut self, name: &str, space: &str, at: Position) {
        let (path, part) = split_name(name);
        if path.is_empty() {
            return;
        }
        let Some((path, text)) = self.find(path) else {
            self.missing.push((at, name.to_owned()));
            return;
        };
        // A file that is being read already would never end.
        if self.stack.len() >= MAX_DEPTH || self.stack.contains(&path) {
            return;
        }
        let all: Vec<&str> = text.split('\n').map(|line| line.trim_end_matches('\r')).collect();
        let mut chosen = match part {
            Part::All => all,
            Part::Lines(ranges) => ranges.iter().flat_map(|range| slice(&all, *range)).copied().collect(),
            Part::Section(section) => between(&all, section),
        };
        chosen.truncate(MAX_LINES.saturating_sub(self.out.len() / 4));
        let shared = match self.from.dialect.dedent_snippets && !matches!(split_name(name).1, Part::All) {
            true => chosen
                .iter()
                .filter(|line| !line.trim().is_empty())
                .map(|line| line.len() - line.trim_start().len())
                .min(),
            false => None,
        };
        let shared = shared.unwrap_or(0);
        let lines: Vec<Line<'_>> =
            chosen.iter().map(|line| Line { text: line.get(shared..).unwrap_or("").into(), at }).collect();
        self.stack.push(path);
        self.lines(&lines, space);
        self.stack.pop();
    }

    fn find(&self, name: &str) -> Option<(String, &'a str)> {
        let own = [String::new()];
        let folders =
            if self.from.dialect.snippet_folders.is_empty() { &own[..] } else { &self.from.dialect.snippet_folders };
        // A base may be a single file, which is then found by its name.
        let found = folders.iter().filter_map(|folder| {
            let folder = normalise("", folder)?;
            if !folder.is_empty() && name_of(&folder) == name { Some(folder) } else { normalise(&folder, name) }
        });
        found.into_iter().find_map(|path| Some((path.clone(), self.from.files.get(&path)?.as_str())))
    }
}

/// The lines of a file that are asked for.
enum Part<'t> {
    All,
    /// First and last, counted from 1; 0 stands for the file's own ends, and below it counts from the end.
    Lines(Vec<(i64, i64)>),
    Section(&'t str),
}

fn split_name(name: &str) -> (&str, Part<'_>) {
    let Some((path, rest)) = name.split_once(':') else { return (name.trim(), Part::All) };
    let ranges: Option<Vec<(i64, i64)>> = rest.split(',').map(range).collect();
    match ranges {
        Some(ranges) => (path.trim(), Part::Lines(ranges)),
        None => (path.trim(), Part::Section(rest.trim())),
    }
}

fn range(text: &str) -> Option<(i64, i64)> {
    let number = |text: &str| if text.trim().is_empty() { Some(0) } else { text.trim().parse::<i64>().ok() };
    match text.split_once(':') {
        Some((first, last)) => Some((number(first)?, number(last)?)),
        None if text.trim().is_empty() => None,
        None => Some((number(text)?, 0)),
    }
}

fn slice<'s, 't>(lines: &'s [&'t str], (first, last): (i64, i64)) -> &'s [&'t str] {
    let length = lines.len() as i64;
    let place = |number: i64| if number < 0 { (length + number + 1).max(1) } else { number };
    let first = (place(first).max(1) - 1).min(length) as usize;
    let last = if last == 0 { length } else { place(last).min(length) }.max(0) as usize;
    lines.get(first..last.max(first)).unwrap_or_default()
}

fn between<'t>(lines: &[&'t str], section: &str) -> Vec<&'t str> {
    let mut out = Vec::new();
    let mut inside = false;
    for line in lines {
        match section_of(line) {
            // An end before any start: the section is not one.
            Some((false, name)) if name == section && !inside => return out,
            Some((start, name)) if name == section => inside = start,
            _ if inside => out.push(*line),
            _ => {}
        }
    }
    out
}

/// Whether a line starts or ends a section, and which.
fn section_of(line: &str) -> Option<(bool, &str)> {
    let (_, rest) = line.split_once("-8<-")?;
    let rest = rest.trim_start_matches('-').trim_start().strip_prefix('[')?;
    let (inside, _) = rest.split_once(']')?;
    let (kind, name) = inside.split_once(':')?;
    match kind.trim().to_ascii_lowercase().as_str() {
        "start" => Some((true, name.trim())),
        "end" => Some((false, name.trim())),
        _ => None,
    }
}

fn marker(line: &str) -> Option<Marker<'_>> {
    let at = line.find("-8<-")?;
    let before = line[..at].trim_end_matches('-');
    let escaped = before.ends_with(';');
    let rest = line[at + 4..].trim_start_matches('-');
    let section = rest.trim_start().starts_with('[') && section_of(line).is_some();
    if !section && !before.trim_end_matches(';').trim().is_empty() {
        return None;
    }
    let name = rest.trim();
    let found = if section {
        Marker::Section
    } else if name.is_empty() {
        Marker::Block
    } else {
        let quoted = ['"', '\''].into_iter().find_map(|quote| name.strip_prefix(quote)?.strip_suffix(quote));
        Marker::Inline(quoted.filter(|_| rest.starts_with([' ', '\t']))?.trim())
    };
    Some(if escaped { Marker::Escaped } else { found })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        let files: BTreeMap<String, String> = [
            ("a.md", "one\n--8<-- \"b.md\"\n--8<-- \"a.md\"\n"),
            ("b.md", "# --8<-- [start:s]\n  two\n# --8<-- [end:s]\nthree\n"),
        ]
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .into();
        let dialect = Dialect::default();
        let (lines, missing) = expand(Line::split(text, 1), Snippets { files: &files, dialect: &dialect });
        let lines: Vec<&str> = lines.iter().map(|line| &*line.text).collect();
        let missing: String = missing.iter().map(|(at, name)| format!(" missing {name} in line {}", at.line)).collect();
        lines.join("|") + &missing
    }

    #[test]
    fn files_and_parts_of_them_are_brought_in() {
        assert_eq!(
            check("x\n  --8<-- \"a.md\"\ny"),
            "x|  one|    two|  three|  |  |y",
            "a file does not contain itself"
        );
        assert_eq!(check("-8<- 'b.md:s'"), "  two");
        assert_eq!(check("--8<-- \"b.md:4:4\""), "three");
        assert_eq!(check("--8<-- \"b.md:2:2\""), "  two");
        assert_eq!(check("--8<--\nb.md:-2:-2\n\n; a.md\n--8<--"), "three|");
        assert_eq!(check(";--8<-- \"a.md\""), "--8<-- \"a.md\"");
        assert_eq!(
            check("a\n--8<-- \"../c.md\"\n--8<-- \"no.md\""),
            "a missing ../c.md in line 2 missing no.md in line 3"
        );
        assert_eq!(check("text --8<-- \"a.md\""), "text --8<-- \"a.md\"");
    }
}
