//! What changed for the caller: `GET /v1/feed?after=`, `GET /v1/bundles`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::envelope::CloudEvent;

/// The query of `GET /v1/feed`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedQuery {
    /// What comes after this number.
    #[serde(default)]
    pub after: u64,
    /// Seconds to wait for news where there is nothing, 25 at most.
    #[serde(default)]
    pub wait: u32,
    /// With facts that the asking device recorded itself. A device that was restored from a backup asks so, from
    /// 0: it learns what it had sent, and numbers only the rest anew (`protocol.md`, section 3).
    #[serde(default)]
    pub own: bool,
    /// The device reads its feed from the beginning, page after page, and knows that messages older than 90 days
    /// are gone. Without it a number that the feed does not reach back to is `cursor-too-old`.
    #[serde(default)]
    pub anew: bool,
}

/// Changes after a number, in the order in which they were committed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Feed {
    /// Changes when the server was restored from a backup; the device then reads from 0 again.
    pub server_epoch: u64,
    /// Changes, at most 500.
    pub changes: Vec<Change>,
    /// Ask for what comes after this number next.
    pub next: u64,
    /// Whether there is more now.
    pub more: bool,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Change {
    /// Its number in the caller's feed.
    pub number: u64,
    /// What changed.
    #[serde(flatten)]
    pub kind: ChangeKind,
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ChangeKind {
    /// A fact about one of the caller's journeys that another device, a manager or the server recorded.
    Event {
        /// The fact.
        event: Box<CloudEvent>,
        /// Who did it, for people: "Petra Novak", "GitHub".
        by: String,
        /// The server's seal on a fact of its own, opaque to the device: see [`GiveBack`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        receipt: Option<String>,
    },
    /// Somebody opened the caller's page.
    Viewed {
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// A reminder from the manager.
    Nudge {
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
        /// `journey/<id>/step/<id>`.
        subject: String,
    },
    /// Content was published: ask for `/v1/bundles`.
    Content,
    /// Roles, team or manager changed: ask for `/v1/me`.
    Me,
    /// A kind that this code does not know yet.
    #[serde(other)]
    Unknown,
}

/// `POST /v1/feed/receipts`: facts of the server itself (a confirmation, an assignment) that the device has read.
///
/// A server that was restored from a backup lacks what managers did since. Their facts are nobody's outbox's, but
/// whoever they concern has read them: the receipts bring them back, before the device sends its own facts again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GiveBack {
    /// Receipts as they came, at most [`super::MAX_BATCH`].
    pub receipts: Vec<String>,
}

/// What became of the receipts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct GivenBack {
    /// As in [`Feed::server_epoch`].
    pub server_epoch: u64,
    /// Facts that were missing and are there now.
    pub taken: u32,
    /// Facts that were there.
    pub known: u32,
    /// Receipts that this server did not give for this person, and facts that it has no place for.
    pub passed_over: u32,
}

/// `GET /v1/bundles`: published content that the caller may read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct BundleList {
    /// One row for each name, its newest version.
    pub bundles: Vec<BundleRow>,
}

/// A published body of content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct BundleRow {
    /// Stable name: `corvane`.
    pub name: String,
    /// What people see.
    pub title: String,
    /// The authors' version.
    pub version: String,
    /// Rises with each version.
    pub sequence: u64,
    /// SHA-256 of the archive, hex: `GET /v1/bundles/{digest}`.
    pub digest: String,
    /// Bytes of the archive.
    pub bytes: u64,
    /// Id of the publisher's key.
    pub key: String,
    /// When it was published.
    pub published: Timestamp,
}
