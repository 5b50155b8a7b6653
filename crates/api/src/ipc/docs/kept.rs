//! What the reader keeps for the person: bookmarks, what was read, what changed since.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use waymark_core::id::SiteId;

use super::{PageLink, ReadingRow, SiteSummary};
use crate::request::requests;

requests! {
    /// Everything that the docs' first screen shows; the palette takes its bookmarks from it.
    OpenLibrary = "open_library" -> LibraryView;
    /// Sets or takes off a page's bookmark; stays on this device.
    SetBookmark {
        /** Which site. */ site: SiteId, /** Which page. */ page: String,
        /** Whether the page has one from now on. */ on: bool
    } = "set_bookmark" -> ();
    /// Lets the person choose where a file of a site is saved; `None` where they changed their mind.
    SaveFile {
        /** Which site. */ site: SiteId, /** Path relative to the docs folder. */ path: String
    } = "save_file" -> Option<String>;
    /// Opens the system's print dialog for what the window shows.
    PrintPage = "print_page" -> ();
}

/// Everything that the docs' first screen shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LibraryView {
    /// All sites on this device.
    pub sites: Vec<SiteSummary>,
    /// Bookmarks, newest first.
    pub bookmarks: Vec<BookmarkRow>,
    /// Pages that were read last, newest first.
    pub recent: Vec<ReadingRow>,
    /// Pages that changed since they were read.
    pub changed: Vec<ChangedRow>,
}

/// A bookmark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookmarkRow {
    /// The page.
    pub page: PageLink,
    /// Which site.
    pub site: SiteId,
    /// Its source path.
    pub path: String,
    /// Title of its site.
    pub site_title: String,
}

/// A page that changed since it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedRow {
    /// The page.
    pub page: PageLink,
    /// What changed.
    pub change: Change,
}

/// What changed on a page since it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// When it was read, local time.
    #[serde(deserialize_with = "crate::iso::moment")]
    pub since: DateTime,
    /// Sections that are new or read otherwise now, in the order of the page.
    pub sections: Vec<ChangedSection>,
    /// How many sections are gone.
    pub gone: u32,
}

/// A section that is new or reads otherwise now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedSection {
    /// Id of its heading without the `doc-` prefix; `None` for what stands before the first heading.
    pub id: Option<String>,
    /// Text of its heading; empty before the first.
    pub title: String,
    /// Whether it was not there before.
    pub new: bool,
}
