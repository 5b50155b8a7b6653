//! What changed, pushed to the interface; whoever shows it loads it again.

use serde::{Deserialize, Serialize};

use waymark_core::id::{JourneyId, PackId};

/// Name of the one webview event that carries topics.
pub const TOPIC_EVENT: &str = "waymark-topic";

/// Something that changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "topic", content = "of", rename_all = "kebab-case")]
pub enum Topic {
    /// Steps of a journey.
    Journey(JourneyId),
    /// Which journeys there are.
    Journeys,
    /// Docs, templates or roadmap of a pack.
    Pack(PackId),
    /// Which packs there are.
    Packs,
    /// Which pages have a bookmark.
    Bookmarks,
    /// Membership of a team, or how the exchange with its server stands.
    Account,
    /// The manager's pages.
    Team,
    /// The person's preferences.
    Preferences,
    /// A second start asked for the window, or a menu for a place in it: go to this route.
    Navigate(String),
    /// A long job moved on.
    Job(JobProgress),
}

/// How far a long job is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobProgress {
    /// What is being done, for people: "Reading 312 files".
    pub text: String,
    /// Units done.
    pub done: u32,
    /// Units in all, where known.
    pub total: Option<u32>,
}
