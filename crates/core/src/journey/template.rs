//! A journey as its authors wrote it (`journeys.md`, section 2).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Condition, Offset};
use crate::id::{MilestoneId, PhaseId, StepId, TemplateId};

/// One journey file, parsed. Order is the author's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Template {
    /// Stable across versions.
    pub id: TemplateId,
    /// What people see.
    pub title: String,
    /// The authors' version, free text.
    pub version: String,
    /// What the journey is for.
    pub kind: JourneyKind,
    /// Team or person who keeps the text, for instance `team:lantern`.
    pub owner: Option<String>,
    /// Where day 1 comes from.
    pub clock: Clock,
    /// Markdown before the first phase.
    pub intro: String,
    /// Parts in order.
    pub phases: Vec<Phase>,
    /// Measured moments in order.
    pub milestones: Vec<Milestone>,
    /// Declared variables by name.
    pub variables: BTreeMap<String, Variable>,
    /// Which kind of file it came from.
    pub origin: Origin,
    /// Path of the file, relative to the opened folder.
    pub path: String,
}

/// What a journey is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum JourneyKind {
    /// Everybody in the company.
    Company,
    /// One team.
    #[default]
    Team,
    /// Somebody takes on a service.
    Service,
    /// A new role.
    RoleChange,
    /// Leaving.
    Offboarding,
}

/// Where a journey's day 1 comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clock {
    /// The person's first day in the company.
    #[default]
    StartDate,
    /// The day on which the journey was given to the person.
    Assigned,
    /// The day of the first event of this type.
    Event(String),
}

/// Which kind of file a template came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A journey file with `schema: waymark.journey/1`.
    #[default]
    JourneyFile,
    /// A Markdown checklist, for instance an issue template.
    Checklist,
}

/// A named part of a journey with a window of days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Phase {
    /// Unique in the journey.
    pub id: PhaseId,
    /// What people see.
    pub title: String,
    /// First day of the window.
    pub from: Option<Offset>,
    /// Last day of the window, and the due day of steps that name none.
    pub to: Option<Offset>,
    /// One sentence: what is true when the phase is over.
    pub goal: Option<String>,
    /// Markdown between the phase's heading and its first step.
    pub intro: String,
    /// Steps in order.
    pub steps: Vec<Step>,
}

/// One thing that somebody does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Unique in the journey, stable across edits of the wording.
    pub id: StepId,
    /// Plain text, one line.
    pub title: String,
    /// Markdown; everything in the item that is neither title nor attributes nor a sub-step.
    pub body: String,
    /// Heading or sentence under which the author grouped the step.
    pub group: Option<String>,
    /// Who performs it.
    pub role: Role,
    /// Optional steps never count against completion.
    pub required: bool,
    /// Hides the step where it does not hold.
    pub when: Option<Condition>,
    /// What must be done first.
    pub needs: Vec<Need>,
    /// Due day; by default the end of the phase, of a sub-step its parent's.
    pub due: Option<Offset>,
    /// Minutes that the author expects.
    pub estimate_minutes: Option<u32>,
    /// One sentence: what the step is good for.
    pub why: Option<String>,
    /// Pages that help.
    pub docs: Vec<DocRef>,
    /// Who fixes this text.
    pub owner: Option<String>,
    /// How a step with parts is completed.
    pub complete: Completes,
    /// Reached by completing the step.
    pub milestone: Option<MilestoneId>,
    /// Who confirms the completion, where one person's word is not enough.
    #[serde(default)]
    pub confirm_by: Option<Role>,
    /// Group of which finishing one makes the others not applicable.
    pub alternatives: Option<String>,
    /// Line in the file, counted from 1.
    pub line: u32,
    /// Parts in order.
    pub children: Vec<Step>,
}

/// Who performs a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The person whose journey it is.
    #[default]
    Hire,
    /// The colleague who helps in the first weeks.
    Buddy,
    /// The person's manager.
    Manager,
    /// Whoever hands out machines and accounts.
    It,
    /// Whoever owns the system or page that the step concerns.
    Owner,
}

/// How a step with parts is completed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Completes {
    /// Done when all required, applicable parts are done.
    #[default]
    Derived,
    /// The step has a box of its own beside its parts'.
    OwnAndChildren,
}

/// A prerequisite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Need {
    /// This step.
    Step(StepId),
    /// One of these.
    Any(Vec<Need>),
    /// All of these.
    All(Vec<Need>),
}

/// A page, and perhaps a heading of it, as the author wrote it: `page.md#heading`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocRef {
    /// Path relative to the pack's folder or to the docs folder.
    pub page: String,
    /// Heading id, without `#`.
    pub heading: Option<String>,
}

impl DocRef {
    /// Splits `page.md#heading`.
    pub fn parse(text: &str) -> Self {
        match text.split_once('#') {
            Some((page, heading)) if !heading.is_empty() => {
                Self { page: page.to_owned(), heading: Some(heading.to_owned()) }
            }
            Some((page, _)) => Self { page: page.to_owned(), heading: None },
            None => Self { page: text.to_owned(), heading: None },
        }
    }
}

/// A moment that is measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// Unique in the journey.
    pub id: MilestoneId,
    /// What people see.
    pub title: String,
    /// What proves it: `forge.merge`, `step`, `manual` and others.
    pub kind: String,
    /// When it should be reached.
    pub target: Option<Offset>,
}

/// A value that is filled into the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variable {
    /// `text`, `choice`, `number`, `date` or `url`.
    pub kind: String,
    /// What people see where the value is missing.
    pub label: Option<String>,
    /// Used where nobody gave a value.
    pub default: Option<String>,
    /// Possible values of a choice.
    pub options: Vec<String>,
}

impl Template {
    /// All steps with their sub-steps, parents before children.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.phases.iter().flat_map(|phase| &phase.steps).flat_map(Step::self_and_below)
    }

    /// The step with this id.
    pub fn step(&self, id: &StepId) -> Option<&Step> {
        self.steps().find(|step| step.id == *id)
    }

    /// Who performs the step with this id: a part without a role of its own is its whole's.
    pub fn performer(&self, id: &StepId) -> Option<Role> {
        fn below(steps: &[Step], id: &StepId, whole: Role) -> Option<Role> {
            steps.iter().find_map(|step| {
                let role = if step.role.is_hire() { whole } else { step.role };
                if step.id == *id { Some(role) } else { below(&step.children, id, role) }
            })
        }
        self.phases.iter().find_map(|phase| below(&phase.steps, id, Role::Hire))
    }
}

impl Step {
    /// A step with this id and title and the format's defaults for everything else.
    pub fn new(id: StepId, title: impl Into<String>) -> Self {
        Self {
            id,
            title: title.into(),
            body: String::new(),
            group: None,
            role: Role::default(),
            required: true,
            when: None,
            needs: Vec::new(),
            due: None,
            estimate_minutes: None,
            why: None,
            docs: Vec::new(),
            owner: None,
            complete: Completes::default(),
            milestone: None,
            confirm_by: None,
            alternatives: None,
            line: 1,
            children: Vec::new(),
        }
    }

    /// This step and everything below it, parents before children.
    pub fn self_and_below(&self) -> Box<dyn Iterator<Item = &Step> + '_> {
        Box::new(std::iter::once(self).chain(self.children.iter().flat_map(Step::self_and_below)))
    }

    /// Whether the step has a box of its own: it has no parts, or its author gave it one beside them.
    pub fn has_own_box(&self) -> bool {
        self.children.is_empty() || self.complete == Completes::OwnAndChildren
    }
}
