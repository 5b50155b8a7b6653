//! Lines with a meaning of their own: `[TOC]`, and snippets of other files.

use super::{Found, Kind, lines::Line};

/// What the first of `lines` asks for, if anything.
pub(super) fn recognise(lines: &[Line<'_>], marker: &str) -> Option<Found> {
    let text = lines[0].text.trim();
    // Text right below makes it a word of a paragraph.
    let alone = || lines.get(1).is_none_or(|next| next.is_blank() || next.text.trim_start().starts_with(['#', '<']));
    let (kind, taken) = if text == marker && alone() {
        (Kind::Contents, 1)
    } else {
        let name = text.trim_start_matches(';').strip_prefix("--8<--")?.trim();
        if text.starts_with(';') {
            // An escaped marker: shown without the escape, which code in the corpus never needs.
            return None;
        }
        if name.is_empty() {
            let names: Vec<&str> =
                lines[1..].iter().map(|line| line.text.trim()).take_while(|name| !name.starts_with("--8<--")).collect();
            if names.len() + 2 > lines.len() || names.len() > 32 {
                return None;
            }
            (Kind::Note(missing(&names.join(", "))), names.len() + 2)
        } else {
            (Kind::Note(missing(name.trim_matches(['"', '\'']))), 1)
        }
    };
    Some(Found { kind, lines: taken, rest: None })
}

fn missing(name: &str) -> String {
    format!("Text from another file belongs here: {name}")
}
