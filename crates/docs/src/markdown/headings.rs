//! Headings: what they say, and the ids that links find them by.

use pulldown_cmark::{Event, HeadingLevel};
use waymark_core::docs::Heading;

use super::{
    attrs::{self, Attrs},
    marks,
    parse::{Spanned, text_of_events},
    slug::{Ids, slug},
    symbols,
    text::{with_symbols, without_symbols},
};
use crate::config::Dialect;

/// A heading before ids are given out.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// 1 to 6.
    pub(crate) level: u8,
    /// Plain text as the reader sees it.
    pub(crate) text: String,
    /// What the id is made from.
    pub(crate) slug: String,
    /// The id that the author chose.
    pub(crate) explicit: Option<String>,
    /// What else its attribute list says.
    pub(crate) attrs: Attrs,
}

impl Draft {
    /// Reads the heading whose content is `events`, and takes its attribute list out of them.
    pub(crate) fn read(level: HeadingLevel, events: &mut [Spanned<'_>], dialect: &Dialect) -> Self {
        let rule = dialect.headings.as_ref();
        let mut list = Attrs::default();
        if let Some((Event::Text(text), _)) = events.last_mut()
            && let Some((attrs, length)) = attrs::at_end(text)
        {
            list = attrs;
            *text = text[..length].to_owned().into();
        }
        let text = marks::without(&symbols::replaced(&text_of_events(events)));
        Self {
            level: level_in(level, dialect),
            slug: slug(&without_symbols(&text), rule),
            text: with_symbols(&text).trim().to_owned(),
            explicit: list.id.clone(),
            attrs: list,
        }
    }
}

/// The level that a heading has where the site's first one is not 1.
pub(crate) fn level_in(level: HeadingLevel, dialect: &Dialect) -> u8 {
    let base = dialect.headings.as_ref().map_or(1, |set| set.base_level);
    (level as u8 + base - 1).min(6)
}

/// The final ids of all headings of a page, in order; they yield to each other's explicit ids, as in
/// Python-Markdown.
pub(crate) fn number(drafts: &[Draft]) -> Vec<String> {
    let mut ids = Ids::default();
    drafts.iter().filter_map(|draft| draft.explicit.as_deref()).for_each(|id| ids.reserve(id));
    drafts.iter().map(|draft| draft.explicit.clone().unwrap_or_else(|| ids.unique(draft.slug.clone()))).collect()
}

/// The index of the heading that is the page's title: the first heading, if it is of level 1.
pub(crate) fn title_index(drafts: &[Draft]) -> Option<usize> {
    drafts.first().is_some_and(|draft| draft.level == 1).then_some(0)
}

/// The outline: every heading but the title.
pub(crate) fn outline(drafts: &[Draft], ids: &[String]) -> Vec<Heading> {
    let skip = title_index(drafts).map_or(0, |index| index + 1);
    all(drafts, ids).split_off(skip.min(ids.len()))
}

/// Every heading, the title included.
pub(crate) fn all(drafts: &[Draft], ids: &[String]) -> Vec<Heading> {
    let headings = drafts.iter().zip(ids);
    headings.map(|(draft, id)| Heading { level: draft.level, id: id.clone(), text: draft.text.clone() }).collect()
}

/// Those of `headings` that stand in a table of contents.
pub(crate) fn listed(mut headings: Vec<Heading>, dialect: &Dialect) -> Vec<Heading> {
    headings.retain(|heading| dialect.headings.as_ref().is_none_or(|set| set.lists(heading.level)));
    headings
}
