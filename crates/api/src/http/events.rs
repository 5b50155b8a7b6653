//! Sending facts: `POST /v1/events`, `GET /v1/events/cursor`.

use serde::{Deserialize, Serialize};
use waymark_core::id::EventId;

/// The server's answer to a batch: one result for each event of it, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct BatchAnswer {
    /// Changes when the server was restored from a backup.
    pub server_epoch: u64,
    /// Where the device stands now.
    pub cursor: Cursor,
    /// Results in the order of the batch.
    pub results: Vec<EventResult>,
}

/// What became of one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct EventResult {
    /// The event.
    pub id: EventId,
    /// Its number.
    pub seq: u64,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What became of an event (`protocol.md`, section 3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Outcome {
    /// It has its effect, and is on disk.
    Accepted,
    /// It was there already with the same content.
    Duplicate,
    /// It can never be valid; the queue goes on without it.
    Refused {
        /// Why, for its author.
        reason: Refusal,
    },
    /// Another event has its number or id. The device takes a new epoch.
    Diverged,
    /// A number is missing before it.
    Gap {
        /// The number that the server waits for.
        expected: u64,
    },
    /// An event before it stopped the batch.
    NotTried,
    /// The server could not now; send it again.
    TryAgain,
}

impl Outcome {
    /// Its name on the wire, without what it carries.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Duplicate => "duplicate",
            Self::Refused { .. } => "refused",
            Self::Diverged => "diverged",
            Self::Gap { .. } => "gap",
            Self::NotTried => "not_tried",
            Self::TryAgain => "try_again",
        }
    }
}

/// Why an event can never be valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// The journey is somebody else's, or of nobody.
    NotYourJourney,
    /// The device may not record this kind of fact: only the server or a manager may.
    NotYours,
    /// The journey's template has never had such a step or milestone.
    UnknownStep,
    /// The template that the journey was to be pinned to was never published here.
    UnknownTemplate,
    /// Its fields are not those of its type.
    Malformed,
    /// More than 64 KiB.
    TooLarge,
}

/// Where a device stands on the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Cursor {
    /// The device's epoch that the server knows; 0 before the first event.
    pub epoch: u32,
    /// The last number that the server has of that epoch.
    pub last: u64,
}

/// `GET /v1/events/cursor`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct CursorAnswer {
    /// Changes when the server was restored from a backup.
    pub server_epoch: u64,
    /// Where the device stands.
    #[serde(flatten)]
    pub cursor: Cursor,
}
