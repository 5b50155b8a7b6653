//! What changed on a page since it was read: its sections then, beside its sections now.

use serde::{Deserialize, Serialize};
use waymark_api::ipc::docs::{Change, ChangedSection};
use waymark_store::{Page, ReadingPlace};

use crate::{App, search::sections};

/// A page's sections at one moment. The library keeps it as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    /// The page's hash.
    page: String,
    /// The sections in the order of the page.
    sections: Vec<Section>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Section {
    /// Id of its heading; `None` for what stands before the first.
    id: Option<String>,
    title: String,
    /// Start of the BLAKE3 of its words, hex.
    hash: String,
}

impl Seen {
    /// The sections of `page` now.
    fn now(page: &Page) -> Self {
        let section = |section: waymark_search::Section| {
            let mut hasher = blake3::Hasher::new();
            for word in section.body.split_whitespace().chain(["\0"]).chain(section.code.split_whitespace()) {
                hasher.update(word.as_bytes()).update(b" ");
            }
            let hash = hasher.finalize().to_hex()[..16].to_owned();
            Section { id: section.anchor, title: section.headings.last().cloned().unwrap_or_default(), hash }
        };
        Self { page: page.hash.clone(), sections: sections(page).into_iter().map(section).collect() }
    }

    /// What to keep for a page that is being read; `before` is what was kept the last time.
    pub(super) fn keep(page: &Page, before: Option<&str>) -> Option<String> {
        let same = before.and_then(|text| serde_json::from_str::<Self>(text).ok());
        if let (Some(before), Some(seen)) = (before, same)
            && seen.page == page.hash
        {
            return Some(before.to_owned());
        }
        serde_json::to_string(&Self::now(page)).ok()
    }
}

/// What changed on `page` since `place` was kept; `None` where nothing did, or nothing is known.
pub(super) fn since(app: &App, place: &ReadingPlace, page: &Page) -> Option<Change> {
    let seen: Seen = serde_json::from_str(place.seen.as_deref()?).ok()?;
    if seen.page == page.hash {
        return None;
    }
    let (sections, gone) = compare(&seen.sections, &Seen::now(page).sections);
    (!sections.is_empty() || gone > 0).then(|| Change { since: app.local(place.opened_at), sections, gone })
}

/// Whether a page with this hash reads as it did when `place` was kept, or nobody knows how it read.
pub(super) fn is_as_seen(place: &ReadingPlace, hash: &str) -> bool {
    let seen = place.seen.as_deref().and_then(|text| serde_json::from_str::<Seen>(text).ok());
    seen.is_none_or(|seen| seen.page == hash)
}

fn compare(before: &[Section], now: &[Section]) -> (Vec<ChangedSection>, u32) {
    let find = |section: &Section| before.iter().find(|old| old.id == section.id);
    // A heading that was renamed has another id and the same text: it is neither new nor changed.
    let moved = |section: &Section| {
        before.iter().any(|old| old.hash == section.hash && !now.iter().any(|other| other.id == old.id))
    };
    let mut changed = Vec::new();
    for section in now {
        let new = match find(section) {
            Some(old) if old.hash == section.hash => continue,
            Some(_) => false,
            None if moved(section) => continue,
            None => true,
        };
        changed.push(ChangedSection { id: section.id.clone(), title: section.title.clone(), new });
    }
    let is_here = |old: &Section| now.iter().any(|section| section.id == old.id || section.hash == old.hash);
    let gone = before.iter().filter(|old| !is_here(old)).count() as u32;
    (changed, gone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(source: &str) -> Page {
        let pages = [("a.md".to_owned(), source.to_owned())].into();
        let tree = waymark_docs::SiteTree { pages, ..waymark_docs::SiteTree::default() };
        let meta = waymark_docs::load(&tree).0.pages.remove("a.md").expect("the page is read");
        Page {
            path: "a.md".to_owned(),
            title: meta.title,
            source: source.to_owned(),
            hash: blake3::hash(source.as_bytes()).to_hex().to_string(),
            outline: meta.outline,
            words: meta.words,
            text: meta.text,
        }
    }

    fn told(before: &str, now: &str) -> (Vec<String>, u32) {
        let (changed, gone) = compare(&Seen::now(&page(before)).sections, &Seen::now(&page(now)).sections);
        let sign = |new: bool| if new { "+" } else { "~" };
        (changed.into_iter().map(|section| format!("{}{}", sign(section.new), section.title)).collect(), gone)
    }

    const BEFORE: &str = "# T\n\nHello.\n\n## A\n\nOne.\n\n## B\n\nTwo.\n\n```sh\nls\n```\n";

    #[test]
    fn sections_are_compared_by_their_words() {
        assert_eq!(told(BEFORE, BEFORE), (vec![], 0));
        assert_eq!(told(BEFORE, &BEFORE.replace("One.", "One.  ")), (vec![], 0), "white space says nothing");
        assert_eq!(told(BEFORE, &BEFORE.replace("One.", "Eleven.")), (vec!["~A".to_owned()], 0));
        assert_eq!(told(BEFORE, &BEFORE.replace("ls", "ls -l")), (vec!["~B".to_owned()], 0), "code counts");
        assert_eq!(told(BEFORE, &BEFORE.replace("Hello.", "Hi.")), (vec!["~".to_owned()], 0));
        let more = format!("{BEFORE}\n## C\n\nThree.\n");
        assert_eq!(told(BEFORE, &more), (vec!["+C".to_owned()], 0));
        assert_eq!(told(&more, BEFORE), (vec![], 1));
        assert_eq!(told(BEFORE, &BEFORE.replace("## A", "## Alpha")), (vec![], 0), "a new name for the same text");
    }

    #[test]
    fn what_was_seen_is_kept_until_the_page_is_another_one() {
        let (before, after) = (page(BEFORE), page(&BEFORE.replace("One.", "Eleven.")));
        let kept = Seen::keep(&before, None).expect("JSON");
        assert_eq!(Seen::keep(&before, Some(&kept)), Some(kept.clone()));
        assert_ne!(Seen::keep(&after, Some(&kept)), Some(kept));
        assert!(Seen::keep(&before, Some("rubbish")).is_some());
    }
}
