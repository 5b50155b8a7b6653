//! What this device keeps, and that nothing of it leaves.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::request::requests;

requests! {
    /// What is kept here.
    OpenPrivacy = "open_privacy" -> PrivacyView;
    /// Writes everything that is kept about the person into one JSON file in a folder that the person
    /// chooses; `None` where they changed their mind.
    ExportData = "export_data" -> Option<String>;
    /// Deletes everything on this device after the shell asked once more; false where the person said no.
    EraseData = "erase_data" -> bool;
}

/// What is kept here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrivacyView {
    /// How many facts are kept.
    pub facts: u32,
    /// How many of them would be shared once the person joins a team.
    pub shareable: u32,
    /// The newest facts.
    pub latest: Vec<FactLine>,
    /// How many notes there are.
    pub notes: u32,
    /// How many pages are in the reading history.
    pub read_pages: u32,
    /// Bookmarks.
    pub bookmarks: u32,
    /// Folder of the library.
    pub data_folder: String,
    /// Size of the library in bytes.
    pub bytes: u64,
}

/// One fact, exactly as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactLine {
    /// Local time.
    pub at: DateTime,
    /// In a word: "Done", "Blocked".
    pub kind: String,
    /// What it is about.
    pub title: String,
    /// The fact's bytes, indented for reading.
    pub json: String,
}
