//! What this device keeps, and that nothing of it leaves.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use waymark_core::{id::EventId, sharing::Class};

use crate::request::requests;

requests! {
    /// What is kept here.
    OpenPrivacy = "open_privacy" -> PrivacyView;
    /// Writes everything that is kept about the person into one JSON file in a folder that the person
    /// chooses; `None` where they changed their mind.
    ExportData = "export_data" -> Option<String>;
    /// What was sent to the team's server, newest first: the exact bytes.
    ListSent {
        /// Only what contains this text; empty for all.
        search: String,
    } = "list_sent" -> Vec<SentLine>;
    /// Whether the person's words about a block go along with it. Without, only the kind of block does.
    ShareNotes {
        /// The choice.
        share: bool,
    } = "share_notes" -> PrivacyView;
    /// Holds a class of facts back from the team's server, or lets it go again, with what was held back meanwhile.
    HoldBack {
        /// Which.
        class: Class,
        /// The choice.
        hold: bool,
    } = "hold_back" -> PrivacyView;
    /// Sets a refusal aside, or brings it back: it stays listed and asks for nothing any more.
    SetAside {
        /// The fact.
        fact: EventId,
        /// The choice.
        aside: bool,
    } = "set_aside" -> PrivacyView;
    /// Asks the server to forget the person: tombstones without personal data stay. The shell asks once more;
    /// false where the person said no.
    EraseOnServer = "erase_on_server" -> bool;
    /// Deletes everything on this device after the shell asked once more; false where the person said no.
    EraseData = "erase_data" -> bool;
}

/// What is kept here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrivacyView {
    /// How many facts are kept.
    pub facts: u32,
    /// How many of them wait for the team's server; always 0 where there is none.
    pub waiting: u32,
    /// The team's server by name; `None` where the app works alone.
    pub server: Option<String>,
    /// Whether the person's words about a block go along with it.
    pub share_notes: bool,
    /// Every class of facts and whether it is held back; empty where the app works alone.
    pub held: Vec<HeldClass>,
    /// What the server did not take, newest first.
    pub refused: Vec<RefusedLine>,
    /// Who opened the person's page and when, newest first.
    pub viewers: Vec<Viewer>,
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

/// Somebody who opened the person's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// Who.
    pub by: String,
    /// Local time.
    #[serde(deserialize_with = "crate::iso::moment")]
    pub at: DateTime,
}

/// A class of facts that can be held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldClass {
    /// Which.
    pub class: Class,
    /// Whether it is held back.
    pub held: bool,
    /// How many facts of it stay here until they are released.
    pub facts: u32,
}

/// Something that the server did not take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedLine {
    /// The fact, for [`SetAside`].
    pub fact: EventId,
    /// When the server said so, local time.
    pub at: DateTime,
    /// In a word: "Done", "Blocked".
    pub kind: String,
    /// What it is about.
    pub title: String,
    /// Why, in words.
    pub why: String,
    /// What that means and what can be done.
    pub advice: String,
    /// Whether the person set it aside.
    pub aside: bool,
}

/// Something that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentLine {
    /// When the server had it, local time.
    #[serde(deserialize_with = "crate::iso::moment")]
    pub at: DateTime,
    /// In a word: "Done", "Blocked".
    pub kind: String,
    /// What it is about.
    pub title: String,
    /// What the server answered: `accepted`, or why it was refused.
    pub answer: String,
    /// The bytes as they went, one event.
    pub bytes: String,
}

/// One fact, exactly as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactLine {
    /// Local time.
    #[serde(deserialize_with = "crate::iso::moment")]
    pub at: DateTime,
    /// In a word: "Done", "Blocked".
    pub kind: String,
    /// What it is about.
    pub title: String,
    /// The fact's bytes, indented for reading.
    pub json: String,
    /// Whether it is held back from the team's server.
    pub held: bool,
}
