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
    /// Lets the person choose a bundle file; `None` where they changed their mind.
    PickBundle = "pick_bundle" -> Option<String>;
    /// Reads a folder or a bundle file and says what is in it; nothing is added. Moves on by `Topic::Job`.
    ScanFolder { /** Absolute path. */ path: String } = "scan_folder" -> FolderReport;
    /// Adds a folder or a bundle file and starts the chosen journeys.
    AddFolder {
        /** Absolute path. */ path: String, /** Journeys to start at once. */ start: Vec<TemplateId>,
        /** Whether the person said that a bundle which nobody signed may come in. */ unsigned: bool
    } = "add_folder" -> Added;
    /// All packs in full.
    ListPacks = "list_packs" -> Vec<PackView>;
    /// What is wrong in a pack, for its authors.
    PackProblems { /** Which. */ pack: PackId } = "pack_problems" -> Vec<Diagnostic>;
    /// Reads a pack's folder again. The old content stays where the folder cannot be read.
    RefreshPack { /** Which. */ pack: PackId } = "refresh_pack" -> Added;
    /// Asks a Backstage which documentation it has; nothing is added. Without a token the one that was given
    /// before is used.
    ListBackstage {
        /** Address of the server. */ address: String, /** Opens it. */ token: Option<Secret>,
        /** The person's name in the catalog, for "my team's docs". */ person: Option<String>
    } = "list_backstage" -> BackstageList;
    /// Adds a Backstage with the chosen documentation, or changes the choice, and fetches what is new. Moves
    /// on by `Topic::Job`; what is fetched stays where this is cut off.
    AddBackstage {
        /** Address of the server. */ address: String, /** Opens it. */ token: Option<Secret>,
        /** The person's name in the catalog. */ person: Option<String>, /** Names of entities. */ entities: Vec<String>
    } = "add_backstage" -> Added;
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
    /// One file that was carried to this machine.
    Bundle,
    /// A Backstage on the network.
    Backstage,
    /// What the team's server published.
    Team,
}

/// What nobody may read over a shoulder or in a log: printing it prints nothing of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The documentation of a Backstage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackstageList {
    /// The address as it will be kept.
    pub address: String,
    /// Entities with documentation, by title.
    pub entities: Vec<BackstageEntity>,
    /// Whose team's documentation is marked: the person's full name in the catalog, where it is known.
    pub person: Option<String>,
    /// Why nothing is marked as the team's, though a name was given.
    pub no_team: Option<String>,
    /// Whether the server was added before; adding it again changes the choice.
    pub known: Option<PackId>,
}

/// An entity with documentation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackstageEntity {
    /// Full name, as the catalog writes it: `component:default/billing`.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// `component`, `system`.
    pub kind: String,
    /// One line about it.
    pub description: Option<String>,
    /// Who owns it, for people: "tides".
    pub owners: Vec<String>,
    /// Whether one of the person's groups owns it.
    pub mine: bool,
    /// Whether it is on this device.
    pub chosen: bool,
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
    /// The version that is here now, where the bundle was added before.
    pub before: Option<String>,
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
    /// Absolute path of its folder, or address of its server; empty for the sample.
    pub location: String,
    /// When it was read last, local time.
    #[serde(deserialize_with = "crate::iso::moment")]
    pub read_at: DateTime,
    /// In words: "72 pages, 2 journeys with 51 steps".
    pub detail: String,
    /// Findings by severity.
    pub errors: u32,
    /// Findings by severity.
    pub warnings: u32,
    /// Findings by severity.
    pub notes: u32,
    /// Whether its folder is there now; of a server nobody knows before asking, so it counts as there.
    pub reachable: bool,
}
