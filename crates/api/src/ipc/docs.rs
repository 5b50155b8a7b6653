//! Reading documentation.

mod kept;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use waymark_core::{
    docs::{Heading, NavNode},
    id::{JourneyId, PackId, SiteId, StepId},
};

pub(super) use kept::COMMANDS as KEPT_COMMANDS;
pub use kept::{
    BookmarkRow, Change, ChangedRow, ChangedSection, LibraryView, OpenLibrary, PrintPage, SaveFile, SetBookmark,
};

use crate::request::requests;

requests! {
    /// All sites on this device.
    ListSites = "list_sites" -> Vec<SiteSummary>;
    /// One site's navigation.
    OpenSite { /** Which. */ site: SiteId } = "open_site" -> SiteView;
    /// One page, rendered.
    OpenPage { /** Which site. */ site: SiteId, /** Source path, for instance `services/billing.md`. */ page: String } = "open_page" -> PageView;
    /// Remembers where the person is on a page; stays on this device.
    SaveReading {
        /** Which site. */ site: SiteId, /** Which page. */ page: String,
        /** How much was read, 0 to 1. */ progress: f64, /** The heading at the top, if any. */ heading: Option<String>
    } = "save_reading" -> ();
}

/// A site in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteSummary {
    /// Which.
    pub id: SiteId,
    /// Its title.
    pub title: String,
    /// The pack that it belongs to.
    pub pack: PackId,
    /// How many pages it has.
    pub pages: u32,
    /// Source path of its first page.
    pub home: Option<String>,
}

/// One site's navigation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SiteView {
    /// The site.
    pub summary: SiteSummary,
    /// Its navigation.
    pub nav: Vec<NavNode>,
    /// Pages that were begun: source path and how much was read, 0 to 1.
    pub begun: Vec<(String, f64)>,
}

/// One page, rendered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageView {
    /// Which site.
    pub site: SiteId,
    /// Its title.
    pub site_title: String,
    /// Source path.
    pub page: String,
    /// Title of the page.
    pub title: String,
    /// Titles of the sections above it.
    pub crumbs: Vec<String>,
    /// Sanitised HTML without the page's first heading.
    pub html: String,
    /// Headings below the title.
    pub outline: Vec<Heading>,
    /// Reading time in minutes, at least 1.
    pub minutes: u32,
    /// The page before it in reading order.
    pub previous: Option<PageLink>,
    /// The page after it in reading order.
    pub next: Option<PageLink>,
    /// Steps that name this page.
    pub steps: Vec<StepLink>,
    /// Pages that link here.
    pub linked_from: Vec<PageLink>,
    /// What is wrong with the page, for its author.
    pub problems: Vec<waymark_core::diagnostic::Diagnostic>,
    /// Where the person left it, 0 to 1; 0 for a page that was never opened.
    pub progress: f64,
    /// Whether it has a bookmark.
    pub bookmarked: bool,
    /// What changed since it was read, where something did.
    pub changed: Option<Change>,
    /// Who keeps it, and since when it is as it is.
    pub about: PageAbout,
}

/// Who keeps a page, since when it is as it is, and where it can be mended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageAbout {
    /// When it was changed last, local time.
    #[serde(deserialize_with = "crate::iso::maybe_moment", default)]
    pub updated: Option<DateTime>,
    /// Who keeps it: a team or a person, as its author or the catalog says.
    pub owner: Option<String>,
    /// Address of the editor on its forge.
    pub edit: Option<String>,
    /// Address of a new issue on its forge, with the page named in it.
    pub report: Option<String>,
    /// Whether its file is in a folder of this machine.
    pub in_folder: bool,
}

/// A page by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageLink {
    /// Its title.
    pub title: String,
    /// Route in the app.
    pub route: String,
}

/// A step that names a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepLink {
    /// Which journey.
    pub journey: JourneyId,
    /// Which step.
    pub step: StepId,
    /// Its title.
    pub title: String,
}

/// A page that was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadingRow {
    /// Title of the page.
    pub title: String,
    /// Route in the app.
    pub route: String,
    /// When it was open last, local time.
    #[serde(deserialize_with = "crate::iso::moment")]
    pub at: DateTime,
    /// How much was read, 0 to 1.
    pub progress: f64,
    /// Reading time that is left, in minutes.
    pub minutes_left: u32,
}
