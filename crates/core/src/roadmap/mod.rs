//! The platform's plan: items on three horizons, whom they are for and what they should change
//! (`roadmap.md`).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{ItemId, JobId, PersonaId};

/// A roadmap folder, parsed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Roadmap {
    /// Name of the platform.
    pub title: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Markdown: vision, review rhythm, office hours.
    pub vision: String,
    /// Whom it is written for.
    pub personas: Vec<Persona>,
    /// The jobs that items serve.
    pub jobs: Vec<Job>,
    /// Items in the owner's order.
    pub items: Vec<Item>,
}

/// One of the people a roadmap is written for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Persona {
    /// Stable.
    pub id: PersonaId,
    /// What people see.
    pub name: String,
    /// How many people there are, where counted.
    pub people: Option<u32>,
    /// Markdown.
    pub body: String,
}

/// A job to be done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// Stable.
    pub id: JobId,
    /// "When … I want … so that …".
    pub statement: String,
    /// Who has it.
    pub personas: Vec<PersonaId>,
}

/// When something may happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Horizon {
    /// Committed.
    Now,
    /// Validated, expected.
    Next,
    /// A direction without dates.
    Later,
}

impl Horizon {
    /// All three, in order.
    pub const ALL: [Self; 3] = [Self::Now, Self::Next, Self::Later];

    /// What people see.
    pub fn title(self) -> &'static str {
        match self {
            Self::Now => "Now",
            Self::Next => "Next",
            Self::Later => "Later",
        }
    }
}

/// How far an item is (`roadmap.md`, section 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Something that readers need is missing.
    Draft,
    /// Listed, feedback wanted.
    Open,
    /// Research or a prototype runs.
    Validating,
    /// Being built.
    Building,
    /// Named teams try it.
    Trial,
    /// Released.
    Shipped,
    /// Released, and its outcome recorded.
    Reviewed,
    /// Will not be done; the reason is public.
    Declined,
    /// Part of another item.
    Merged,
}

/// How sure somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A guess.
    Low,
    /// Some evidence.
    Medium,
    /// Research or data.
    High,
}

/// One item of the roadmap.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Stable, never reused.
    pub id: ItemId,
    /// What people see.
    pub title: String,
    /// When it may happen.
    pub horizon: Horizon,
    /// How far it is.
    pub status: Status,
    /// Whom it is for.
    pub personas: Vec<PersonaId>,
    /// The job it serves.
    pub job: Option<JobId>,
    /// What it should change.
    pub impact: Option<Impact>,
    /// What it costs.
    pub effort: Option<Effort>,
    /// How its success is measured.
    pub outcome: Option<Outcome>,
    /// Team or person.
    pub owner: Option<String>,
    /// Part of the platform.
    pub area: Option<String>,
    /// Moves and status changes, oldest first.
    pub history: Vec<HistoryEntry>,
    /// Pages, issues and steps.
    pub links: Vec<ItemLink>,
    /// Markdown: problem, what will be different, what is not included, updates.
    pub body: String,
    /// Path of the file, relative to the opened folder.
    pub path: String,
}

/// What an item should change, in a unit that names who gains.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Impact {
    /// How much, in `unit`.
    pub value: f64,
    /// For instance `hours saved per new colleague`.
    pub unit: String,
    /// How many people gain.
    pub people: Option<u32>,
    /// In which time, for instance `year`.
    pub per: Option<String>,
    /// How sure the owner is.
    pub confidence: Option<Confidence>,
}

/// What an item costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effort {
    /// How much, in `unit`.
    pub value: f64,
    /// Usually `person-weeks`.
    pub unit: String,
    /// How sure the owner is.
    pub confidence: Option<Confidence>,
}

/// How an item's success is measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The outcome, not the output.
    pub objective: String,
    /// Definition of the figure.
    pub metric: Option<String>,
    /// Where it stood.
    pub baseline: Option<Measured>,
    /// Where it should go.
    pub target: Option<Target>,
}

/// A figure that was measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The figure.
    pub value: f64,
    /// When.
    pub at: Option<Date>,
    /// How many were measured.
    pub n: Option<u32>,
}

/// A figure to reach.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// The figure.
    pub value: f64,
    /// A date or a quarter, as the author wrote it.
    pub by: Option<String>,
}

/// A move of an item, with its reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// When.
    pub at: Date,
    /// Horizon or status that it moved to.
    pub to: String,
    /// Why.
    pub reason: String,
}

/// A link of an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ItemLink {
    /// `docs`, `issue`, `step`, `deviation`.
    pub kind: String,
    /// Page, address or step.
    pub to: String,
}

/// One to five marks for a figure, by its rank among `all`: the board shows bars, not false precision.
///
/// The lowest fifth of the shown items gets 1, the highest 5; equal figures get equal marks.
pub fn marks(value: f64, all: &[f64]) -> u8 {
    if all.len() < 2 {
        return 3;
    }
    let below = all.iter().filter(|other| **other < value).count();
    let equal = all.iter().filter(|other| **other == value).count();
    let rank = (below as f64 + equal as f64 / 2.0) / all.len() as f64;
    (rank * 5.0).ceil().clamp(1.0, 5.0) as u8
}

impl Impact {
    /// Value times the people who gain; comparable only inside one unit (`roadmap.md`, section 6).
    pub fn weight(&self) -> f64 {
        self.value * f64::from(self.people.unwrap_or(1))
    }
}

impl Item {
    /// What readers need and the item lacks, in the words of the board. Nothing is invented for it.
    pub fn missing(&self) -> Vec<&'static str> {
        let dated = self.horizon != Horizon::Later;
        [
            (self.personas.is_empty(), "persona"),
            (self.job.is_none(), "job"),
            (dated && self.impact.is_none(), "impact"),
            (dated && self.effort.is_none(), "effort"),
            (dated && self.owner.is_none(), "owner"),
        ]
        .into_iter()
        .filter_map(|(lacks, what)| lacks.then_some(what))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_follow_rank_and_treat_equals_alike() {
        let all = [90.0, 180.0, 400.0, 600.0, 60.0];
        let marked: Vec<u8> = all.iter().map(|value| marks(*value, &all)).collect();
        assert_eq!(marked, [2, 3, 4, 5, 1]);
        assert_eq!(marks(1.0, &[1.0, 1.0]), marks(1.0, &[1.0, 1.0]));
        assert_eq!(marks(7.0, &[7.0]), 3, "a single item is neither big nor small");
    }
}
