//! `/// define`: paragraphs are terms, the items of lists are what the terms mean.

use pulldown_cmark::{Tag, TagEnd};

use super::{Reading, Renderer, Walk};
use crate::{blocks::Chunk, markdown::parse::TooDeep};

impl Renderer<'_> {
    /// The content of a list of definitions.
    pub(super) fn terms(&mut self, chunk: &Chunk, depth: usize) -> Result<String, TooDeep> {
        self.chunk_as(chunk, depth, Reading::Terms)
    }

    /// Takes the start of a block of such a list, if it is one; gives the index of the next event.
    pub(super) fn term_start<'t>(
        &mut self,
        walk: &mut Walk<'_, 't>,
        tag: &Tag<'t>,
        at: usize,
    ) -> Result<Option<usize>, TooDeep> {
        let Some(base) = walk.terms else { return Ok(None) };
        match tag {
            Tag::Paragraph if walk.depth == base => walk.push("<dt>".to_owned()),
            Tag::List(_) if walk.depth == base => {}
            Tag::Item if walk.depth == base + 1 => walk.push("<dd>".to_owned()),
            tag if walk.depth == base && super::is_block(tag) => {
                walk.push("<dt>\n".to_owned());
                let next = self.start(walk, tag.clone(), at)?;
                if walk.depth == base {
                    // It was taken as a whole.
                    walk.push("</dt>\n".to_owned());
                }
                return Ok(Some(next));
            }
            _ => return Ok(None),
        }
        walk.depth += 1;
        Ok(Some(at + 1))
    }

    /// Takes the end of such a block; says whether it did.
    pub(super) fn term_end(&mut self, walk: &mut Walk<'_, '_>, tag: TagEnd) -> bool {
        let Some(base) = walk.terms else { return false };
        match tag {
            TagEnd::Paragraph if walk.depth == base + 1 => walk.push("</dt>\n".to_owned()),
            TagEnd::List(_) if walk.depth == base + 1 => {}
            TagEnd::Item if walk.depth == base + 2 => walk.push("</dd>\n".to_owned()),
            TagEnd::BlockQuote(_) | TagEnd::Table | TagEnd::DefinitionList if walk.depth == base + 1 => {
                self.end(walk, tag);
                walk.push("</dt>\n".to_owned());
                return true;
            }
            _ => return false,
        }
        walk.depth -= 1;
        true
    }
}
