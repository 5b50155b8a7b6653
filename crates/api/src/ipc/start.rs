//! The first question: is there a library, whose is it, what day is it.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::{settings::Preferences, sources::PackSummary};
use crate::request::requests;

requests! {
    /// Asked once, before the first screen; again after trouble was mended.
    Start = "start" -> Started;
    /// Asked by the frame whenever something that it counts changed.
    Frame = "frame" -> FrameView;
    /// Puts a library that cannot be opened aside (it is kept) and starts with an empty one.
    StartFresh = "start_fresh" -> Started;
}

/// What the interface needs before it can show anything.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Started {
    /// Whether the library could be opened.
    pub readiness: Readiness,
    /// How the person wants it.
    pub preferences: Preferences,
    /// The frame's counts and packs.
    pub frame: FrameView,
    /// Waymark's version.
    pub version: String,
    /// Which system it runs on.
    pub platform: Platform,
}

/// Whether there is something to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Readiness {
    /// Content is there.
    Ready,
    /// Nothing was added yet.
    FirstRun,
    /// The library cannot be opened, or only be read.
    Trouble(Trouble),
}

/// Why the library cannot be used, in words for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// What it is.
    pub kind: TroubleKind,
    /// One sentence: what happened and that nothing is lost.
    pub message: String,
    /// What to do, one sentence.
    pub help: String,
    /// Where the library lies.
    pub path: String,
}

/// What keeps the library from being used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TroubleKind {
    /// A newer Waymark made it.
    NewerVersion,
    /// The file is damaged.
    Damaged,
    /// The disk is full.
    DiskFull,
    /// The place cannot be written.
    ReadOnly,
    /// The place may not be opened.
    NoPermission,
    /// Anything else.
    Other,
}

/// What the frame around every screen shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrameView {
    /// The person's local day.
    #[serde(deserialize_with = "crate::iso::date")]
    pub today: Date,
    /// The person's local time.
    #[serde(deserialize_with = "crate::iso::moment")]
    pub now: DateTime,
    /// Required steps of the person that are open, over all journeys.
    pub open_steps: u32,
    /// Content sources in order.
    pub packs: Vec<PackSummary>,
    /// The library can be read but not written: why, for the banner.
    pub read_only: Option<String>,
}

/// The system that the app runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Platform {
    /// Linux and other Unixes.
    Linux,
    /// macOS: ⌘ instead of Ctrl.
    Macos,
    /// Windows.
    Windows,
}
