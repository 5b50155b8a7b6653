//! Tables: cells carry their alignment as an attribute, because styles are not allowed.

use pulldown_cmark::{Alignment, Tag, TagEnd};

/// Where the walk is in a table.
#[derive(Debug, Default)]
pub(super) struct State {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl State {
    /// The HTML for the start of a table or of a part of one.
    pub(super) fn start(&mut self, tag: Tag<'_>) -> String {
        match tag {
            Tag::Table(alignments) => {
                self.alignments = alignments;
                "<table>\n".to_owned()
            }
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                "<thead>\n<tr>".to_owned()
            }
            Tag::TableRow => {
                self.column = 0;
                "<tr>".to_owned()
            }
            _ => {
                let align = match self.alignments.get(self.column) {
                    Some(Alignment::Left) => " align=\"left\"",
                    Some(Alignment::Center) => " align=\"center\"",
                    Some(Alignment::Right) => " align=\"right\"",
                    Some(Alignment::None) | None => "",
                };
                self.column += 1;
                if self.in_head { format!("<th scope=\"col\"{align}>") } else { format!("<td{align}>") }
            }
        }
    }

    /// The HTML for the end.
    pub(super) fn end(&mut self, tag: &TagEnd) -> String {
        match tag {
            TagEnd::Table => "</tbody>\n</table>\n".to_owned(),
            TagEnd::TableHead => {
                self.in_head = false;
                "</tr>\n</thead>\n<tbody>\n".to_owned()
            }
            TagEnd::TableRow => "</tr>\n".to_owned(),
            _ => if self.in_head { "</th>" } else { "</td>" }.to_owned(),
        }
    }
}
