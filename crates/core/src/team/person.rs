//! One person's page: what the manager sees of them, and what they see of themselves.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::PersonState;
use crate::{
    event::Evidence,
    id::{EventId, JourneyId, MilestoneId, PersonId, StepId},
    journey::Progress,
};

/// One person's journey with its timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct PersonPage {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// The buddy's name.
    pub buddy: Option<String>,
    /// Which journey.
    pub journey: JourneyId,
    /// Its title.
    pub journey_title: String,
    /// When this page was made.
    pub as_of: Timestamp,
    /// The person's calendar day then.
    pub today: Date,
    /// Day 1.
    pub started: Date,
    /// Which working day today is.
    pub working_day: i32,
    /// Where the person stands.
    pub state: PersonState,
    /// Required steps.
    pub progress: Progress,
    /// Working days in which at least one step was blocked, and working days since day 1.
    pub blocked_days: (f64, u32),
    /// Working days in which somebody else had to act, and working days since day 1.
    pub waiting_days: (f64, u32),
    /// What waits for the manager on this page.
    pub waiting: Vec<Waiting>,
    /// Steps that the manager or the buddy performs, in the template's order.
    #[serde(default)]
    pub others: Vec<OthersStep>,
    /// Milestones in the template's order.
    pub milestones: Vec<MilestoneLine>,
    /// Computed from the numbers.
    pub sentence: String,
    /// Steps in the template's order.
    pub timeline: Vec<TimelineRow>,
}

/// A completion that waits for a second person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Waiting {
    /// The step.
    pub step: StepId,
    /// Its title.
    pub title: String,
    /// The completion to confirm.
    pub completion: EventId,
    /// When the person said so.
    pub since: Timestamp,
}

/// A step of the journey that somebody else performs for the person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct OthersStep {
    /// The step.
    pub step: StepId,
    /// Its title.
    pub title: String,
    /// Who performs it, in a word: "Manager", "Buddy".
    pub by: String,
    /// When it is due.
    pub due: Option<Date>,
    /// Something else comes first.
    pub locked: bool,
    /// The completion that counts, and since when; `None` while it is to do.
    pub done: Option<(EventId, Timestamp)>,
}

/// A milestone of the journey.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct MilestoneLine {
    /// Which one.
    pub milestone: MilestoneId,
    /// Its title.
    pub title: String,
    /// The person's calendar day on which it was reached.
    pub reached: Option<Date>,
    /// Working day, counted from day 1.
    pub working_day: Option<u32>,
    /// What supports it.
    pub evidence: Option<Evidence>,
    /// When it should be.
    pub target: Option<Date>,
}

/// A step on the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct TimelineRow {
    /// The step.
    pub step: StepId,
    /// Its title.
    pub title: String,
    /// Title of its phase.
    pub phase: String,
    /// Whether it counts.
    pub required: bool,
    /// What happened on it, in order; empty where nothing did.
    pub spans: Vec<Span>,
    /// When it is due.
    pub due: Option<Date>,
    /// What supports the completion.
    pub evidence: Option<Evidence>,
    /// In words: "by forge", "sign-off open", "3 days".
    pub note: String,
    /// The step does not apply to this person, as somebody said with a reason.
    #[serde(default)]
    pub waived: bool,
    /// Reached by completing the step.
    pub milestone: Option<MilestoneId>,
}

/// A part of a step's time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Span {
    /// What it was.
    pub kind: SpanKind,
    /// From.
    pub from: Date,
    /// To, the day itself included.
    pub to: Date,
}

/// What a part of a step's time was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SpanKind {
    /// The person could work on it.
    Working,
    /// It was blocked.
    Blocked,
    /// Somebody else had to act.
    Waiting,
}
