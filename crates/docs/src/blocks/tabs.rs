//! Content tabs: `=== "Title"` with a body indented by four, several in a row forming one set.
//!
//! `===!` starts a new set, `===+` marks the tab that is shown first.

use super::{Found, Kind, Pass, Tab, indented_body, lines::Line};

struct Head<'a> {
    title: &'a str,
    selected: bool,
    new_set: bool,
}

/// The set of tabs that starts at the first of `lines`.
pub(super) fn recognise(pass: Pass<'_>, lines: &[Line<'_>]) -> Option<Found> {
    let indent = lines[0].indent();
    let mut tabs = Vec::new();
    let mut taken = 0;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if line.is_blank() && !tabs.is_empty() {
            at += 1;
            continue;
        }
        if line.indent() != indent {
            break;
        }
        let Some(head) = read_head(line.text.trim()) else { break };
        if head.new_set && !tabs.is_empty() {
            break;
        }
        let body = indented_body(&lines[at..], 4);
        at += 1 + body.len();
        taken = at;
        tabs.push(Tab { title: head.title.to_owned(), selected: head.selected, body: pass.inside(&body) });
    }
    (!tabs.is_empty()).then_some(Found { kind: Kind::Tabs(tabs), lines: taken, rest: None })
}

fn read_head(text: &str) -> Option<Head<'_>> {
    let rest = text.strip_prefix("===")?;
    let marks = rest.bytes().take_while(|c| matches!(c, b'!' | b'+')).count();
    let title = rest[marks..].strip_prefix(' ')?.trim_start().strip_prefix('"')?.strip_suffix('"')?;
    Some(Head { title, selected: rest[..marks].contains('+'), new_set: rest[..marks].contains('!') })
}
