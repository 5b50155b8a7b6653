//! Code blocks: collected here, highlighted after sanitising.

use pulldown_cmark::Event;

use super::{Renderer, Walk, end_of_block};
use crate::{figures::Formula, highlight::Code, markdown::info, page::marks::Mark};

impl Renderer<'_> {
    /// Leaves a mark for the code block that starts at `at`; gives the index behind it.
    pub(super) fn code_block(&mut self, walk: &mut Walk<'_, '_>, info: &str, at: usize) -> usize {
        let end = end_of_block(&walk.events, at);
        let mut text = String::new();
        for (event, _) in &walk.events[at + 1..end] {
            if let Event::Text(part) = event {
                text.push_str(part);
            }
        }
        if text.contains(self.marks.nonce()) {
            text = walk.chunk.as_written(&text, self.marks.nonce());
        }
        let at = walk.chunk.lines.position(walk.events[at].1.start);
        let mut info = info::read(info);
        if info.language.is_empty() {
            info.language.clone_from(&self.dialect.code.language);
        }
        if info.title.is_none() {
            info.title = self.dialect.code.title(&info.language);
        }
        let is_formula = info.language == "math" && (self.dialect.math.is_some() || self.dialect.math_fences);
        let id = self.marks.add(match is_formula {
            true => Mark::Math(Formula { source: text, display: true, at }),
            false => Mark::Code(Box::new(Code { info, text, at })),
        });
        walk.out.push(Event::Html(format!("<hr id=\"{id}\">\n").into()));
        end + 1
    }
}
