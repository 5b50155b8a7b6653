//! From a grammar's scopes to the seven kinds of words that the style sheet knows.

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::markdown::escape;

/// Scope prefixes and the class for each; of a stack the innermost scope that has one counts.
///
/// An empty class means: no colour, and none from further out either.
#[rustfmt::skip]
const CLASSES: &[(&str, &str)] = &[
    ("comment", "comment"),
    ("punctuation.definition.comment", "comment"),
    ("punctuation.section.embedded", "keyword"),
    ("punctuation.section.interpolation", "keyword"),
    ("meta.interpolation", ""),
    ("source.shell.embedded", ""),
    ("constant.character.escape", "number"),
    ("constant.numeric", "number"),
    ("constant.language", "number"),
    ("constant.other.placeholder", "number"),
    ("string", "string"),
    ("punctuation.definition.string", "string"),
    ("entity.name.function", "function"),
    ("support.function", "function"),
    ("variable.function", "function"),
    ("entity.name.tag.yaml", "function"),
    ("meta.mapping.key.json", "function"),
    ("support.type.property-name", "function"),
    ("entity.other.attribute-name", "function"),
    ("entity.name.tag", "keyword"),
    ("entity.name.type", "type"),
    ("entity.name.class", "type"),
    ("entity.name.struct", "type"),
    ("entity.name.enum", "type"),
    ("entity.name.trait", "type"),
    ("entity.name.interface", "type"),
    ("entity.name.namespace", "type"),
    ("entity.name.section", "type"),
    ("entity.name.table", "type"),
    ("entity.other.inherited-class", "type"),
    ("support.class", "type"),
    ("support.type", "type"),
    ("storage.type.numeric", "number"),
    ("storage.type", "keyword"),
    ("storage.modifier", "keyword"),
    ("storage", "keyword"),
    ("keyword.operator.word", "keyword"),
    ("keyword.operator.logical.python", "keyword"),
    ("keyword.operator", ""),
    ("keyword", "keyword"),
    ("variable.language", "keyword"),
    ("markup.deleted", "error"),
    ("markup.inserted", "string"),
    ("markup.heading", "keyword"),
    ("meta.diff.header", "type"),
    ("meta.diff.range", "number"),
    ("invalid", "error"),
];

static TABLE: LazyLock<Vec<(Scope, &str)>> =
    LazyLock::new(|| CLASSES.iter().filter_map(|(prefix, class)| Some((Scope::new(prefix).ok()?, *class))).collect());

/// The lines of `text`, each as HTML without its line break.
pub(super) fn highlighted(text: &str, grammar: &SyntaxReference, grammars: &SyntaxSet) -> Vec<String> {
    let mut state = ParseState::new(grammar);
    let mut stack = ScopeStack::new();
    text.split('\n').map(|line| highlighted_line(line, &mut state, &mut stack, grammars)).collect()
}

fn highlighted_line(line: &str, state: &mut ParseState, stack: &mut ScopeStack, grammars: &SyntaxSet) -> String {
    let with_break = format!("{line}\n");
    let Ok(operations) = state.parse_line(&with_break, grammars) else { return escape(line) };
    let mut out = String::with_capacity(line.len() * 2);
    let mut open = "";
    let mut at = 0;
    for (offset, operation) in operations {
        let offset = line.floor_char_boundary(offset);
        if offset > at {
            write(&mut out, &line[at..offset], class_of(stack), &mut open);
            at = offset;
        }
        if stack.apply(&operation).is_err() {
            break;
        }
    }
    write(&mut out, &line[at..], class_of(stack), &mut open);
    if !open.is_empty() {
        out.push_str("</span>");
    }
    out
}

/// Adds text; neighbours of one class share a span, and white space belongs to whatever is open.
fn write(out: &mut String, text: &str, class: &'static str, open: &mut &'static str) {
    if text.is_empty() {
        return;
    }
    let blank = text.trim().is_empty();
    if class != *open && !(blank && class.is_empty() && open.is_empty()) {
        if !open.is_empty() {
            out.push_str("</span>");
        }
        *open = if blank { "" } else { class };
        if !open.is_empty() {
            out.push_str(&format!("<span class=\"wm-syn-{class}\">"));
        }
    }
    out.push_str(&escape(text));
}

fn class_of(stack: &ScopeStack) -> &'static str {
    let find = |scope: &Scope| TABLE.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class);
    stack.as_slice().iter().rev().find_map(find).unwrap_or("")
}
