//! What a step's own words say, the words of its parts left out.

use pulldown_cmark::{Event, Tag};

use super::probes::is_loopback;
use crate::{
    content::markdown::{Block, BlockKind, Document},
    diagnostic::Position,
};

/// What the checks look for in the text of a step.
#[derive(Clone, Debug, Default)]
pub(super) struct OwnText {
    /// Links and pictures that need the network, in order.
    pub outside: Vec<(String, Position)>,
    /// Links and pictures that lead into the content, in order.
    pub inside: Vec<(String, Position)>,
    /// Where a picture or copied output is asked for as proof of a command.
    pub picture: Option<Position>,
}

/// Words for what is handed in, and for handing it in.
const PROOFS: [&str; 9] = [
    "screenshot",
    "screen shot",
    "screen capture",
    "the output",
    "its output",
    "your output",
    "terminal output",
    "command output",
    "the result of running",
];
const HANDING_IN: [&str; 12] =
    ["past", "post", "attach", "upload", "send", "share", "submit", "add ", "comment", "drop ", "provide", "include"];
const COMMANDS: [&str; 6] = ["run ", "running ", "execute ", "executing ", "the command", "in a terminal"];

impl OwnText {
    /// Reads an item without the boxes below it.
    pub(super) fn of(item: &Block<'_>, document: &Document<'_>) -> Self {
        let mut text = Self::default();
        let mut reader = Reader { document, text: &mut text, command: false, asked: None };
        item.children.iter().for_each(|block| reader.block(block));
        let asked = reader.asked.filter(|_| reader.command);
        text.picture = text.picture.or(asked);
        text
    }
}

struct Reader<'r, 'a> {
    document: &'r Document<'a>,
    text: &'r mut OwnText,
    /// Whether a command to run was met.
    command: bool,
    /// Where a proof is asked for.
    asked: Option<Position>,
}

impl Reader<'_, '_> {
    fn block(&mut self, block: &Block<'_>) {
        if block.task().is_some() {
            return;
        }
        match &block.kind {
            BlockKind::Code { fenced: true, info } => {
                let language = info.split_whitespace().next().unwrap_or("");
                self.command |= matches!(language, "sh" | "bash" | "shell" | "console" | "zsh" | "powershell");
            }
            BlockKind::Code { .. } | BlockKind::Html => {}
            _ => self.words(block),
        }
        block.children.iter().for_each(|child| self.block(child));
    }

    fn words(&mut self, block: &Block<'_>) {
        for (event, range) in &block.inline {
            if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event {
                let at = self.document.lines.position(range.start);
                if is_outside(dest_url) {
                    self.text.outside.push((dest_url.to_string(), at));
                } else if is_inside(dest_url) {
                    self.text.inside.push((dest_url.to_string(), at));
                }
            }
        }
        let words = block.plain().to_lowercase();
        let code = block.inline.iter().any(|(event, _)| matches!(event, Event::Code(_)));
        let says = |list: &[&str]| list.iter().any(|word| words.contains(word));
        self.command |= code && says(&COMMANDS);
        if self.asked.is_none() && says(&PROOFS) && says(&HANDING_IN) {
            self.asked = Some(self.document.lines.position(block.range.start));
            self.command |= says(&COMMANDS);
        }
    }
}

/// Whether an address is a path of the content: no scheme before it, and nothing in it that is filled in later.
fn is_inside(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
    !address.is_empty() && !address.starts_with('#') && !address.starts_with("//") && !scheme && !address.contains("{{")
}

/// Whether an address cannot be opened without a network.
fn is_outside(address: &str) -> bool {
    let lower = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    (lower.starts_with("http://") || lower.starts_with("https://")) && !is_loopback(address)
}
