//! Where content comes from.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use waymark_core::{
    diagnostic::Diagnostic,
    id::{PackId, TemplateId},
};

use crate::request::requests;

requests! {
    /// Adds the bundled sample and starts its first journey.
    AddSample = "add_sample" -> Added;
    /// Lets the person choose a folder; `None` where they changed their mind.
    PickFolder = "pick_folder" -> Option<String>;
    /// Reads a folder or a bundle file and says what is in it; nothing is added. Moves on by `Topic::Job`.
    ScanFolder { /** Absolute path. */ path: String } = "scan_folder" -> FolderReport;
    /// Adds a folder or a bundle file and starts the chosen journeys.
    AddFolder { /** Absolute path. */ path: String, /** Journeys to start at once. */ start: Vec<TemplateId> } = "add_folder" -> Added;
    /// All packs in full.
    ListPacks = "list_packs" -> Vec<PackView>;
    /// What is wrong in a pack, for its authors.
    PackProblems { /** Which. */ pack: PackId } = "pack_problems" -> Vec<Diagnostic>;
    /// Reads a pack's folder again. The old content stays where the folder cannot be read.
    RefreshPack { /** Which. */ pack: PackId } = "refresh_pack" -> Added;
    /// Removes a pack's docs and roadmap. Journeys that were started stay, with their history.
    RemovePack { /** Which. */ pack: PackId } = "remove_pack" -> ();
}

/// A pack in the sidebar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackSummary {
    /// Which.
    pub id: PackId,
    /// Its title.
    pub title: String,
    /// Where it comes from.
    pub kind: PackKind,
    /// Route of the best place to start in it.
    pub route: String,
}

/// Where a pack comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PackKind {
    /// Ships with Waymark.
    Sample,
    /// A folder or git checkout on this machine.
    Folder,
}

/// What is in a folder, before it is added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FolderReport {
    /// Absolute path.
    pub path: String,
    /// The name that the pack would get.
    pub title: String,
    /// How many files were read.
    pub files: u32,
    /// Content, in the order journeys, checklists, sites, roadmap.
    pub found: Vec<Found>,
    /// What is wrong with it, errors first.
    pub problems: Vec<Diagnostic>,
    /// Whether the folder was added before; adding it again refreshes it.
    pub known: Option<PackId>,
    /// Where the path is that of a bundle: which one, and whose.
    #[serde(default)]
    pub bundle: Option<BundleReport>,
}

/// What a bundle says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleReport {
    /// Its name; stays the same from version to version.
    pub name: String,
    /// Its version, for people.
    pub version: String,
    /// The fingerprint of the key that signed it, for the person to compare; `None` where nobody signed.
    pub publisher: Option<String>,
}

/// One body of content in a folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// What it is.
    pub kind: FoundKind,
    /// Its title.
    pub title: String,
    /// Where it is, relative to the folder.
    pub path: String,
    /// In words: "38 steps in 5 phases", "214 pages".
    pub detail: String,
    /// Of a journey or checklist: which, so that it can be started at once.
    pub template: Option<TemplateId>,
    /// Whether starting it at once is a sensible default.
    pub suggested: bool,
}

/// What kind of content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FoundKind {
    /// A journey file.
    Journey,
    /// A Markdown checklist.
    Checklist,
    /// A documentation site.
    Site,
    /// A roadmap.
    Roadmap,
}

/// The reply to adding or refreshing a pack.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Added {
    /// The pack.
    pub pack: PackSummary,
    /// In words: "72 pages, 2 journeys with 51 steps".
    pub message: String,
}

/// A pack in full.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PackView {
    /// The pack.
    pub summary: PackSummary,
    /// Absolute path of its folder; empty for the sample.
    pub location: String,
    /// When it was read last, local time.
    pub read_at: DateTime,
    /// In words: "72 pages, 2 journeys with 51 steps".
    pub detail: String,
    /// Findings by severity.
    pub errors: u32,
    /// Findings by severity.
    pub warnings: u32,
    /// Findings by severity.
    pub notes: u32,
    /// Whether its folder is there now.
    pub reachable: bool,
}
