//! Reference links and footnotes: a text that is cut out of its file needs what they point at.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use pulldown_cmark::{Event, LinkType, Tag};

use super::{Block, BlockKind};

/// Where references are used and defined, in bytes of the file.
#[derive(Debug, Default)]
pub(crate) struct References {
    definitions: BTreeMap<String, Range<usize>>,
    footnotes: BTreeMap<String, Range<usize>>,
    /// Uses in the order of the file: offset, label, whether it is a footnote.
    uses: Vec<(usize, &'static str, String)>,
    /// Footnotes that are used somewhere.
    used: BTreeSet<String>,
    /// Reference links without a definition: offset and label.
    pub missing: Vec<(usize, String)>,
}

const LINK: &str = "link";
const FOOTNOTE: &str = "footnote";

impl References {
    pub(super) fn define(&mut self, label: &str, range: Range<usize>) {
        self.definitions.insert(fold(label), range);
    }

    /// Notes every use in `blocks` and all below.
    pub(super) fn collect(&mut self, blocks: &[Block<'_>]) {
        self.collect_below(blocks);
        self.uses.sort_by_key(|(offset, ..)| *offset);
        self.used =
            self.uses.iter().filter(|(_, kind, _)| *kind == FOOTNOTE).map(|(.., label)| label.clone()).collect();
    }

    fn collect_below(&mut self, blocks: &[Block<'_>]) {
        for block in blocks {
            if let BlockKind::Footnote(label) = &block.kind {
                self.footnotes.insert(fold(label), block.range.clone());
            }
            for (event, range) in &block.inline {
                match event {
                    Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. })
                        if matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut) =>
                    {
                        self.uses.push((range.start, LINK, fold(id)));
                    }
                    Event::FootnoteReference(label) => self.uses.push((range.start, FOOTNOTE, fold(label))),
                    _ => {}
                }
            }
            self.collect_below(&block.children);
        }
    }

    /// The definitions that the text in `range` needs, each once, in the order of use.
    pub(super) fn needed(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let first = self.uses.partition_point(|(offset, ..)| *offset < range.start);
        let mut needed: Vec<Range<usize>> = Vec::new();
        let mut seen = BTreeSet::new();
        for (_, kind, label) in self.uses[first..].iter().take_while(|(offset, ..)| *offset < range.end) {
            let place = if *kind == LINK { self.definitions.get(label) } else { self.footnotes.get(label) };
            if let Some(place) = place.filter(|place| seen.insert(place.start)) {
                needed.push(place.clone());
            }
        }
        needed
    }

    /// Whether a footnote is used somewhere, so that its text goes where it is used.
    pub(crate) fn is_used(&self, footnote: &str) -> bool {
        self.used.contains(&fold(footnote))
    }
}

/// Labels match without regard to case and white space.
fn fold(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
