//! Journeys: lists, one journey, one step, and what a person can do to a step.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use waymark_core::{
    event::{BlockReason, Evidence},
    id::{ActionId, JourneyId, MilestoneId, PackId, PhaseId, StepId, TemplateId},
    journey::{JourneyKind, Progress, Role},
};

use crate::request::requests;

requests! {
    /// The person's journeys and the templates that wait to be started.
    ListJourneys = "list_journeys" -> JourneyList;
    /// One journey with all its steps.
    OpenJourney { /** Which. */ journey: JourneyId } = "open_journey" -> JourneyView;
    /// One step in full.
    OpenStep { /** Which journey. */ journey: JourneyId, /** Which step. */ step: StepId } = "open_step" -> StepView;
    /// Gives the person a journey. Day 1 is the start date of the preferences, or today for service journeys.
    StartJourney { /** Where the template is. */ pack: PackId, /** Which. */ template: TemplateId } = "start_journey" -> Started;
    /// Takes a journey off the list; everything that happened stays and can be restored by undo.
    WithdrawJourney { /** Which. */ journey: JourneyId } = "withdraw_journey" -> Changed;
    /// Moves day 1 of a journey.
    MoveStart { /** Which. */ journey: JourneyId, /** The new day 1. */ start: Date } = "move_start" -> Changed;
    /// Marks a step as done; of a step with parts, all parts that are open and the person's own.
    CompleteStep { /** Which journey. */ journey: JourneyId, /** Which step. */ step: StepId } = "complete_step" -> Changed;
    /// Takes a completion back; of a step with parts, of all its parts.
    ReopenStep { /** Which journey. */ journey: JourneyId, /** Which step. */ step: StepId } = "reopen_step" -> Changed;
    /// Says that the person cannot go on.
    BlockStep {
        /** Which journey. */ journey: JourneyId, /** Which step. */ step: StepId,
        /** What is in the way. */ reason: BlockReason, /** One sentence, may be empty. */ note: String
    } = "block_step" -> Changed;
    /// Ends a block.
    UnblockStep { /** Which journey. */ journey: JourneyId, /** Which step. */ step: StepId } = "unblock_step" -> Changed;
    /// Skips a step, with a reason.
    WaiveStep { /** Which journey. */ journey: JourneyId, /** Which step. */ step: StepId, /** Why. */ reason: String } = "waive_step" -> Changed;
    /// Puts a skipped step back on the list.
    RestoreStep { /** Which journey. */ journey: JourneyId, /** Which step. */ step: StepId } = "restore_step" -> Changed;
    /// Takes a gesture back by further facts; undoing an undo is redo.
    Undo { /** Which gesture. */ action: ActionId } = "undo" -> Changed;
    /// Keeps the person's note on a step; it never leaves this device. An empty text removes it.
    SaveNote { /** Which journey. */ journey: JourneyId, /** Which step. */ step: StepId, /** Plain text. */ text: String } = "save_note" -> ();
}

/// The person's journeys and what could be started.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct JourneyList {
    /// Under way first, then finished ones; all stay.
    pub journeys: Vec<JourneySummary>,
    /// Templates of the packs that the person has not started.
    pub available: Vec<TemplateSummary>,
}

/// One journey in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JourneySummary {
    /// Which.
    pub id: JourneyId,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub kind: JourneyKind,
    /// Required steps.
    pub progress: Progress,
    /// Day 1.
    #[serde(deserialize_with = "crate::iso::date")]
    pub start: Date,
    /// The person's own steps that are open.
    pub open: u32,
    /// Steps that are blocked.
    pub blocked: u32,
    /// Title of the pack it came from.
    pub pack: String,
}

/// A journey that could be started.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TemplateSummary {
    /// Where it is.
    pub pack: PackId,
    /// Title of the pack.
    pub pack_title: String,
    /// Which.
    pub template: TemplateId,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub kind: JourneyKind,
    /// How many steps it has, parts counted.
    pub steps: u32,
    /// Sum of its estimates in minutes.
    pub minutes: u32,
}

/// The reply to starting a journey.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Started {
    /// The person's run.
    pub journey: JourneyId,
    /// For undo.
    pub changed: Changed,
}

/// A gesture that is on disk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    /// For undo.
    pub action: ActionId,
    /// What happened, for the toast: "Set up the VPN is done".
    pub message: String,
    /// Title of a journey that this gesture finished, for a quiet celebration.
    pub finished: Option<String>,
}

/// One journey with all its steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JourneyView {
    /// Which.
    pub id: JourneyId,
    /// Its title.
    pub title: String,
    /// Sanitised HTML before the first phase, possibly empty.
    pub intro_html: String,
    /// Day 1.
    #[serde(deserialize_with = "crate::iso::date")]
    pub start: Date,
    /// Which working day today is: 1 on day 1, negative before it.
    pub day: i32,
    /// Required steps.
    pub progress: Progress,
    /// The person's own steps that are open.
    pub open: u32,
    /// Steps that are blocked.
    pub blocked: u32,
    /// Parts in order.
    pub phases: Vec<PhaseView>,
    /// The step that the person should look at first.
    pub suggested: Option<StepId>,
}

/// One phase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PhaseView {
    /// Which.
    pub id: PhaseId,
    /// Its title.
    pub title: String,
    /// What is true when it is over.
    pub goal: Option<String>,
    /// Sanitised HTML, possibly empty.
    pub intro_html: String,
    /// First day of its window.
    #[serde(deserialize_with = "crate::iso::maybe_date", default)]
    pub from: Option<Date>,
    /// Last day of its window.
    #[serde(deserialize_with = "crate::iso::maybe_date", default)]
    pub to: Option<Date>,
    /// Required steps.
    pub progress: Progress,
    /// Whether today lies in its window.
    pub current: bool,
    /// Steps in order; hidden ones are left out.
    pub steps: Vec<StepItem>,
    /// Milestones that this phase's steps reach, or whose target lies in its window.
    pub milestones: Vec<MilestoneItem>,
}

/// One step in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepItem {
    /// Which.
    pub id: StepId,
    /// Its title.
    pub title: String,
    /// Author's group, printed where it changes.
    pub group: Option<String>,
    /// Who performs it.
    pub role: Role,
    /// Whether it counts.
    pub required: bool,
    /// Where it stands.
    pub status: StepStatus,
    /// When it is due.
    pub due: Option<Due>,
    /// Minutes that the author expects.
    pub estimate_minutes: Option<u32>,
    /// How many of its required parts are done.
    pub parts: Option<Progress>,
    /// Its parts in order.
    pub children: Vec<StepItem>,
}

/// A milestone in the list of steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MilestoneItem {
    /// Which.
    pub id: MilestoneId,
    /// Its title.
    pub title: String,
    /// When it was reached.
    #[serde(deserialize_with = "crate::iso::maybe_moment", default)]
    pub reached: Option<DateTime>,
    /// When it should be.
    #[serde(deserialize_with = "crate::iso::maybe_date", default)]
    pub target: Option<Date>,
    /// It stands after this step of the phase; at the end where `None`.
    pub after: Option<StepId>,
}

/// A due day, and how near it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The day.
    #[serde(deserialize_with = "crate::iso::date")]
    pub date: Date,
    /// How near; done and waived steps are never near.
    pub mark: DueMark,
}

/// How near a due day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DueMark {
    /// In the past, by this many working days.
    Overdue(u32),
    /// Today.
    Today,
    /// In this many working days, one or two.
    Soon(u32),
    /// Further away, or not to be marked.
    None,
}

/// Where a step stands, for people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepStatus {
    /// Something else must be done first.
    Locked {
        /// What is missing.
        by: Vec<StepRef>,
    },
    /// It can be done.
    Open,
    /// Some of its parts are done.
    Started,
    /// The person cannot go on.
    Blocked {
        /// Since when, local time.
        #[serde(deserialize_with = "crate::iso::moment")]
        since: DateTime,
        /// What is in the way.
        reason: BlockReason,
        /// In the person's words, possibly empty.
        note: String,
    },
    /// It is done.
    Done {
        /// When, local time.
        #[serde(deserialize_with = "crate::iso::maybe_moment", default)]
        at: Option<DateTime>,
        /// What supports it.
        evidence: Evidence,
    },
    /// It was skipped.
    Waived {
        /// Why.
        reason: String,
    },
    /// Another alternative was taken.
    NotApplicable,
}

impl StepStatus {
    /// Whether the step's box is ticked.
    pub fn is_done(&self) -> bool {
        matches!(self, Self::Done { .. })
    }

    /// Whether something is left to do.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Open | Self::Started | Self::Blocked { .. } | Self::Locked { .. })
    }
}

/// A step by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepRef {
    /// Which.
    pub id: StepId,
    /// Its title.
    pub title: String,
}

/// One step in full.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepView {
    /// Which journey.
    pub journey: JourneyId,
    /// Its title.
    pub journey_title: String,
    /// Title of its phase.
    pub phase_title: String,
    /// The steps that it is part of, outermost first.
    pub parents: Vec<StepRef>,
    /// The step as in the list.
    pub item: StepItem,
    /// Why it is worth doing.
    pub why: Option<String>,
    /// Sanitised HTML, possibly empty.
    pub body_html: String,
    /// Who keeps this text.
    pub owner: Option<String>,
    /// Pages that help.
    pub docs: Vec<DocLink>,
    /// Its parts in full, in order.
    pub parts: Vec<StepPart>,
    /// What the author says it depends on, where the app cannot tell.
    pub depends_on: Option<String>,
    /// The milestone that it reaches.
    pub milestone: Option<String>,
    /// The person's note.
    pub note: String,
    /// What happened to it, newest first.
    pub history: Vec<HistoryLine>,
    /// The step before it in the list.
    pub previous: Option<StepRef>,
    /// The step after it in the list.
    pub next: Option<StepRef>,
}

/// A part of a step, in full.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepPart {
    /// The part as in the list.
    pub item: StepItem,
    /// Sanitised HTML, possibly empty.
    pub body_html: String,
    /// Why it is worth doing.
    pub why: Option<String>,
    /// Pages that help.
    pub docs: Vec<DocLink>,
}

/// A page that helps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocLink {
    /// Title of the page, and of the heading where one is named.
    pub title: String,
    /// Route in the app; `None` where the page is in no pack on this device.
    pub route: Option<String>,
}

/// Something that happened to a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryLine {
    /// Local time.
    #[serde(deserialize_with = "crate::iso::moment")]
    pub at: DateTime,
    /// In words: "Marked as done".
    pub what: String,
}
