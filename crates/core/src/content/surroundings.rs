//! What a file is judged against beside itself: the day, and where its links can lead.

use jiff::civil::Date;

use super::fields::nearest;

/// What the caller knows around a file. Checks that need more than that are left out.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The day on which somebody looks, for checks of age.
    pub today: Option<Date>,
    /// Where links can lead, for checks of links.
    pub library: Option<&'a dyn Library>,
}

impl Surroundings<'_> {
    /// A file on its own.
    pub const UNKNOWN: Self = Self { today: None, library: None };
}

impl std::fmt::Debug for Surroundings<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Surroundings").field("today", &self.today).field("library", &self.library.is_some()).finish()
    }
}

/// What links of content can lead to. The caller resolves addresses the way its readers' links do.
pub trait Library {
    /// The page that `address`, without its heading, means in the file at `from`.
    fn page(&self, from: &str, address: &str) -> Option<KnownPage>;

    /// Whether `address` means any other file of the content, read from the file at `from`.
    fn file(&self, from: &str, address: &str) -> bool;

    /// Whether there is a journey `id`, or a step where `id` is `journey/step`.
    fn step(&self, id: &str) -> bool;

    /// Addresses of all pages as authors may write them, for "did you mean".
    fn pages(&self) -> Vec<String>;
}

/// A page that a link leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownPage {
    /// Ids of its headings and anchors; `None` where nobody knows them.
    pub headings: Option<Vec<String>>,
}

/// The page that was most likely meant: one with the same file name, or one that is nearly the same.
pub(super) fn nearest_page(library: &dyn Library, address: &str) -> Option<String> {
    let pages = library.pages();
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md").to_lowercase();
    let wanted = name(address);
    let mut same = pages.iter().filter(|page| name(page) == wanted);
    let known: Vec<&str> = pages.iter().map(String::as_str).collect();
    match (same.next(), same.next()) {
        (Some(only), None) => Some(only.clone()),
        _ => nearest(address, &known).map(str::to_owned),
    }
}

/// The heading that was most likely meant: nearly the same id, or the one with most words in common.
pub(super) fn nearest_heading<'h>(heading: &str, known: &'h [String]) -> Option<&'h str> {
    let ids: Vec<&str> = known.iter().map(String::as_str).collect();
    let heading = heading.to_lowercase();
    let words: Vec<&str> = heading.split(['-', '_', ' ']).filter(|word| word.len() > 2).collect();
    let common = |id: &&&str| words.iter().filter(|word| id.split(['-', '_']).any(|other| other == **word)).count();
    nearest(&heading, &ids).or_else(|| ids.iter().filter(|id| common(id) > 0).max_by_key(common).copied())
}
