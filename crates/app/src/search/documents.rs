//! What the library holds, as documents of the index.

use waymark_core::{
    id::{PackId, SiteId},
    journey::Step,
    roadmap::Item,
};
use waymark_search::{Document, Kind, Section};
use waymark_store::{Page, PageStamp};

use super::sections::sections;
use crate::{
    App, AppError,
    journey::{Loaded, active},
};

/// Raised whenever the same page, step or item gives another document.
const VERSION: &str = "1";

/// Parts of a key are kept apart by this; it is in no id and no path.
const JOINT: char = '\n';

/// A document that the index should hold.
pub(super) struct Planned {
    pub(super) key: String,
    pub(super) stamp: u64,
    pub(super) source: Source,
}

/// Where a document comes from.
pub(super) enum Source {
    /// Steps and items are at hand.
    Document(Box<Document>),
    /// Pages are large, and read one by one when they are needed.
    Page { site: SiteId, path: String },
}

/// What a document's key names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Named<'a> {
    Page { site: &'a str, path: &'a str },
    Step { journey: &'a str, step: &'a str },
    Item { pack: &'a str, item: &'a str },
}

impl<'a> Named<'a> {
    /// Reads a key that this module wrote.
    pub(super) fn read(key: &'a str) -> Option<Self> {
        let mut parts = key.splitn(3, JOINT);
        let (kind, of, name) = (parts.next()?, parts.next()?, parts.next()?);
        [
            (Kind::Page, Self::Page { site: of, path: name }),
            (Kind::Step, Self::Step { journey: of, step: name }),
            (Kind::Item, Self::Item { pack: of, item: name }),
        ]
        .into_iter()
        .find_map(|(word, named)| (word.word() == kind).then_some(named))
    }
}

fn key(kind: Kind, of: &str, name: &str) -> String {
    format!("{}{JOINT}{of}{JOINT}{name}", kind.word())
}

/// All documents of the library.
pub(super) async fn planned(app: &App) -> Result<Vec<Planned>, AppError> {
    let db = app.db().await?;
    let mut list: Vec<Planned> = Vec::new();
    for PageStamp { site, path, title, hash, text_bytes } in db.pages().stamps().await? {
        let (key, stamp) = (key(Kind::Page, site.as_str(), &path), page_stamp(&title, &hash, text_bytes));
        list.push(Planned { key, stamp, source: Source::Page { site, path } });
    }
    let at_hand = |document: Document| Planned {
        key: document.key.clone(),
        stamp: document.stamp,
        source: Source::Document(Box::new(document)),
    };
    for loaded in active(app).await? {
        list.extend(loaded.template.steps().map(|found| at_hand(step(&loaded, found))));
    }
    for (pack, roadmap) in db.roadmaps().list().await? {
        list.extend(roadmap.items.iter().map(|found| at_hand(item(pack, &roadmap.title, found))));
    }
    Ok(list)
}

/// A page, cut at its headings.
pub(super) fn page(site: &SiteId, page: &Page) -> Document {
    Document {
        key: key(Kind::Page, site.as_str(), &page.path),
        kind: Kind::Page,
        source: site.to_string(),
        title: page.title.clone(),
        sections: sections(page),
        stamp: page_stamp(&page.title, &page.hash, page.text.len() as u64),
    }
}

fn step(loaded: &Loaded, step: &Step) -> Document {
    let values = &loaded.values;
    let body = waymark_docs::plain_text(&values.markdown(&step.body));
    let (journey, source) = (loaded.id.to_string(), values.plain(&loaded.template.title));
    whole(Kind::Step, &journey, step.id.as_str(), source, values.plain(&step.title), body)
}

fn item(pack: PackId, roadmap: &str, item: &Item) -> Document {
    let body = waymark_docs::plain_text(&item.body);
    whole(Kind::Item, &pack.to_string(), item.id.as_str(), roadmap.to_owned(), item.title.clone(), body)
}

/// A document of one section.
fn whole(kind: Kind, of: &str, name: &str, source: String, title: String, body: String) -> Document {
    let stamp = stamp(&[&source, &title, &body]);
    let sections = vec![Section { body, ..Section::default() }];
    Document { key: key(kind, of, name), kind, source, title, sections, stamp }
}

fn page_stamp(title: &str, hash: &str, text_bytes: u64) -> u64 {
    stamp(&[title, hash, &text_bytes.to_string()])
}

/// Eight bytes of BLAKE3 over the parts and this module's version.
fn stamp(parts: &[&str]) -> u64 {
    let mut hasher = blake3::Hasher::new();
    for part in std::iter::once(&VERSION).chain(parts) {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let mut bytes = [0; 8];
    hasher.finalize_xof().fill(&mut bytes);
    u64::from_le_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_were_written() {
        let written = key(Kind::Page, "handbook", "a b/ü#?.md");
        assert_eq!(Named::read(&written), Some(Named::Page { site: "handbook", path: "a b/ü#?.md" }));
        let written = key(Kind::Step, "j1", "vpn");
        assert_eq!(Named::read(&written), Some(Named::Step { journey: "j1", step: "vpn" }));
        assert_eq!(Named::read("page"), None);
        assert_eq!(Named::read("other\na\nb"), None);
    }

    #[test]
    fn stamps_keep_parts_apart() {
        assert_ne!(stamp(&["ab", "c"]), stamp(&["a", "bc"]));
        assert_eq!(stamp(&["ab", "c"]), stamp(&["ab", "c"]));
    }
}
