//! Code blocks: collected here, highlighted after sanitising.

use pulldown_cmark::Event;

use super::{Renderer, Walk, end_of_block};
use crate::{highlight::Code, markdown::info, page::marks::Mark};

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
        walk.restore(&mut text, self.marks.nonce());
        let id = self.marks.add(Mark::Code(Code { info: info::read(info), text }));
        walk.out.push(Event::Html(format!("<hr id=\"{id}\">\n").into()));
        end + 1
    }
}
