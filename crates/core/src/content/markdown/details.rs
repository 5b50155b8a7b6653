//! `<details>` sections: HTML blocks that stand around Markdown.

use super::{Block, BlockKind};

/// Sections nested deeper than this stay as they are; walking them must not exhaust the stack.
const MAX_SECTIONS: usize = 16;

/// Puts the blocks between `<details>` and `</details>` into one block, at every level.
pub(super) fn fold_details(blocks: &mut Vec<Block<'_>>) {
    for block in blocks.iter_mut() {
        fold_details(&mut block.children);
    }
    fold_level(blocks, 0);
}

fn fold_level(blocks: &mut Vec<Block<'_>>, depth: usize) {
    if depth == MAX_SECTIONS {
        return;
    }
    let mut at = 0;
    while at < blocks.len() {
        if opens(&blocks[at]) {
            let end = closing(blocks, at);
            let mut inside: Vec<_> = blocks.drain(at + 1..=end.min(blocks.len() - 1)).collect();
            if inside.last().is_some_and(closes) && end < usize::MAX {
                let last = inside.pop().expect("the section has a last block");
                blocks[at].range.end = last.range.end;
            } else if let Some(last) = inside.last() {
                blocks[at].range.end = last.range.end;
            }
            // The summary may stand in a block of its own.
            let mut summary = summary_of(&html(&blocks[at]));
            if summary.is_empty() && inside.first().is_some_and(|first| html(first).contains("<summary")) {
                summary = summary_of(&html(&inside.remove(0)));
            }
            fold_level(&mut inside, depth + 1);
            blocks[at].children = inside;
            blocks[at].kind = BlockKind::Details(summary);
        }
        at += 1;
    }
}

fn html(block: &Block<'_>) -> String {
    if block.kind != BlockKind::Html {
        return String::new();
    }
    block
        .inline
        .iter()
        .map(|(event, _)| if let pulldown_cmark::Event::Html(html) = event { html } else { "" })
        .collect()
}

fn opens(block: &Block<'_>) -> bool {
    let html = html(block);
    html.trim_start().starts_with("<details") && !html.contains("</details")
}

fn closes(block: &Block<'_>) -> bool {
    html(block).trim_start().starts_with("</details")
}

/// The block that closes the section opened at `open`; the end of the container where none does.
fn closing(blocks: &[Block<'_>], open: usize) -> usize {
    let mut depth = 0usize;
    for (at, block) in blocks.iter().enumerate().skip(open) {
        if opens(block) {
            depth += 1;
        } else if closes(block) {
            depth -= 1;
            if depth == 0 {
                return at;
            }
        }
    }
    usize::MAX
}

/// The plain words between `<summary>` and `</summary>`.
fn summary_of(html: &str) -> String {
    let Some((_, after)) = html.split_once("<summary") else { return String::new() };
    let after = after.split_once('>').map_or("", |(_, after)| after);
    let inside = after.split("</summary").next().unwrap_or("");
    let mut words = String::new();
    let mut tag = false;
    for c in inside.chars() {
        match c {
            '<' => tag = true,
            '>' => tag = false,
            c if !tag => words.push(c),
            _ => {}
        }
    }
    super::inline::collapse(&words)
}
