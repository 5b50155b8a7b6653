//! The manager's screens, and the same page as each hire sees it of themselves.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use waymark_core::{
    id::{EventId, JourneyId, PersonId, StepId, TemplateId},
    team::{PersonPage, TeamOverview},
};

use crate::{
    http::journeys::{Plan, TemplateRow},
    request::requests,
};

requests! {
    /// The team's onboarding: the last copy at once; a newer one follows by `Topic::Team`.
    OpenTeam = "open_team" -> TeamView;
    /// One person's page.
    OpenPerson {
        /// Who.
        person: PersonId,
        /// Which of their journeys; the one under way without.
        journey: Option<JourneyId>,
    } = "open_person" -> PersonView;
    /// The page that the manager sees of oneself, made from this device's facts by the same code.
    OpenOwnPage {
        /// Which journey; the shared one under way without.
        journey: Option<JourneyId>,
    } = "open_own_page" -> Option<PersonPage>;
    /// Confirms a completion.
    SignOff {
        /// Whose.
        person: PersonId,
        /// In which journey.
        journey: JourneyId,
        /// The step.
        step: StepId,
        /// The completion that the manager saw.
        completion: EventId,
    } = "sign_off" -> PersonView;
    /// "Not yet", with a reason that the person reads.
    ReturnStep {
        /// Whose.
        person: PersonId,
        /// In which journey.
        journey: JourneyId,
        /// The step.
        step: StepId,
        /// The completion that the manager saw.
        completion: EventId,
        /// Why.
        reason: String,
    } = "return_step" -> PersonView;
    /// The manager did a step that is theirs, or stood in for the buddy.
    CompleteFor {
        /// Whose.
        person: PersonId,
        /// In which journey.
        journey: JourneyId,
        /// The step.
        step: StepId,
    } = "complete_for" -> PersonView;
    /// Takes back what the manager completed; both facts are kept.
    ReopenFor {
        /// Whose.
        person: PersonId,
        /// In which journey.
        journey: JourneyId,
        /// The step.
        step: StepId,
        /// The completion that is taken back.
        completion: EventId,
    } = "reopen_for" -> PersonView;
    /// The step does not apply to this person.
    WaiveFor {
        /// Whose.
        person: PersonId,
        /// In which journey.
        journey: JourneyId,
        /// The step.
        step: StepId,
        /// Why.
        reason: String,
    } = "waive_for" -> PersonView;
    /// A reminder that the person sees; one in a working day for each step.
    NudgePerson {
        /// In which journey.
        journey: JourneyId,
        /// About which step.
        step: StepId,
    } = "nudge_person" -> String;
    /// What can be assigned.
    ListTemplates = "list_team_templates" -> Vec<TemplateRow>;
    /// Who can be given a journey: the manager's line.
    ListLine = "list_line" -> Vec<LineRow>;
    /// Gives somebody a journey, or says what would follow.
    AssignJourney {
        /// To whom.
        person: PersonId,
        /// Name of the published bundle.
        bundle: String,
        /// Which template of it.
        template: TemplateId,
        /// Day 1.
        start: Date,
        /// Only say what would follow.
        preview: bool,
    } = "assign_journey" -> Plan;
    /// Moves somebody's day 1, or says what would follow.
    MoveStartFor {
        /// In which journey.
        journey: JourneyId,
        /// The new day 1.
        start: Date,
        /// Only say what would follow.
        preview: bool,
    } = "move_start_for" -> Plan;
    /// Makes an invite for somebody of the line.
    InvitePerson {
        /// For whom.
        person: PersonId,
    } = "invite_person" -> InviteText;
    /// Writes the numbers of the page into a file that the person chooses; `None` where they changed their mind.
    ExportTeam {
        /// CSV or JSON.
        format: ExportFormat,
    } = "export_team" -> Option<String>;
}

/// The team's onboarding as this device has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TeamView {
    /// The page; `None` where it was never fetched.
    pub overview: Option<TeamOverview>,
    /// When it was fetched, local time.
    #[serde(deserialize_with = "crate::iso::maybe_moment", default)]
    pub fetched: Option<DateTime>,
    /// Why it is not newer, where the server could not be asked.
    pub stale: Option<String>,
}

/// One person's page as this device has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonView {
    /// The page.
    pub page: PersonPage,
    /// When it was fetched, local time.
    #[serde(deserialize_with = "crate::iso::moment")]
    pub fetched: DateTime,
    /// Why it is not newer, where the server could not be asked.
    pub stale: Option<String>,
    /// Other journeys of the person, by title.
    pub others: Vec<(JourneyId, String)>,
}

/// Somebody of the manager's line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineRow {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// Team, possibly empty.
    pub team: String,
    /// Day 1 in the company.
    #[serde(deserialize_with = "crate::iso::maybe_date", default)]
    pub start: Option<Date>,
    /// Whether one of their devices has joined.
    pub joined: bool,
}

/// An invite to hand on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteText {
    /// `waymark://join?…`.
    pub link: String,
    /// The bare code.
    pub code: String,
    /// Until when, local time.
    #[serde(deserialize_with = "crate::iso::moment")]
    pub expires: DateTime,
}

/// A form of export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ExportFormat {
    /// A row for each number.
    Csv,
    /// The page as the server gave it.
    Json,
}
