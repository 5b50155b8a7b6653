//! Tables: cells carry their alignment as an attribute, because styles are not allowed.

use pulldown_cmark::{Alignment, Tag, TagEnd};

/// Where the walk is in a table.
#[derive(Debug, Default)]
pub(super) struct State {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// Whether the table has a row below its head yet.
    in_body: bool,
    /// The element of the open cell.
    cell: &'static str,
}

impl State {
    /// The HTML for the start of a table or of a part of one; `shared` are a cell's own attributes. A head
    /// cell without words heads nothing: a screen reader would announce an empty name with every cell.
    pub(super) fn start(&mut self, tag: Tag<'_>, shared: &str, empty: bool) -> String {
        match tag {
            Tag::Table(alignments) => {
                self.alignments = alignments;
                "<table>\n".to_owned()
            }
            Tag::TableHead => {
                self.in_head = true;
                self.in_body = false;
                self.column = 0;
                "<thead>\n<tr>".to_owned()
            }
            Tag::TableRow => {
                self.column = 0;
                let start = if self.in_body { "<tr>" } else { "<tbody>\n<tr>" };
                self.in_body = true;
                start.to_owned()
            }
            _ => {
                let align = match self.alignments.get(self.column) {
                    Some(Alignment::Left) => " align=\"left\"",
                    Some(Alignment::Center) => " align=\"center\"",
                    Some(Alignment::Right) => " align=\"right\"",
                    Some(Alignment::None) | None => "",
                };
                self.column += 1;
                self.cell = if self.in_head && !empty { "th" } else { "td" };
                let scope = if self.cell == "th" { " scope=\"col\"" } else { "" };
                format!("<{}{scope}{align}{shared}>", self.cell)
            }
        }
    }

    /// The HTML for the end.
    pub(super) fn end(&mut self, tag: &TagEnd) -> String {
        match tag {
            TagEnd::Table => if self.in_body { "</tbody>\n</table>\n" } else { "</table>\n" }.to_owned(),
            TagEnd::TableHead => {
                self.in_head = false;
                "</tr>\n</thead>\n".to_owned()
            }
            TagEnd::TableRow => "</tr>\n".to_owned(),
            _ => format!("</{}>", self.cell),
        }
    }
}
