//! A team's onboarding on one page: needs you, trend, where, slow steps, people.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Figure, Share};
use crate::{
    id::{EventId, JourneyId, MilestoneId, PersonId, StepId},
    journey::{Progress, Role},
};

/// A team's onboarding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct TeamOverview {
    /// The manager's line in a word: "Backend".
    pub team: String,
    /// When the server made this page.
    pub as_of: Timestamp,
    /// The manager's calendar day then.
    pub today: Date,
    /// How many people have a journey under way. Named rows, not an aggregate.
    pub onboarding: u32,
    /// What waits for the manager, the most pressing first.
    pub attention: Vec<Attention>,
    /// Time to a milestone, one chart for each milestone that the line's journeys name.
    pub curves: Vec<MilestoneChart>,
    /// How many people of the newest cohort reached each milestone, in the template's order.
    pub reached: Vec<MilestoneBar>,
    /// Where time goes, the slowest first.
    pub slow_steps: Vec<SlowStep>,
    /// Everybody in onboarding, and who finished in the window; by start, the newest first.
    pub people: Vec<PersonRow>,
}

/// Something that waits for the manager, or for somebody the manager can ask.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Attention {
    /// Who.
    pub person: PersonId,
    /// The person's name.
    pub name: String,
    /// In which journey.
    pub journey: JourneyId,
    /// On which step.
    pub step: StepId,
    /// The step's title.
    pub title: String,
    /// What it is.
    pub kind: AttentionKind,
    /// Who can act: the role that performs the step, or its owner by name, for instance "Access desk".
    pub who: String,
}

/// Why something waits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum AttentionKind {
    /// The person cannot go on.
    Blocked {
        /// Whole working days, the day of the block not counted.
        working_days: u32,
        /// What the person released about it, possibly empty.
        note: String,
    },
    /// Due before today and neither done nor waived.
    Overdue {
        /// Working days after the due day.
        working_days: u32,
        /// The due day.
        due: Date,
    },
    /// Done by the person; the manager confirms it.
    SignOff {
        /// The completion to confirm.
        completion: EventId,
        /// Since when.
        since: Timestamp,
    },
    /// A step that the manager performs is open and due.
    YourStep {
        /// The due day.
        due: Option<Date>,
    },
    /// No activity for two working days or more in a journey under way.
    Quiet {
        /// Working days without any fact.
        working_days: u32,
    },
}

/// Time to one milestone, by cohort.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct MilestoneChart {
    /// Which milestone.
    pub milestone: MilestoneId,
    /// Its title.
    pub title: String,
    /// The definition as it is printed: `first-merge(start_date → reached, WD)`; the start anchor is the
    /// journey's clock.
    pub definition: String,
    /// Computed from the numbers, for people and screen readers.
    pub sentence: String,
    /// The newest cohort first; one of fewer than five people has no curve.
    pub cohorts: Vec<Cohort>,
}

/// People who started in the same window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Cohort {
    /// For instance "2025/26".
    pub label: String,
    /// How many people.
    pub people: Figure<u32>,
    /// How many of them reached the milestone.
    pub reached: Share,
    /// The curve, where the cohort is large enough.
    pub curve: Option<Curve>,
}

/// 1 − Kaplan–Meier, in working days; it ends where fewer than five are at risk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Curve {
    /// Steps of the curve, by day.
    pub points: Vec<CurvePoint>,
    /// Working days at which somebody is still under way.
    pub censored: Vec<u32>,
    /// People at risk at each tick of the axis.
    pub at_risk: Vec<(u32, Figure<u32>)>,
    /// Half have reached it by then.
    pub p50: Quantile,
    /// Three quarters.
    pub p75: Quantile,
    /// Nine in ten.
    pub p90: Quantile,
}

/// One step of a curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct CurvePoint {
    /// Working day.
    pub day: u32,
    /// Share that has reached the milestone, 0 to 1.
    pub share: f64,
    /// 95 % interval of the share; `None` where there is none (0 or 1).
    pub interval: Option<(f64, f64)>,
}

/// A quantile with its 95 % interval; `None` means "not yet reached".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Quantile {
    /// Working day.
    pub day: Option<u32>,
    /// Lower end.
    pub from: Option<u32>,
    /// Upper end.
    pub to: Option<u32>,
}

/// How many people reached a milestone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct MilestoneBar {
    /// Which milestone.
    pub milestone: MilestoneId,
    /// Its title.
    pub title: String,
    /// Of the people who could have.
    pub reached: Share,
}

/// How long a step takes, over people. It judges the step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct SlowStep {
    /// Which step.
    pub step: StepId,
    /// Its title.
    pub title: String,
    /// Title of the journey.
    pub journey: String,
    /// Who fixes its text.
    pub owner: Option<String>,
    /// People who came to it (done, or still on it) of those of the newest cohort who have the journey. A share,
    /// because the people who did not come to it yet are a group too.
    pub people: Share,
    /// Working days from open to done: half were done by then.
    pub median_days: Option<f64>,
    /// Nine in ten were.
    pub p90_days: Option<f64>,
    /// Blocked working time ÷ all working time on the step, 0 to 1.
    pub blocked_share: Option<f64>,
    /// People who said that the text is unclear or wrong, of the same whole.
    pub unclear: Share,
}

/// One person in one line: what each of them can see too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct PersonRow {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// Which journey.
    pub journey: JourneyId,
    /// Its title.
    pub journey_title: String,
    /// Day 1.
    pub started: Date,
    /// Which working day today is for the person.
    pub working_day: i32,
    /// Required steps.
    pub progress: Progress,
    /// Title of the milestone that was reached last.
    pub milestone: Option<String>,
    /// Where the person stands.
    pub state: PersonState,
    /// The last fact.
    pub last: Option<Timestamp>,
}

/// Where a person stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PersonState {
    /// Day 1 is still to come.
    Ahead,
    /// Under way.
    UnderWay,
    /// A step is blocked.
    Blocked,
    /// A required step is overdue.
    Overdue,
    /// Everything required is done.
    Finished,
}

/// Who performs or owns a step, in words.
pub fn who(role: Role, owner: Option<&str>) -> String {
    match (role, owner) {
        (_, Some(owner)) => owner.rsplit(':').next().unwrap_or(owner).replace('-', " "),
        (Role::Hire, None) => String::new(),
        (Role::Buddy, None) => "Buddy".to_owned(),
        (Role::Manager, None) => "Manager".to_owned(),
        (Role::It, None) => "IT".to_owned(),
        (Role::Owner, None) => "Owner".to_owned(),
    }
}
