//! What can happen. Facts are append-only: nothing is edited or deleted, state is a fold over them.
//!
//! **Frozen.** Devices in the field hold these facts as JSON. A variant or field may be added with a
//! default; none may be renamed, removed or given another meaning. `tests/golden/facts.jsonl` has one
//! line for each and only grows.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::id::{ActionId, EventId, JourneyId, MilestoneId, PackId, StepId, TemplateId};

/// A fact with its envelope, as the device's log keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Made once; a resend keeps it.
    pub id: EventId,
    /// The gesture that the fact belongs to; undo takes a gesture back as a whole.
    pub action: ActionId,
    /// When it happened, by the device's clock. Shown and measured, never used to order anything.
    pub time: Timestamp,
    /// What happened.
    #[serde(flatten)]
    pub fact: Fact,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data")]
pub enum Fact {
    /// A person was given a journey, pinned to one version of its template.
    #[serde(rename = "dev.waymark.journey.assigned.v1")]
    JourneyAssigned {
        /// The person's run.
        journey: JourneyId,
        /// Which template.
        template: TemplateId,
        /// The authors' version.
        version: String,
        /// BLAKE3 of the template's bytes, hex.
        hash: String,
        /// Where the template came from.
        pack: PackId,
        /// Day 1, or the first working day after it.
        start: Date,
    },
    /// The journey was taken off the person's list. Everything that happened stays.
    #[serde(rename = "dev.waymark.journey.withdrawn.v1")]
    JourneyWithdrawn {
        /// The person's run.
        journey: JourneyId,
    },
    /// The journey was put back on the list; names the withdrawal that it ends.
    #[serde(rename = "dev.waymark.journey.restored.v1")]
    JourneyRestored {
        /// The person's run.
        journey: JourneyId,
        /// The withdrawal that ends.
        withdrawal: EventId,
    },
    /// Day 1 was moved.
    #[serde(rename = "dev.waymark.journey.start-moved.v1")]
    StartMoved {
        /// The person's run.
        journey: JourneyId,
        /// The new day 1.
        start: Date,
    },
    /// A step was done.
    #[serde(rename = "dev.waymark.step.completed.v1")]
    StepCompleted {
        /// The person's run.
        journey: JourneyId,
        /// The step.
        step: StepId,
        /// What supports it.
        evidence: Evidence,
    },
    /// A completion was taken back. The completion stays in the history.
    #[serde(rename = "dev.waymark.step.reopened.v1")]
    StepReopened {
        /// The person's run.
        journey: JourneyId,
        /// The step.
        step: StepId,
        /// The completion that no longer counts.
        completion: EventId,
        /// Why, where somebody else reopened it: "not yet, the second page was skipped".
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// A second person confirmed a completion. The completion and its time stay as they are.
    #[serde(rename = "dev.waymark.step.verified.v1")]
    StepVerified {
        /// The person's run.
        journey: JourneyId,
        /// The step.
        step: StepId,
        /// The completion that is confirmed.
        completion: EventId,
    },
    /// Somebody cannot go on.
    #[serde(rename = "dev.waymark.step.blocked.v1")]
    StepBlocked {
        /// The person's run.
        journey: JourneyId,
        /// The step.
        step: StepId,
        /// What is in the way.
        reason: BlockReason,
        /// One sentence, in the person's words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// A block ended; names it, so that order of arrival does not matter.
    #[serde(rename = "dev.waymark.step.unblocked.v1")]
    StepUnblocked {
        /// The person's run.
        journey: JourneyId,
        /// The step.
        step: StepId,
        /// The block that ends.
        block: EventId,
    },
    /// A step does not apply to this person; it leaves both sides of the rate.
    #[serde(rename = "dev.waymark.step.waived.v1")]
    StepWaived {
        /// The person's run.
        journey: JourneyId,
        /// The step.
        step: StepId,
        /// Why, in the person's words.
        reason: String,
    },
    /// A waiver was taken back; names it.
    #[serde(rename = "dev.waymark.step.waiver-lifted.v1")]
    WaiverLifted {
        /// The person's run.
        journey: JourneyId,
        /// The step.
        step: StepId,
        /// The waiver that ends.
        waiver: EventId,
    },
    /// A measured moment was reached; the earliest that stands counts.
    #[serde(rename = "dev.waymark.milestone.reached.v1")]
    MilestoneReached {
        /// The person's run.
        journey: JourneyId,
        /// Which moment, as the template names it.
        milestone: MilestoneId,
        /// When it was reached, which may be long before anybody learnt of it.
        at: Timestamp,
        /// What supports it.
        evidence: Evidence,
        /// Where it can be looked up, for instance `github:acme/api#412`.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reference: String,
    },
    /// A milestone turned out not to have been reached: the merge was reverted.
    #[serde(rename = "dev.waymark.milestone.revoked.v1")]
    MilestoneRevoked {
        /// The person's run.
        journey: JourneyId,
        /// Which moment.
        milestone: MilestoneId,
        /// The fact that no longer counts.
        reached: EventId,
        /// Why.
        reason: String,
    },
}

/// What supports a completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// A person says so.
    Attested,
    /// This device saw it.
    Observed,
    /// A second person or a system of record says so.
    Confirmed,
}

/// What is in the way of a blocked step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockReason {
    /// An account, a right or a device is missing.
    MissingAccess,
    /// The text is wrong or out of date.
    BrokenInstructions,
    /// A check does not pass.
    FailingCheck,
    /// Somebody else has to act.
    WaitingForPerson,
    /// It is not clear what to do.
    Unclear,
    /// Something else.
    Other,
}

impl Fact {
    /// The journey that the fact belongs to.
    pub fn journey(&self) -> JourneyId {
        match self {
            Self::JourneyAssigned { journey, .. }
            | Self::JourneyWithdrawn { journey }
            | Self::JourneyRestored { journey, .. }
            | Self::StartMoved { journey, .. }
            | Self::StepCompleted { journey, .. }
            | Self::StepReopened { journey, .. }
            | Self::StepBlocked { journey, .. }
            | Self::StepUnblocked { journey, .. }
            | Self::StepWaived { journey, .. }
            | Self::WaiverLifted { journey, .. }
            | Self::StepVerified { journey, .. }
            | Self::MilestoneReached { journey, .. }
            | Self::MilestoneRevoked { journey, .. } => *journey,
        }
    }

    /// The fact that this one ends, where it ends one.
    pub fn ends(&self) -> Option<EventId> {
        match self {
            Self::StepReopened { completion: ended, .. }
            | Self::StepUnblocked { block: ended, .. }
            | Self::WaiverLifted { waiver: ended, .. }
            | Self::MilestoneRevoked { reached: ended, .. }
            | Self::JourneyRestored { withdrawal: ended, .. } => Some(*ended),
            Self::JourneyAssigned { .. }
            | Self::JourneyWithdrawn { .. }
            | Self::StartMoved { .. }
            | Self::StepCompleted { .. }
            | Self::StepBlocked { .. }
            | Self::StepVerified { .. }
            | Self::MilestoneReached { .. }
            | Self::StepWaived { .. } => None,
        }
    }

    /// The step that the fact is about, where it is about one.
    pub fn step(&self) -> Option<&StepId> {
        match self {
            Self::JourneyAssigned { .. }
            | Self::JourneyWithdrawn { .. }
            | Self::JourneyRestored { .. }
            | Self::MilestoneReached { .. }
            | Self::MilestoneRevoked { .. }
            | Self::StartMoved { .. } => None,
            Self::StepCompleted { step, .. }
            | Self::StepReopened { step, .. }
            | Self::StepBlocked { step, .. }
            | Self::StepUnblocked { step, .. }
            | Self::StepWaived { step, .. }
            | Self::StepVerified { step, .. }
            | Self::WaiverLifted { step, .. } => Some(step),
        }
    }

    /// The `CloudEvents` type, for instance `dev.waymark.step.completed.v1` (`protocol.md`, section 1).
    pub fn event_type(&self) -> &'static str {
        match self {
            Self::JourneyAssigned { .. } => "dev.waymark.journey.assigned.v1",
            Self::JourneyWithdrawn { .. } => "dev.waymark.journey.withdrawn.v1",
            Self::JourneyRestored { .. } => "dev.waymark.journey.restored.v1",
            Self::StartMoved { .. } => "dev.waymark.journey.start-moved.v1",
            Self::StepCompleted { .. } => "dev.waymark.step.completed.v1",
            Self::StepReopened { .. } => "dev.waymark.step.reopened.v1",
            Self::StepBlocked { .. } => "dev.waymark.step.blocked.v1",
            Self::StepUnblocked { .. } => "dev.waymark.step.unblocked.v1",
            Self::StepWaived { .. } => "dev.waymark.step.waived.v1",
            Self::WaiverLifted { .. } => "dev.waymark.step.waiver-lifted.v1",
            Self::StepVerified { .. } => "dev.waymark.step.verified.v1",
            Self::MilestoneReached { .. } => "dev.waymark.milestone.reached.v1",
            Self::MilestoneRevoked { .. } => "dev.waymark.milestone.revoked.v1",
        }
    }

    /// Whether this code knows the type. An event of another one is a newer app's: it is kept as it came and
    /// folded by newer code.
    pub fn is_known_type(event_type: &str) -> bool {
        KNOWN_TYPES.contains(&event_type)
    }
}

/// Each variant's [`Fact::event_type`]; the golden lines prove the list.
const KNOWN_TYPES: [&str; 13] = [
    "dev.waymark.journey.assigned.v1",
    "dev.waymark.journey.withdrawn.v1",
    "dev.waymark.journey.restored.v1",
    "dev.waymark.journey.start-moved.v1",
    "dev.waymark.step.completed.v1",
    "dev.waymark.step.reopened.v1",
    "dev.waymark.step.blocked.v1",
    "dev.waymark.step.unblocked.v1",
    "dev.waymark.step.waived.v1",
    "dev.waymark.step.waiver-lifted.v1",
    "dev.waymark.step.verified.v1",
    "dev.waymark.milestone.reached.v1",
    "dev.waymark.milestone.revoked.v1",
];
