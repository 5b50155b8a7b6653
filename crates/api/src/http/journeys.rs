//! The manager's half: `/v1/team/…`, `/v1/journeys/…`. The pages themselves are `waymark_core::team`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use waymark_core::{
    event::Event,
    id::{EventId, JourneyId, PersonId, StepId, TemplateId},
};

/// A row of `GET /v1/people/{id}/journeys`. (`GET /v1/people/{id}/page?journey=` answers with a `PersonPage`, and
/// `GET /v1/team/overview` with a `TeamOverview`.)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonJourney {
    /// The person's run.
    pub journey: JourneyId,
    /// Its title.
    pub title: String,
    /// Whether it was taken off the person's list.
    #[serde(default)]
    pub withdrawn: bool,
}

/// `POST /v1/journeys/{id}/signoff`: confirms a completion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SignOff {
    /// The step.
    pub step: StepId,
    /// The completion that the manager saw; another one by now is a conflict.
    pub completion: EventId,
}

/// `POST /v1/journeys/{id}/return`: "not yet", with a reason that the person reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReturnStep {
    /// The step.
    pub step: StepId,
    /// The completion that the manager saw.
    pub completion: EventId,
    /// Why; it must not be empty.
    pub reason: String,
}

/// `POST /v1/journeys/{id}/waive`: the step does not apply to this person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Waive {
    /// The step.
    pub step: StepId,
    /// Why; it must not be empty.
    pub reason: String,
}

/// `POST /v1/journeys/{id}/complete`: the manager or the buddy did a step that is theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CompleteOwn {
    /// The step.
    pub step: StepId,
}

/// `POST /v1/journeys/{id}/reopen`: whoever completed a step takes that back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReopenOwn {
    /// The step.
    pub step: StepId,
    /// The completion that is taken back; another one by now is a conflict.
    pub completion: EventId,
}

/// The answer to what a manager does: the facts that were recorded. Doing it again records none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Recorded {
    /// The facts.
    #[cfg_attr(feature = "openapi", schemars(with = "Vec<serde_json::Value>"))]
    pub events: Vec<Event>,
}

/// `POST /v1/journeys/{id}/start`: moves day 1. With `preview`, nothing is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MoveStart {
    /// The new day 1.
    pub start: Date,
    /// Only say what would follow.
    #[serde(default)]
    pub preview: bool,
}

/// `POST /v1/journeys`: gives somebody a journey. With `preview`, nothing is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Assign {
    /// To whom.
    pub person: PersonId,
    /// Name of the published bundle.
    pub bundle: String,
    /// Which template of it.
    pub template: TemplateId,
    /// Day 1.
    pub start: Date,
    /// Only say what would follow.
    #[serde(default)]
    pub preview: bool,
}

/// What follows from an assignment or a moved start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Plan {
    /// The journey; `None` in a preview of an assignment.
    pub journey: Option<JourneyId>,
    /// Day 1, a working day.
    pub day_one: Date,
    /// Steps with a due day, by day.
    pub due: Vec<PlannedStep>,
    /// Of a moved start: how many due days change.
    pub moved: u32,
    /// The fact that was recorded; `None` in a preview.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<serde_json::Value>"))]
    pub recorded: Option<Event>,
}

/// A step with its day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct PlannedStep {
    /// The step's title.
    pub title: String,
    /// When it is due.
    pub due: Date,
    /// When it was due before the start moved.
    pub before: Option<Date>,
}

/// `POST /v1/journeys/{id}/nudge`: a reminder that the person sees. One in a working day for each step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Nudge {
    /// About which step.
    pub step: StepId,
}

/// `GET /v1/templates`: what can be assigned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct TemplateRow {
    /// Name of its bundle.
    pub bundle: String,
    /// Which template.
    pub template: TemplateId,
    /// Its title.
    pub title: String,
    /// The authors' version.
    pub version: String,
    /// How many steps.
    pub steps: u32,
}
