//! Code blocks of built pages: what Pygments and its themes made of them, taken back to plain text.

use super::tree::{Node, attribute, classes, elements, find, has_class, name, text_without};
use crate::markdown::escape;

/// A code block as its author wrote it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// Lower case; empty where none is named.
    pub(super) language: String,
    /// The file's name or the block's title.
    pub(super) title: Option<String>,
    /// Lines that are marked, counted from 1.
    pub(super) marked: Vec<u32>,
    pub(super) text: String,
}

/// Words among a block's classes that name no language.
const NO_LANGUAGE: [&str; 8] =
    ["highlight", "codehilite", "highlighttable", "hljs", "no-copy", "copy", "annotate", "literal-block"];

/// The code block that a node is, with everything that belongs to it.
pub(super) fn block(node: &Node) -> Option<Block> {
    let wraps = ["highlight", "codehilite", "highlighttable"].iter().any(|class| has_class(node, class));
    let is_pre = name(node) == Some("pre");
    let is_wrapper = wraps && name(node) != Some("code");
    if !is_pre && !is_wrapper {
        return None;
    }
    // The cell with the code, where line numbers stand in a cell of their own.
    let cell = find(node, &|one| name(one) == Some("td") && has_class(one, "code"));
    let inside = cell.unwrap_or_else(|| node.clone());
    let pre = find(&inside, &|one| name(one) == Some("pre"))?;
    let code = find(&pre, &|one| name(one) == Some("code")).unwrap_or_else(|| pre.clone());
    let title = find(node, &|one| has_class(one, "filename")).map(|one| text_without(&one, &|_| false));
    let title = title.or_else(|| attribute(&pre, "title"));
    let language = [node, &pre, &code].into_iter().find_map(language).unwrap_or_default();
    let kept = attribute(&code, "data-marked");
    let kept = kept.map(|list| list.split_whitespace().filter_map(|line| line.parse().ok()).collect());
    let text = text_without(&code, &|one| has_class(one, "linenos") || has_class(one, "md-annotation"));
    let title = title.map(|title| title.trim().to_owned()).filter(|title| !title.is_empty());
    Some(Block { language, title, marked: kept.unwrap_or_else(|| marked(&code)), text })
}

fn language(node: &Node) -> Option<String> {
    let classes = classes(node);
    let named = |class: &String| {
        let word = class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-"))?;
        Some(word.to_lowercase())
    };
    classes.iter().find_map(named).or_else(|| {
        let is_code = matches!(name(node), Some("pre" | "code"));
        let word = classes.into_iter().find(|class| !NO_LANGUAGE.contains(&class.as_str()));
        word.filter(|_| is_code)
    })
}

/// The lines inside `hll`, which is how Pygments marks them.
fn marked(code: &Node) -> Vec<u32> {
    let (mut line, mut lines) = (1, Vec::new());
    for child in code.children.borrow().iter() {
        let breaks = text_without(child, &|_| false).matches('\n').count() as u32;
        if has_class(child, "hll") {
            lines.extend(line..line + breaks.max(1));
        } else if name(child) == Some("span") && elements(child).iter().any(|one| has_class(one, "hll")) {
            lines.push(line);
        }
        line += breaks;
    }
    lines
}

impl Block {
    /// The plain form, which [`block`] reads again.
    pub(super) fn write(&self, out: &mut String) {
        let title = self.title.as_ref().map(|title| format!(" title=\"{}\"", escape(title))).unwrap_or_default();
        let marked: Vec<String> = self.marked.iter().map(u32::to_string).collect();
        let marked = if marked.is_empty() { String::new() } else { format!(" data-marked=\"{}\"", marked.join(" ")) };
        let language = match self.language.as_str() {
            "" => String::new(),
            language => format!(" class=\"language-{}\"", escape(language)),
        };
        out.push_str(&format!("<pre{title}><code{language}{marked}>{}</code></pre>", escape(&self.text)));
    }
}
