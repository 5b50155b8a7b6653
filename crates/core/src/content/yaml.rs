//! YAML as a tree in which every key and value knows its place in the file.
//!
//! Scalars stay as the author wrote them (`1.0` is not `1`), and a key that is given twice is a
//! finding and not the end of the file.

use std::collections::BTreeMap;

use serde_saphyr::granit_parser::{Event, Marker, Parser, ScalarStyle};

use super::markdown::Lines;
use crate::diagnostic::{Findings, Position};

/// A value with the place of its first character.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub value: Value,
    pub at: Position,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// Text, number, date or truth value, as written. `plain` is false where it was quoted.
    Scalar {
        text: String,
        plain: bool,
    },
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub key: String,
    pub key_at: Position,
    pub value: Node,
}

/// Where the lines of a YAML text begin in its file; a block inside a list item is indented there.
#[derive(Debug)]
pub(crate) struct Place {
    starts: Vec<Position>,
}

/// More nodes than this are no front matter; an alias may stand for many of them.
const MAX_NODES: usize = 100_000;

impl Place {
    /// A text that stands in the file as it is, from byte `start` on.
    pub(crate) fn whole(lines: &Lines<'_>, start: usize) -> Self {
        let first = lines.number(start);
        let starts = (first..lines.count()).map(|line| Position { line: line as u32 + 1, column: 1 }).collect();
        Self { starts }
    }

    /// A text whose lines were taken out of the file at these bytes.
    pub(crate) fn at_offsets(lines: &Lines<'_>, offsets: impl IntoIterator<Item = usize>) -> Self {
        Self { starts: offsets.into_iter().map(|offset| lines.position(offset)).collect() }
    }

    /// The place of the first character.
    pub(crate) fn start(&self) -> Position {
        self.starts.first().copied().unwrap_or(Position::START)
    }

    fn position(&self, marker: Marker) -> Position {
        let line = marker.line().saturating_sub(1);
        match self.starts.get(line) {
            Some(start) => Position { line: start.line, column: start.column + marker.col() as u32 },
            // The end of the text: the line after its last one.
            None => self.starts.last().map_or(Position::START, |last| Position {
                line: last.line + (line + 1 - self.starts.len()) as u32,
                column: 1,
            }),
        }
    }
}

/// Reads `yaml`. What cannot be read is a finding with `code`; `None` where nothing could be read,
/// also where the text is empty.
pub(crate) fn parse(yaml: &str, place: &Place, code: &str, findings: &mut Findings) -> Option<Node> {
    let mut reader = Reader { place, code, findings, open: Vec::new(), anchors: BTreeMap::new(), root: None, count: 0 };
    for next in Parser::new_from_str(yaml) {
        let done = match next {
            Ok((event, span)) => reader.event(event, span.start),
            Err(error) => {
                let at = place.position(*error.marker());
                let message = format!("the YAML cannot be read: {}", error.info());
                reader.findings.error(code, at, message).help("Quote texts that contain `: `, `#`, `{` or `[`.");
                return None;
            }
        };
        if done {
            break;
        }
    }
    reader.root
}

/// A list or map that is not closed yet.
enum Open {
    List { at: Position, anchor: usize, items: Vec<Node> },
    Map { at: Position, anchor: usize, entries: Vec<Entry>, key: Option<(String, Position)> },
}

struct Reader<'r> {
    place: &'r Place,
    code: &'r str,
    findings: &'r mut Findings,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Node>,
    root: Option<Node>,
    count: usize,
}

impl Reader<'_> {
    /// Takes one event; true where the rest of the text does not matter any more.
    fn event(&mut self, event: Event<'_>, start: Marker) -> bool {
        let at = self.place.position(start);
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let value = Value::Scalar { text: text.into_owned(), plain: style == ScalarStyle::Plain };
                self.add(Node { value, at }, anchor)
            }
            Event::SequenceStart(_, anchor, _) => {
                self.open.push(Open::List { at, anchor, items: Vec::new() });
                false
            }
            Event::MappingStart(_, anchor, _) => {
                self.open.push(Open::Map { at, anchor, entries: Vec::new(), key: None });
                false
            }
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(Open::List { at, anchor, items }) => self.add(Node { value: Value::List(items), at }, anchor),
                Some(Open::Map { at, anchor, entries, .. }) => {
                    self.add(Node { value: Value::Map(entries), at }, anchor)
                }
                None => true,
            },
            Event::Alias(anchor) => match self.anchors.get(&anchor) {
                Some(node) => {
                    let node = Node { at, ..node.clone() };
                    self.count += size(&node);
                    self.add(node, 0)
                }
                None => {
                    self.findings.error(self.code, at, "an alias cannot stand inside what it names");
                    true
                }
            },
            Event::DocumentEnd => true,
            _ => false,
        }
    }

    fn add(&mut self, node: Node, anchor: usize) -> bool {
        self.count += 1;
        if self.count > MAX_NODES {
            self.findings.error(self.code, node.at, format!("the YAML has more than {MAX_NODES} values"));
            self.root = None;
            return true;
        }
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, key, .. }) => match key.take() {
                None => *key = Some((key_text(&node), node.at)),
                Some((key, key_at)) => match entries.iter().find(|entry| entry.key == key) {
                    Some(first) => {
                        let message = format!(
                            "`{key}` is given twice: on line {}, column {} and on line {}, column {}; the first one counts",
                            first.key_at.line, first.key_at.column, key_at.line, key_at.column
                        );
                        self.findings.error(self.code, key_at, message).help("Remove one of the two.");
                    }
                    None => entries.push(Entry { key, key_at, value: node }),
                },
            },
        }
        false
    }
}

fn key_text(node: &Node) -> String {
    match &node.value {
        Value::Scalar { text, .. } => text.clone(),
        Value::List(_) | Value::Map(_) => String::new(),
    }
}

fn size(node: &Node) -> usize {
    match &node.value {
        Value::Scalar { .. } => 1,
        Value::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Map(entries) => 1 + entries.iter().map(|entry| size(&entry.value)).sum::<usize>(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(yaml: &str) -> (Option<Node>, Vec<String>) {
        let mut findings = Findings::new("f.md");
        let node = parse(yaml, &Place::whole(&Lines::new(yaml), 0), "J001", &mut findings);
        let list = findings.into_list();
        (node, list.iter().map(|one| format!("{}:{} {}", one.line, one.column, one.message)).collect())
    }

    #[test]
    fn scalars_stay_as_written_and_know_their_place() {
        let (node, findings) = read("version: 1.0\nphases:\n  - {id: a}\n");
        assert!(findings.is_empty(), "{findings:?}");
        let Value::Map(entries) = node.expect("a map").value else { panic!("not a map") };
        assert_eq!(entries[0].value.value, Value::Scalar { text: "1.0".into(), plain: true });
        assert_eq!(entries[0].value.at, Position { line: 1, column: 10 });
        assert_eq!(entries[1].key_at, Position { line: 2, column: 1 });
    }

    #[test]
    fn a_key_given_twice_names_both_places_and_keeps_the_rest() {
        let (node, findings) = read("a: 1\nb: 2\na: 3\n");
        assert_eq!(
            findings,
            ["3:1 `a` is given twice: on line 1, column 1 and on line 3, column 1; the first one counts"]
        );
        assert!(matches!(node.expect("a map").value, Value::Map(entries) if entries.len() == 2));
    }

    #[test]
    fn broken_text_and_bombs_are_one_finding() {
        let (node, findings) = read("a: [1\nb: {");
        assert!(node.is_none());
        assert_eq!(findings.len(), 1, "{findings:?}");
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..9 {
            let below = format!("*a{}", level - 1);
            bomb.push_str(&format!("a{level}: &a{level} [{}]\n", [below.as_str(); 10].join(", ")));
        }
        let (node, findings) = read(&bomb);
        assert!(node.is_none());
        assert!(findings[0].contains("more than 100000 values"), "{findings:?}");
    }
}
