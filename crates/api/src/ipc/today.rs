//! The first screen of the day.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use waymark_core::{
    id::{JourneyId, StepId},
    journey::{Progress, Role},
};

use super::{
    docs::ReadingRow,
    journey::{DocLink, Due, StepStatus},
    settings::Contact,
};
use crate::request::requests;

requests! {
    /// Everything that Today shows.
    OpenToday = "open_today" -> TodayView;
}

/// Everything that Today shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TodayView {
    /// Local time.
    #[serde(deserialize_with = "crate::iso::moment")]
    pub now: DateTime,
    /// The person's first name, possibly empty.
    pub name: String,
    /// The journey under way that the headline speaks of.
    pub trail: Option<Trail>,
    /// Other journeys under way.
    pub others: Vec<Trail>,
    /// Journeys that are finished, by title.
    pub finished: Vec<Trail>,
    /// The one step to do next.
    pub next: Option<NextStep>,
    /// What comes after it.
    pub then: Vec<StepRow>,
    /// Blocked steps, and steps of other people that are due.
    pub waiting: Vec<StepRow>,
    /// A page that was begun and not read to its end.
    pub reading: Option<ReadingRow>,
    /// Pages that were read last.
    pub recent: Vec<ReadingRow>,
    /// Monday to Friday, or as many days as the person works.
    pub week: Vec<WeekDay>,
    /// Who helps.
    pub buddy: Option<Contact>,
    /// How many templates wait to be started.
    pub available: u32,
}

/// A journey as a line with milestones on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trail {
    /// Which journey.
    pub journey: JourneyId,
    /// Its title.
    pub title: String,
    /// Which working day today is; negative before day 1.
    pub day: i32,
    /// Required steps.
    pub progress: Progress,
    /// Milestones in order of their place on the line.
    pub stops: Vec<Stop>,
    /// Required steps until the next milestone, its own step included.
    pub steps_to_next: Option<u32>,
}

/// A milestone on the line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stop {
    /// Its title.
    pub title: String,
    /// Its place in percent of the required steps.
    pub at: f64,
    /// Whether it was reached.
    pub reached: bool,
    /// Whether it is the next one.
    pub next: bool,
}

/// A step in one line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepRow {
    /// Which journey.
    pub journey: JourneyId,
    /// Its title.
    pub journey_title: String,
    /// Which step.
    pub step: StepId,
    /// Its title.
    pub title: String,
    /// Title of its phase.
    pub phase: String,
    /// Who performs it.
    pub role: Role,
    /// Where it stands.
    pub status: StepStatus,
    /// When it is due.
    pub due: Option<Due>,
    /// Minutes that the author expects.
    pub estimate_minutes: Option<u32>,
    /// How many of its required parts are done.
    pub parts: Option<Progress>,
}

/// The one step to do next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NextStep {
    /// The step.
    pub row: StepRow,
    /// Why it is worth doing.
    pub why: Option<String>,
    /// Pages that help.
    pub docs: Vec<DocLink>,
}

/// A day of the week and what is on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeekDay {
    /// The day.
    #[serde(deserialize_with = "crate::iso::date")]
    pub date: Date,
    /// Titles of what is due, or was done, on it; at most a few.
    pub titles: Vec<String>,
    /// Whether a milestone's target lies on it.
    pub milestone: bool,
    /// How the day stands.
    pub state: DayState,
}

/// How a day stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayState {
    /// It is over and nothing of it is left.
    Done,
    /// It is over and something is left.
    Late,
    /// It is today.
    Today,
    /// It comes.
    Ahead,
    /// A day off.
    Off,
    /// It lies before the first day of every journey under way.
    Before,
}
